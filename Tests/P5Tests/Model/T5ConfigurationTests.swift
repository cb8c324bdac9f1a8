import ColdstartTestSupport
import ModelFiles
import Testing

@testable import P5

struct T5ConfigurationTests {
    private let small: [String: ConfigurationValue] = [
        "vocab_size": .number(32_128), "d_model": .number(512), "d_kv": .number(64), "num_heads": .number(8),
        "d_ff": .number(2_048), "num_layers": .number(6),
    ]

    @Test
    func `absent values have Hugging Face's defaults`() throws {
        var values = small
        values["num_decoder_layers"] = .null
        let found = try T5Configuration(values: values, path: "config.json")
        #expect(found.decoderLayers == 6)
        #expect(found.positionBuckets == 32)
        #expect(found.maximumDistance == 128)
        #expect(found.normEpsilon == 1e-6)
        #expect(found.feedForward == .relu)
        #expect(found.tiesEmbeddings)
        #expect(found.startToken == 0)
        #expect(found.endToken == 1)
    }

    @Test(arguments: [
        ("vocab_size", ConfigurationValue.number(0)), ("d_model", .number(-512)), ("d_kv", .number(1e9)),
        ("num_heads", .number(2.5)), ("d_ff", .text("2048")), ("num_layers", .number(1e18)),
        ("num_layers", .null), ("num_decoder_layers", .flag(true)), ("relative_attention_num_buckets", .number(0)),
        ("relative_attention_max_distance", .number(16)), ("layer_norm_epsilon", .number(0)),
        ("layer_norm_epsilon", .number(.nan)), ("tie_word_embeddings", .number(1)),
        ("feed_forward_proj", .text("gated-silu")), ("decoder_start_token_id", .number(32_128)),
        ("pad_token_id", .number(-1)), ("eos_token_id", .other),
    ])
    func `absurd values are refused with their key`(_ key: String, value: ConfigurationValue) throws {
        var values = small
        values[key] = value
        let error = try #require(throws: P5Error.self) { try T5Configuration(values: values, path: "a/config.json") }
        #expect(error.code == .configuration)
        #expect(error.message.hasPrefix("a/config.json: \"\(key)\": found "))
        #expect(!error.message.contains("\n"))
    }

    @Test
    func `the reference's configurations are read`() throws {
        let gated = try T5Configuration(path: Fixtures.path("t5/gated-gelu-untied/config.json"))
        #expect(gated.feedForward == .gatedGELU)
        #expect(!gated.tiesEmbeddings)
        #expect(gated.decoderLayers == 3)
        #expect(gated.encoderLayers == 2)
        #expect(gated.attentionWidth == 32)
        let tied = try T5Configuration(path: Fixtures.path("t5/relu-tied/config.json"))
        #expect(tied.feedForward == .relu)
        #expect(tied.tiesEmbeddings)
        #expect(tied.attentionWidth == 16)
    }

    @Test(arguments: ["", "[1]", "{\"d_model\": }", "null"])
    func `a file that is no object is refused`(_ content: String) throws {
        let path = try TemporaryFolder().write(content, to: "config.json")
        #expect(throws: ModelFileError.self) { try T5Configuration(path: path) }
    }
}
