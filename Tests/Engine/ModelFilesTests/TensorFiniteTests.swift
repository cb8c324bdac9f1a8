import ColdstartTestSupport
import Testing

@testable import ModelFiles

struct TensorFiniteTests {
    /// A tensor over the bytes of a file.
    private func tensor(
        _ bytes: [UInt8],
        _ type: ElementType,
        shape: [Int],
        strides: [Int]? = nil,
        isBigEndian: Bool = false
    )
        throws -> Tensor
    {
        let folder = try TemporaryFolder()
        // The folder goes away with its last use; what is mapped by then stays.
        defer { withExtendedLifetime(folder) {} }
        let file = try MappedFile(path: folder.write(bytes, to: "values"))
        return try Tensor(
            name: "t",
            shape: shape,
            strides: strides,
            elementType: type,
            file: file,
            region: 0..<bytes.count,
            isBigEndian: isBigEndian
        )
    }

    private func bytes<Bits: FixedWidthInteger>(_ values: [Bits]) -> [UInt8] {
        values.flatMap { value in withUnsafeBytes(of: value.littleEndian) { Array($0) } }
    }

    @Test(arguments: [0, 1, 4_095, 4_096, 4_097, 9_998, 9_999])
    func `a single NaN or infinity is found wherever it is`(_ place: Int) throws {
        for value in [Float.nan, .infinity, -.infinity, .signalingNaN] {
            var values = [Float](repeating: .greatestFiniteMagnitude, count: 10_000)
            values[place] = value
            let found = try tensor(bytes(values.map(\.bitPattern)), .float32, shape: [100, 100])
            #expect(found.firstElementThatIsNotFinite() == place)
        }
    }

    @Test(arguments: [
        (ElementType.float16, 0x7c00, 0x7bff), (.float16, 0xfe01, 0xfbff), (.bfloat16, 0x7f80, 0x7f7f),
        (.bfloat16, 0xffc0, 0xff7f),
    ])
    func `half types are looked at by their own bits`(_ type: ElementType, special: Int, largest: Int) throws {
        let ordinary = [UInt16](repeating: UInt16(largest), count: 5_000) + [0, 1, 0x8000]
        let finite = try tensor(bytes(ordinary), type, shape: [ordinary.count])
        #expect(finite.firstElementThatIsNotFinite() == nil)
        let with = try tensor(bytes(ordinary + [UInt16(special)]), type, shape: [ordinary.count + 1])
        #expect(with.firstElementThatIsNotFinite() == ordinary.count)
    }

    @Test
    func `doubles, whole numbers, views and nothing at all`() throws {
        let doubles = [1.0, .greatestFiniteMagnitude, .nan].map(\.bitPattern)
        #expect(try tensor(bytes(doubles), .float64, shape: [3]).firstElementThatIsNotFinite() == 2)
        #expect(try tensor([255, 255, 255, 255], .int32, shape: [1]).firstElementThatIsNotFinite() == nil)
        #expect(try tensor([], .float32, shape: [0]).firstElementThatIsNotFinite() == nil)
        // A transposed view of 2 × 3, row by row: 0 3 1 4 2 5.
        let values: [Float] = [0, 1, 2, .infinity, 4, 5]
        let view = try tensor(bytes(values.map(\.bitPattern)), .float32, shape: [3, 2], strides: [1, 3])
        #expect(view.firstElementThatIsNotFinite() == 1)
        // Every second column leaves the special value out.
        let columns = try tensor(bytes(values.map(\.bitPattern)), .float32, shape: [2, 1], strides: [3, 2])
        #expect(columns.firstElementThatIsNotFinite() == 1)
    }

    @Test
    func `numbers whose first byte comes first are looked at in that order`() throws {
        // Read in the wrong order 0x0000_807f is an infinity, and the NaN 0x7fc0_0001 an ordinary number.
        let harmless: [Float] = [1, Float(bitPattern: 0x0000_807f), .greatestFiniteMagnitude]
        let finite = harmless.map(\.bitPattern.byteSwapped)
        #expect(try tensor(bytes(finite), .float32, shape: [3], isBigEndian: true).firstElementThatIsNotFinite() == nil)
        #expect(try tensor(bytes(finite), .float32, shape: [3]).firstElementThatIsNotFinite() == 1)
        for special in [0x7fc0_0001, Float.infinity.bitPattern, (-Float.infinity).bitPattern] as [UInt32] {
            let found = try tensor(bytes(finite + [special.byteSwapped]), .float32, shape: [4], isBigEndian: true)
            #expect(found.firstElementThatIsNotFinite() == 3)
        }
        // The same in every second element alone.
        let values = [1, .nan, 2, .infinity].map { ($0 as Double).bitPattern.byteSwapped }
        let view = try tensor(bytes(values), .float64, shape: [2, 2], strides: [1, 2], isBigEndian: true)
        #expect(view.firstElementThatIsNotFinite() == 2)
    }
}
