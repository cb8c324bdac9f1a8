import ColdstartTestSupport
import ModelFiles
import Testing

/// Files in the forms that NumPy, PyTorch and safetensors have besides the common ones.
struct ContainerCasesTests {
    private struct Array: Decodable {
        var refused: Bool?
        var shape: [Int]?
        var dtype: String?
        var values: [Double]?

        var tensor: ExpectedTensor? {
            guard let shape, let dtype, let values else { return nil }
            return ExpectedTensor(shape: shape, dtype: dtype, values: values)
        }
    }

    private struct Checkpoint: Decodable {
        var tensors: [String: ExpectedTensor]
        var names: [String]
    }

    @Test func `headers are read as NumPy reads them, and refused where it refuses`() throws {
        let arrays: [String: Array] = try ExpectedTensor.read("containers/npy/expected.json")
        #expect(arrays.count > 20)
        for (name, array) in arrays.sorted(by: { $0.key < $1.key }) {
            let path = Fixtures.path("containers/npy/\(name).npy")
            guard let expected = array.tensor else {
                #expect(fault { _ = try NPYReader.read(path) } != nil, "\(name)")
                continue
            }
            let tensor = try NPYReader.read(path)
            #expect(tensor.elementType.description == expected.dtype, "\(name)")
            try expected.expect(tensor)
        }
    }

    @Test func `checkpoints are read as PyTorch reads them`() throws {
        let checkpoints: [String: Checkpoint] = try ExpectedTensor.read("containers/torch/expected.json")
        #expect(checkpoints.count > 12)
        for (name, checkpoint) in checkpoints.sorted(by: { $0.key < $1.key }) {
            let dictionary = try WeightsReader.read(Fixtures.path("containers/torch/\(name).pth"))
            #expect(Set(dictionary.names + dictionary.otherEntries) == Set(checkpoint.names), "\(name)")
            for (key, expected) in checkpoint.tensors {
                try expected.expect(try #require(dictionary[key], "\(name), \(key)"))
            }
        }
    }

    @Test func `what is no dense tensor of floats is named, and stops nobody who does not need it`() throws {
        let dictionary = try WeightsReader.read(Fixtures.path("containers/torch/other-kinds.pth"))
        #expect(dictionary.other("sparse") == "a sparse tensor")
        #expect(dictionary.other("quantised") == "a quantised tensor")
        #expect(dictionary.other("epoch") == "an int")
        #expect(dictionary.other("seed") == "an int of more than 64 bits")
        for name in ["uint16", "float8", "complex64"] {
            let tensor = try #require(dictionary[name])
            let error = try #require(fault { _ = try tensor.floats() })
            #expect(error.code == .unsupported && error.description.contains("elements of \(name)"), "\(error)")
        }
        let numpy = try WeightsReader.read(Fixtures.path("containers/torch/numpy-kinds.pth"))
        #expect(numpy.other("step") == "a NumPy scalar" && numpy.other("history") == "a NumPy array")
    }

    @Test func `a weight that is not dense is an error, not left at the backbone's value`() throws {
        let folder = try TemporaryFolder()
        let backbone = try WeightsReader.read(Fixtures.path("containers/torch/zip-protocol-2.pth"))
        let sparseTensor = Pickle.bytes(
            Pickle.global("torch._utils", "_rebuild_sparse_tensor"),
            Pickle.emptyTuple,
            Pickle.reduce
        )
        let pickle = Pickle.bytes(
            Pickle.proto,
            Pickle.emptyDictionary,
            Pickle.text("bias"),
            Pickle.tensor(storageCount: 3, offset: 0, shape: [3], strides: [1]),
            Pickle.setItem,
            Pickle.text("weight"),
            sparseTensor,
            Pickle.setItem,
            Pickle.stop
        )
        let checkpoint = CheckpointBuilder(pickle: pickle, storage: 12).archive()
        let sparse = try WeightsReader.read(folder.write(checkpoint, to: "sparse.pth"))
        let error = try #require(fault { _ = try backbone.merging(sparse) })
        #expect(error.found == "a sparse tensor" && error.place == "tensor \"weight\"", "\(error)")
    }

    @Test(arguments: ["types", "metadata-null", "half-a-byte"])
    func `safetensors of other types and without metadata are read`(name: String) throws {
        let described: [String: ExpectedTensor] = try ExpectedTensor.read("containers/safetensors/expected.json")
        let dictionary = try WeightsReader.read(Fixtures.path("containers/safetensors/\(name).safetensors"))
        try #require(described["weight"]).expect(try #require(dictionary["weight"]))
        #expect(dictionary.otherEntries == (name == "half-a-byte" ? ["packed"] : []))
    }

    @Test func `advice fits a file that is sound`() throws {
        let compressed = Fixtures.path("containers/torch/refused-compressed.pth")
        let error = try #require(fault { _ = try WeightsReader.read(compressed) })
        #expect(error.description.contains("compression method 8") && error.fix.contains("torch.load"), "\(error)")
        let bare = Fixtures.path("containers/torch/refused-bare-pickle.pth")
        #expect(fault { _ = try WeightsReader.read(bare) }?.found == "a Python pickle that torch.save did not write")
    }

    @Test func `strides that repeat elements have a limit`() throws {
        for (count, isRead) in [(Tensor.repetitionLimit, true), (Tensor.repetitionLimit + 1, false)] {
            let tensor = Pickle.tensor(storageCount: 1, offset: 0, shape: [count], strides: [0])
            let builder = CheckpointBuilder(pickle: Pickle.dictionary(tensor), storage: 4)
            #expect((fault { _ = try builder.read() } == nil) == isRead)
        }
    }

    @Test(arguments: [
        "containers/torch/other-kinds.pth", "containers/torch/numpy-kinds.pth", "containers/torch/python-2-dict.pth",
        "containers/torch/annotated-tensor.pth", "containers/torch/stream-protocol-4.pth",
        "containers/safetensors/types.safetensors", "containers/npy/python-2-long.npy",
    ])
    func `a file cut anywhere is an error`(file: String) throws {
        let whole = try TemporaryFolder.bytes(of: Fixtures.path(file))
        let folder = try TemporaryFolder()
        for length in 0..<whole.count {
            let path = try folder.write(whole.prefix(length), to: String(file.split(separator: "/")[2]))
            let error = fault {
                if file.hasSuffix(".npy") { _ = try NPYReader.read(path) } else { _ = try WeightsReader.read(path) }
            }
            #expect(error != nil, "cut to \(length) bytes")
        }
    }
}
