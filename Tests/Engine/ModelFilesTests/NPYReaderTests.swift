import ColdstartTestSupport
import ModelFiles
import Testing

struct NPYReaderTests {
    private static let readable = [
        "v1-c-f4", "v1-c-f8", "v1-fortran-f4", "v1-fortran-f8", "v1-vector-f4", "v1-no-rows-f4", "v2-c-f4",
        "v2-fortran-f8", "v3-c-f4", "v3-c-f8", "v1-c-big-endian-f4",
    ]

    private struct Description: Decodable {
        var shape: [Int]?
        var dtype: String
        var values: [Double]?
    }

    /// A version 1 array with any header and data.
    private func array(_ header: String, data: [UInt8] = [], announced: Int? = nil) throws -> (TemporaryFolder, String)
    {
        let folder = try TemporaryFolder()
        let length = UInt16(announced ?? header.utf8.count)
        var bytes: [UInt8] = [0x93, 0x4e, 0x55, 0x4d, 0x50, 0x59, 1, 0, UInt8(length & 0xff), UInt8(length >> 8)]
        bytes += Array(header.utf8)
        bytes += data
        return (folder, try folder.write(bytes, to: "array.npy"))
    }

    @Test(arguments: readable) func `reads what NumPy wrote`(name: String) throws {
        let described: [String: Description] = try ExpectedTensor.read("npy/expected.json")
        let description = try #require(described[name + ".npy"])
        let expected = ExpectedTensor(
            shape: try #require(description.shape),
            dtype: description.dtype,
            values: try #require(description.values)
        )
        try expected.expect(NPYReader.read(Fixtures.path("npy/\(name).npy")))
    }

    @Test func `float32 in C order stays in the file`() throws {
        #expect(try NPYReader.read(Fixtures.path("npy/v1-c-f4.npy")).floatStorage().isMapped)
        #expect(try !NPYReader.read(Fixtures.path("npy/v1-fortran-f4.npy")).floatStorage().isMapped)
        #expect(try !NPYReader.read(Fixtures.path("npy/v1-c-f8.npy")).floatStorage().isMapped)
    }

    @Test func `floats stay readable when only their storage is kept`() throws {
        let storage = try NPYReader.read(Fixtures.path("npy/v1-vector-f4.npy")).floatStorage()
        #expect(storage.count == 5)
        #expect(storage.pointer[4] == -0.48727554082870483)
    }

    @Test(arguments: [
        ("refused-object", "|O"), ("refused-int8-scalar", "<i8"),
    ])
    func `refuses other types by their name`(name: String, type: String) throws {
        let error = try #require(fault { _ = try NPYReader.read(Fixtures.path("npy/\(name).npy")) })
        #expect(error.code == .unsupported)
        #expect(error.description.contains(type))
    }

    @Test(arguments: [
        ("{'descr': '<f4', 'fortran_order': False, 'shape': (2,), }", 4, "2 elements"),
        ("{'descr': '<f4', 'fortran_order': False, 'shape': (1,), }", 8, "bytes"),
        ("{'descr': '<f4', 'fortran_order': False, 'shape': (4611686018427387904, 4), }", 0, "4611686018427387904"),
        ("{'descr': '<f4', 'fortran_order': True, 'shape': (4611686018427387904, 4), }", 0, "4611686018427387904"),
        ("{'descr': '<f4', 'fortran_order': False, 'shape': (99999999999999999999,), }", 0, "64 bits"),
        ("{'descr': '<f4', 'fortran_order': False, 'shape': (-1,), }", 0, "length"),
        ("{'descr': '<f4', 'fortran_order': False, }", 0, "shape"),
        ("{'descr': '<f4', 'descr': '<f8', 'fortran_order': False, 'shape': ()}", 0, "once"),
        ("{'descr': [('a', '<f4')], 'fortran_order': False, 'shape': ()}", 0, "record type"),
        ("{'descr': '<f4, 'fortran_order': False, 'shape': ()}", 0, "header, byte"),
        ("", 0, "'{'"),
    ])
    func `a header that lies is an error that says where`(header: String, dataCount: Int, word: String) throws {
        let (folder, path) = try array(header, data: [UInt8](repeating: 0, count: dataCount))
        let error = try #require(fault { _ = try NPYReader.read(path) })
        #expect(error.description.contains(word))
        #expect(error.path == path)
        withExtendedLifetime(folder) {}
    }

    @Test func `a header longer than the file is truncated`() throws {
        let (folder, path) = try array("{}", announced: 0xffff)
        #expect(fault { _ = try NPYReader.read(path) }?.code == .truncated)
        withExtendedLifetime(folder) {}
    }

    @Test func `an empty file and a wrong magic are told apart`() throws {
        let folder = try TemporaryFolder()
        let empty = try folder.write([], to: "empty.npy")
        let other = try folder.write("PK\u{3}\u{4}, not an array", to: "other.npy")
        #expect(fault { _ = try NPYReader.read(empty) }?.code == .truncated)
        #expect(fault { _ = try NPYReader.read(other) }?.found == "a zip archive")
        let neither = try folder.write("not an array", to: "neither.npy")
        #expect(fault { _ = try NPYReader.read(neither) }?.found == "no magic string")
    }

    @Test func `a missing file and a folder are unreadable`() throws {
        let folder = try TemporaryFolder()
        #expect(fault { _ = try NPYReader.read(folder.path + "/none.npy") }?.code == .unreadable)
        #expect(fault { _ = try NPYReader.read(folder.path) }?.found == "a folder")
        #expect(fault { _ = try NPYReader.read("") }?.code == .unreadable)
    }
}
