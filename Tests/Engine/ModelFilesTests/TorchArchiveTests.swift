import ColdstartTestSupport
import ModelFiles
import Testing

struct TorchArchiveTests {
    private static let pickle = Pickle.dictionary(
        Pickle.tensor(storageCount: 1, offset: 0, shape: [1], strides: [1])
    )

    private func builder() -> CheckpointBuilder {
        CheckpointBuilder(pickle: TorchArchiveTests.pickle, storage: 4)
    }

    @Test(arguments: ["", "archive/", "any name at all/"]) func `any folder will do`(folder: String) throws {
        var builder = builder()
        builder.folder = folder
        #expect(try builder.read().names == ["weight"])
    }

    @Test func `a comment at the end and a missing byte order are fine`() throws {
        var builder = CheckpointBuilder(pickle: TorchArchiveTests.pickle, storage: 4, byteOrder: nil)
        // A comment that looks like the record before it must not mislead.
        builder.comment = [0x50, 0x4b, 0x05, 0x06] + [UInt8](repeating: 0, count: 40)
        #expect(try builder.read().names == ["weight"])
    }

    @Test(arguments: [("big", [0xbf, 0xa0, 0, 0]), ("little", [0, 0, 0xa0, 0xbf])] as [(String, [UInt8])])
    func `elements are read in the order of bytes that the checkpoint names`(order: String, bytes: [UInt8]) throws {
        var builder = CheckpointBuilder(pickle: TorchArchiveTests.pickle, byteOrder: order)
        builder.records.append(("data/0", bytes))
        let weight = try #require(try builder.read()["weight"])
        #expect(try weight.floats() == [-1.25])
        #expect(try weight.floatStorage().withFloats { Array($0) } == [-1.25])
    }

    @Test func `another order of bytes is refused`() throws {
        let builder = CheckpointBuilder(pickle: TorchArchiveTests.pickle, storage: 4, byteOrder: "middle")
        #expect(fault { _ = try builder.read() }?.found == "\"middle\"")
    }

    @Test func `compressed records are refused`() throws {
        var builder = builder()
        builder.method = 8
        #expect(fault { _ = try builder.read() }?.found == "compression method 8")
    }

    @Test func `an absent storage is named`() throws {
        let builder = CheckpointBuilder(pickle: TorchArchiveTests.pickle)
        #expect(fault { _ = try builder.read() }?.found == "no record \"archive/data/0\"")
    }

    @Test func `records of the same name are refused`() throws {
        var builder = builder()
        builder.records.append(("data/0", [1, 2, 3, 4]))
        #expect(fault { _ = try builder.read() }?.found == "the name twice")
    }

    @Test func `two pickles or none are refused`() throws {
        var builder = builder()
        builder.records[0].name = "other.pkl"
        #expect(fault { _ = try builder.read() }?.found == "0 records named data.pkl")
    }

    @Test(arguments: [0, 2, 4, 65535]) func `a false count of records is an error`(count: UInt16) throws {
        var builder = builder()
        builder.entryCount = count
        #expect(fault { _ = try builder.read() } != nil)
    }

    @Test(arguments: [0, 1, 1000, UInt32.max]) func `a false directory offset is an error`(offset: UInt32) throws {
        var builder = builder()
        builder.directoryOffset = offset
        #expect(fault { _ = try builder.read() } != nil)
    }

    @Test func `a file cut anywhere is an error`() throws {
        let whole = builder().archive()
        let folder = try TemporaryFolder()
        for length in 0..<whole.count {
            let path = try folder.write(whole.prefix(length), to: "cut.pth")
            #expect(fault { _ = try TorchCheckpointReader.read(path) } != nil, "cut to \(length) bytes")
        }
    }
}
