import ColdstartTestSupport
import Domain
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
    func `a checkpoint with other rows does not excuse a backbone that lies about its own`() throws {
        let source = Fixtures.path("t5-shapes/04-pickled-more-rows")
        let folder = try TemporaryFolder()
        let config = String(decoding: try TemporaryFolder.bytes(of: source + "/config.json"), as: UTF8.self)
        let lie = config.replacing("\"vocab_size\": 55", with: "\"vocab_size\": 3999999")
        try #require(lie != config)
        try folder.write(lie, to: "config.json")
        try folder.write(try TemporaryFolder.bytes(of: source + "/pytorch_model.bin"), to: "pytorch_model.bin")
        let error = try #require(throws: P5Error.self) {
            try T5Model(backboneDirectory: folder.path, checkpoint: source + "/checkpoint.pth")
        }
        #expect(error.message.hasPrefix(folder.path + "/pytorch_model.bin: tensor"), "\(error)")
        #expect(error.message.contains("3999999"), "\(error)")
    }

    @Test
    func `weights without the gate that the configuration asks for are named`() throws {
        let folder = try backbone(replacing: "\"dense_act_fn\": \"relu\"", with: "\"dense_act_fn\": \"gelu_new\"")
        let path = folder.path + "/config.json"
        let error = try #require(throws: P5Error.self) {
            try T5Model(backboneDirectory: folder.path, checkpoint: nil)
        }
        #expect(error.message.hasPrefix("\(path): \"dense_act_fn\": found \"gelu_new\""), "\(error)")
        let config = String(decoding: try TemporaryFolder.bytes(of: path), as: UTF8.self)
        try folder.write(config.replacing("\"is_gated_act\": false", with: "\"is_gated_act\": true"), to: "config.json")
        let missing = try #require(throws: P5Error.self) {
            try T5Model(backboneDirectory: folder.path, checkpoint: nil)
        }
        #expect(missing.code == .weights && missing.message.contains("DenseReluDense.wi_0.weight"), "\(missing)")
    }

    @Test
    func `layers beyond those of the configuration are reported`() throws {
        let folder = try backbone(replacing: "\"num_layers\": 2", with: "\"num_layers\": 1")
        let model = try T5Model(backboneDirectory: folder.path, checkpoint: nil)
        #expect(model.ignoredNames.contains("encoder.block.1.layer.0.SelfAttention.q.weight"))
        #expect(model.ignoredNames.allSatisfy { $0.contains(".block.1.") })
        let note = try #require(model.ignoredNote)
        #expect(note.contains("ignored \(model.ignoredNames.count) names") && !note.contains("\n"), "\(note)")
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

    /// A safetensors file of zeros.
    private func zeros(_ shapes: [(String, [Int])]) throws -> TemporaryFolder {
        var offset = 0
        let members = shapes.map { name, shape in
            let begin = offset
            offset += 4 * shape.reduce(1, *)
            return #""\#(name)":{"dtype":"F32","shape":\#(shape),"data_offsets":[\#(begin),\#(offset)]}"#
        }
        let header = Array("{\(members.joined(separator: ","))}".utf8)
        let length = (0..<8).map { UInt8(truncatingIfNeeded: header.count >> (8 * $0)) }
        let folder = try TemporaryFolder()
        try folder.write(length + header + [UInt8](repeating: 0, count: offset), to: "checkpoint.safetensors")
        return folder
    }

    @Test(arguments: [
        [("shared.weight", [300, 32]), ("decoder.embed_tokens.weight", [299, 32])],
        [("module.shared.weight", [300, 31])], [("shared.weight", [1, 32])], [("shared.weight", [32])],
        [("lm_head.weight", [300, 32, 1])],
    ])
    func `embeddings of a checkpoint that fit neither each other nor the model are refused`(
        _ shapes: [(String, [Int])]
    ) throws {
        let folder = try zeros(shapes)
        let error = try #require(throws: P5Error.self) {
            try T5Model(
                backboneDirectory: ReferenceModel.reluTied.directory,
                checkpoint: folder.path + "/checkpoint.safetensors"
            )
        }
        #expect(error.code == .weights)
        #expect(
            error.message.contains("embed") || error.message.contains("shared") || error.message.contains("lm_head")
        )
    }

    @Test
    func `more embeddings than the untied head has rows are refused, fewer are not`() throws {
        for (rows, isRefused) in [(369, true), (367, false)] {
            let folder = try zeros([("shared.weight", [rows, 32])])
            func load() throws -> T5Model {
                try T5Model(
                    backboneDirectory: ReferenceModel.gatedUntied.directory,
                    checkpoint: folder.path + "/checkpoint.safetensors"
                )
            }
            if isRefused {
                #expect(try #require(throws: P5Error.self) { try load() }.message.contains("lm_head.weight"))
            } else {
                #expect(try load().configuration.vocabularySize == rows)
            }
        }
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
        P5Settings(maximumLength: 0), P5Settings(generationLimit: 1), P5Settings(batch: 0), P5Settings(threads: 0),
        P5Settings(maximumLength: .max), P5Settings(usesWholeWords: true), P5Settings(beams: 0), P5Settings(beams: 65),
        P5Settings(mode: .softPrompt(broken { $0.virtualTokens = 0 })),
        P5Settings(mode: .softPrompt(broken { $0.batch = 0 })),
        P5Settings(mode: .softPrompt(broken { $0.dropout = 1 })),
        P5Settings(mode: .softPrompt(broken { $0.learningRate = .nan })),
    ])
    func `settings out of range are refused`(_ settings: P5Settings) throws {
        let model = try ReferenceModel.reluTied.load()
        let tokenizer = try Tokenizer(modelPath: ReferenceModel.reluTied.directory + "/spiece.model")
        let error = try #require(throws: P5Error.self) {
            try P5Reranker(model: model, tokenizer: tokenizer, dataMaps: DataMaps(internalIDs: [:]), settings: settings)
        }
        #expect(error.code == .configuration)
    }
}

/// Soft-prompt settings with one mistake.
private func broken(_ change: (inout SoftPromptSettings) -> Void) -> SoftPromptSettings {
    var settings = SoftPromptSettings()
    change(&settings)
    return settings
}
