import ColdstartTestSupport
import ModelFiles
import Testing

struct TorchCheckpointReaderTests {
    @Test(arguments: [
        "zip-ordered-dict", "zip-plain-dict", "zip-module-state-dict", "zip-parameter", "stream-ordered-dict",
    ])
    func `reads what PyTorch wrote`(name: String) throws {
        let described: [String: [String: Entry]] = try ExpectedTensor.read("torch/expected.json")
        let entries = try #require(described[name + ".pth"])
        let dictionary = try TorchCheckpointReader.read(Fixtures.path("torch/\(name).pth"))
        #expect(Set(dictionary.names) == Set(entries.keys))
        for (name, entry) in entries {
            let tensor = try #require(dictionary[name])
            let expected = try #require(entry.tensor)
            #expect(tensor.elementType.description == expected.dtype)
            try expected.expect(tensor)
        }
    }

    @Test func `names keep the order of the dictionary`() throws {
        let dictionary = try TorchCheckpointReader.read(Fixtures.path("torch/zip-module-state-dict.pth"))
        #expect(dictionary.names == ["0.weight", "0.bias", "1.weight", "1.bias"])
    }

    @Test func `contiguous weights stay in the file, views of one storage too`() throws {
        let dictionary = try TorchCheckpointReader.read(Fixtures.path("torch/zip-ordered-dict.pth"))
        let head = try #require(dictionary["module.head_of_shared"]).floatStorage()
        let tail = try #require(dictionary["module.tail_of_shared"]).floatStorage()
        #expect(head.isMapped && tail.isMapped)
        #expect(tail.pointer == head.pointer + 8)
        #expect(try !#require(dictionary["module.transposed.weight"]).floatStorage().isMapped)
        #expect(try !#require(dictionary["module.half.weight"]).floatStorage().isMapped)
    }

    @Test(arguments: ["refused-foreign-global", "refused-foreign-global-stream"])
    func `a foreign global is refused by its name`(name: String) throws {
        let error = try #require(fault { _ = try TorchCheckpointReader.read(Fixtures.path("torch/\(name).pth")) })
        #expect(error.code == .refused)
        #expect(error.description.contains("\"posix.system\""))
        #expect(error.place.contains("pkl, byte ") || error.place.contains("pickle, byte "))
    }

    @Test func `the older container cut anywhere is an error`() throws {
        let whole = try TemporaryFolder.bytes(of: Fixtures.path("torch/stream-ordered-dict.pth"))
        let folder = try TemporaryFolder()
        for length in 0..<whole.count {
            let path = try folder.write(whole.prefix(length), to: "cut.pth")
            #expect(fault { _ = try TorchCheckpointReader.read(path) } != nil, "cut to \(length) bytes")
        }
        let longer = try folder.write(whole + [0], to: "longer.pth")
        #expect(fault { _ = try TorchCheckpointReader.read(longer) }?.place == "end of file")
    }

    @Test func `what is no checkpoint is said to be none`() throws {
        let folder = try TemporaryFolder()
        let empty = try folder.write([], to: "empty.pth")
        let text = try folder.write("version https://git-lfs", to: "pointer.pth")
        #expect(fault { _ = try TorchCheckpointReader.read(empty) }?.code == .truncated)
        #expect(fault { _ = try TorchCheckpointReader.read(text) }?.found == "the bytes 76 65 72 73")
    }

    private struct Entry: Decodable {
        var tensor: ExpectedTensor?

        init(from decoder: any Decoder) throws {
            tensor = try? ExpectedTensor(from: decoder)
        }
    }
}
