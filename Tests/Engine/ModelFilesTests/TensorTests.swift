import ColdstartTestSupport
import ModelFiles
import Testing

struct TensorTests {
    @Test(
        arguments: [
            (0x0000, 0.0), (0x8000, -0.0), (0x3c00, 1), (0xc000, -2), (0x7bff, 65504), (0x0400, 0x1p-14),
            (0x0001, 0x1p-24), (0x83ff, -0x3ffp-24), (0x7c00, .infinity), (0xfc00, -.infinity), (0x3555, 0x1.554p-2),
        ] as [(UInt16, Float)]
    )
    func `half precision numbers have their values`(bits: UInt16, value: Float) {
        #expect(float(fromHalf: bits).bitPattern == value.bitPattern)
    }

    @Test func `a half precision NaN stays one`() {
        #expect(float(fromHalf: 0x7e01).isNaN)
    }

    private func file(_ values: [Float]) throws -> (TemporaryFolder, MappedFile) {
        let folder = try TemporaryFolder()
        let bytes = values.flatMap { value in withUnsafeBytes(of: value.bitPattern.littleEndian) { Array($0) } }
        return (folder, try MappedFile(path: folder.write(bytes, to: "values")))
    }

    @Test(
        arguments: [
            ([2, 3], [1, 2], [0, 2, 4, 1, 3, 5]),
            ([2, 2, 2], [4, 1, 2], [0, 2, 1, 3, 4, 6, 5, 7]),
            ([3], [3], [0, 3, 6]),
            ([3, 1, 2], [3, 100, 1], [0, 1, 3, 4, 6, 7]),
            ([], [], [0]),
        ] as [([Int], [Int], [Float])]
    )
    func `strides are walked in row-major order`(shape: [Int], strides: [Int], expected: [Float]) throws {
        let (folder, file) = try file((0..<8).map(Float.init))
        let tensor = try Tensor(
            name: "t",
            shape: shape,
            strides: strides,
            elementType: .float32,
            file: file,
            region: 0..<32
        )
        #expect(try tensor.floats() == expected)
        #expect(try tensor.floatStorage().withFloats { Array($0) } == expected)
        withExtendedLifetime(folder) {}
    }

    @Test func `floats at an odd address are converted`() throws {
        let folder = try TemporaryFolder()
        let path = try folder.write([0xff, 0, 0, 0x80, 0x3f], to: "odd")
        let tensor = try Tensor(
            name: "t",
            shape: [1],
            elementType: .float32,
            file: MappedFile(path: path),
            region: 1..<5
        )
        #expect(!tensor.isUsableInPlace)
        #expect(try tensor.floats() == [1])
    }

    @Test func `whole numbers are not weights`() throws {
        let (folder, file) = try file([1])
        let tensor = try Tensor(name: "t", shape: [1], elementType: .int32, file: file, region: 0..<4)
        #expect(fault { _ = try tensor.floats() }?.found == "elements of int32")
        #expect(fault { _ = try tensor.floatStorage() }?.code == .unsupported)
        withExtendedLifetime(folder) {}
    }

    @Test func `an empty file has no bytes`() throws {
        let folder = try TemporaryFolder()
        let file = try MappedFile(path: folder.write([], to: "empty"))
        #expect(file.count == 0 && file.bytes.isEmpty)
    }
}
