import ColdstartTestSupport
import ModelFiles
import Testing

@testable import P5

struct T5BadInputTests {
    /// A copy of a tiny backbone whose configuration differs in one place.
    private func backbone(replacing old: String, with new: String) throws -> TemporaryFolder {
        let folder = try TemporaryFolder()
        let source = ReferenceModel.reluTied.directory
        let config = String(decoding: try TemporaryFolder.bytes(of: source + "/config.json"), as: UTF8.self)
        let parts = config.split(separator: old, maxSplits: 1, omittingEmptySubsequences: false)
        try #require(parts.count == 2)
        try folder.write(parts.joined(separator: new), to: "config.json")
        try folder.write(try TemporaryFolder.bytes(of: source + "/model.safetensors"), to: "model.safetensors")
        return folder
    }

    @Test(arguments: [
        ("\"d_ff\": 48", "\"d_ff\": 49", "encoder.block.0.layer.1.DenseReluDense.wi.weight"),
        ("\"vocab_size\": 368", "\"vocab_size\": 369", "shared.weight"),
        ("\"num_layers\": 2", "\"num_layers\": 3", "encoder.block.2.layer.0.layer_norm.weight"),
        ("\"relu\",\n  \"initializer", "\"gated-gelu\",\n  \"initializer", "DenseReluDense.wi_0.weight"),
        ("buckets\": 32", "buckets\": 64", "relative_attention_bias.weight"),
    ])
    func `weights that do not fit the configuration are named`(_ old: String, _ new: String, name: String) throws {
        let folder = try backbone(replacing: old, with: new)
        let error = try #require(throws: P5Error.self) {
            try T5Model(backboneDirectory: folder.path, checkpoint: nil)
        }
        #expect(error.code == .weights)
        #expect(error.message.contains(name), "\(error)")
        #expect(error.message.hasPrefix(folder.path + "/model.safetensors"))
    }

    @Test
    func `a checkpoint of another shape is refused with the key and both shapes`() throws {
        let error = try #require(throws: ModelFileError.self) {
            try T5Model(
                backboneDirectory: ReferenceModel.reluTied.directory,
                checkpoint: ReferenceModel.checkpoint.directory + "/checkpoint.pth"
            )
        }
        #expect(error.description.contains("32") && error.description.contains("24"), "\(error)")
    }

    @Test
    func `a folder without a model is refused`() throws {
        let folder = try TemporaryFolder()
        #expect(throws: ModelFileError.self) { try T5Model(backboneDirectory: folder.path, checkpoint: nil) }
        #expect(throws: ModelFileError.self) {
            try T5Model(backboneDirectory: ReferenceModel.reluTied.directory, checkpoint: folder.path + "/none.pth")
        }
    }

    @Test(arguments: [[], [-1], [368], [Int32.max], [5, 1, .min]])
    func `prompts that have no embedding are refused`(_ prompt: [Int32]) throws {
        let model = try ReferenceModel.reluTied.load()
        let error = try #require(throws: P5Error.self) {
            try model.generate([[5, 1], prompt], limit: 6, batch: 16, threads: 1)
        }
        #expect(error.code == .input)
        #expect(error.message.contains("prompt 1"))
    }

    @Test
    func `whole words need their embeddings and stay within them`() throws {
        let without = try ReferenceModel.reluTied.load()
        #expect(throws: P5Error.self) {
            try without.generate([[5, 1]], words: [[1, 0]], limit: 6, batch: 16, threads: 1)
        }
        let with = try ReferenceModel.checkpoint.load()
        for words: [[Int32]] in [[[512, 0]], [[-1, 0]], [[1]], []] {
            #expect(throws: P5Error.self) {
                try with.generate([[5, 1]], words: words, limit: 6, batch: 16, threads: 1)
            }
        }
        #expect(try with.generate([[5, 1]], words: [[511, 0]], limit: 6, batch: 16, threads: 1).count == 1)
    }

    @Test
    func `weights that are not numbers are reported, not ranked`() throws {
        let folder = try backbone(replacing: "\"d_ff\": 48", with: "\"d_ff\": 48")
        var bytes = try TemporaryFolder.bytes(of: folder.path + "/model.safetensors")
        // The header's length is its first eight bytes; every float behind it becomes NaN.
        let header = bytes.prefix(8).reversed().reduce(0) { $0 << 8 | Int($1) }
        for index in stride(from: 8 + header, to: bytes.count - 3, by: 4) {
            bytes.replaceSubrange(index..<index + 4, with: [0, 0, 0xC0, 0x7F])
        }
        try folder.write(bytes, to: "model.safetensors")
        let model = try T5Model(backboneDirectory: folder.path, checkpoint: nil)
        let error = try #require(throws: P5Error.self) {
            try model.generate([[5, 6, 1]], limit: 6, batch: 16, threads: 1)
        }
        #expect(error.code == .numbers)
    }

    @Test(arguments: [
        P5Options(maximumLength: 0), P5Options(generationLimit: 1), P5Options(batch: 0), P5Options(threads: 0),
        P5Options(maximumLength: .max), P5Options(usesWholeWords: true),
    ])
    func `settings out of range are refused`(_ options: P5Options) throws {
        let model = try ReferenceModel.reluTied.load()
        let tokenizer = try Tokenizer(modelPath: ReferenceModel.reluTied.directory + "/spiece.model")
        let error = try #require(throws: P5Error.self) {
            try P5Reranker(model: model, tokenizer: tokenizer, dataMaps: DataMaps(internalIDs: [:]), options: options)
        }
        #expect(error.code == .configuration)
    }
}
