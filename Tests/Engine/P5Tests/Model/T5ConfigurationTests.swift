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
        #expect(found.endTokens == [1])
        #expect(found.scalesDecoderOutput)
    }

    @Test(arguments: [
        ("vocab_size", ConfigurationValue.number(0)), ("d_model", .number(-512)), ("d_kv", .number(1e9)),
        ("num_heads", .number(2.5)), ("d_ff", .text("2048")), ("num_layers", .number(1e18)),
        ("num_layers", .null), ("num_decoder_layers", .flag(true)), ("relative_attention_num_buckets", .number(0)),
        ("relative_attention_max_distance", .number(16)), ("layer_norm_epsilon", .number(0)),
        ("layer_norm_epsilon", .number(.nan)), ("tie_word_embeddings", .number(1)),
        ("feed_forward_proj", .text("gated-silu")), ("decoder_start_token_id", .number(32_128)),
        ("pad_token_id", .number(-1)), ("eos_token_id", .list([])),
    ])
    func `absurd values are refused with their key`(_ key: String, value: ConfigurationValue) throws {
        var values = small
        values[key] = value
        let error = try #require(throws: P5Error.self) { try T5Configuration(values: values, path: "a/config.json") }
        #expect(error.code == .configuration)
        #expect(error.message.hasPrefix("a/config.json: \"\(key)\": found "))
        #expect(!error.message.contains("\n"))
    }

    @Test(arguments: [
        ("model_type", ConfigurationValue.text("umt5")), ("model_type", .text("mt5")), ("model_type", .text("longt5")),
        ("model_type", .text("switch_transformers")), ("is_encoder_decoder", .flag(false)),
        ("tie_encoder_decoder", .flag(true)), ("pruned_heads", .object(["0": .list([.number(1)])])),
        ("quantization_config", .object(["quant_method": .text("bitsandbytes")])),
        ("dense_act_fn", .text("gelu_new")), ("dense_act_fn", .text("silu")), ("is_gated_act", .flag(true)),
        ("hidden_size", .number(64)), ("num_attention_heads", .number(4)), ("scale_decoder_outputs", .number(0)),
        ("eos_token_id", .list([.number(1), .number(32_128)])), ("eos_token_id", .list([.text("</s>")])),
        ("repetition_penalty", .number(1.2)), ("no_repeat_ngram_size", .number(3)), ("do_sample", .flag(true)),
        ("min_length", .number(2)), ("forced_eos_token_id", .number(1)), ("suppress_tokens", .list([.number(5)])),
        ("max_new_tokens", .number(3)), ("num_return_sequences", .number(2)), ("bad_words_ids", .list([.list([])])),
    ])
    func `what another arithmetic is asked by is refused with its key`(
        _ key: String,
        value: ConfigurationValue
    ) throws {
        var values = small
        values[key] = value
        let error = try #require(throws: P5Error.self) { try T5Configuration(values: values, path: "a/config.json") }
        #expect(error.code == .configuration)
        #expect(error.message.hasPrefix("a/config.json: \"\(key)\": found "), "\(error)")
    }

    @Test
    func `what changes nothing is accepted`() throws {
        let further: [String: ConfigurationValue] = [
            "model_type": .text("t5"), "is_encoder_decoder": .flag(true), "is_decoder": .flag(true),
            "pruned_heads": .object([:]), "quantization_config": .null, "dense_act_fn": .text("relu"),
            "is_gated_act": .flag(false), "hidden_size": .number(512), "dropout_rate": .number(0.3),
            "max_length": .number(99), "num_beams": .number(4), "do_sample": .flag(false), "top_k": .number(3),
            "temperature": .number(0.1), "repetition_penalty": .number(1), "min_length": .number(1),
            "bad_words_ids": .null, "suppress_tokens": .list([]), "task_specific_params": .object(["a": .null]),
        ]
        let plain = try T5Configuration(values: small, path: "")
        let found = try T5Configuration(values: small.merging(further) { $1 }, path: "")
        #expect(found == plain)
    }

    @Test
    func `version 4 means tying and scaling by one key, version 5 ties and has a key for scaling`() throws {
        func read(_ ties: Bool?, _ scales: Bool?) throws -> [Bool] {
            var values = small
            values["tie_word_embeddings"] = ties.map { .flag($0) }
            values["scale_decoder_outputs"] = scales.map { .flag($0) }
            let found = try T5Configuration(values: values, path: "")
            return [found.tiesEmbeddings, found.scalesDecoderOutput]
        }
        #expect(try read(nil, nil) == [true, true])
        #expect(try read(true, nil) == [true, true])
        #expect(try read(false, nil) == [false, false])
        #expect(try read(true, false) == [true, false])
        #expect(try read(true, true) == [true, true])
        #expect(try read(false, true) == [true, true])
    }

    @Test
    func `what only a beam search would use is refused where one is wanted`() throws {
        for (key, value) in [
            ("early_stopping", ConfigurationValue.flag(true)), ("length_penalty", .number(0.6)),
            ("num_beam_groups", .number(2)), ("diversity_penalty", .number(0.5)),
        ] {
            var values = small
            values[key] = value
            let found = try T5Configuration(values: values, path: "config.json")
            #expect(found.beamContradiction?.message.contains("\"\(key)\"") == true)
        }
    }

    /// Reads a `generation_config.json` beside a small configuration.
    private func read(
        _ generation: [String: ConfigurationValue],
        beside further: [String: ConfigurationValue] = [:]
    ) throws -> T5Configuration {
        try T5Configuration(
            values: small.merging(further) { $1 },
            path: "config.json",
            generation: ConfigurationReader(values: generation, path: "generation_config.json")
        )
    }

    @Test
    func `generation_config.json comes before config.json, and what it lacks is not taken from there`() throws {
        let start: [String: ConfigurationValue] = ["decoder_start_token_id": .number(7)]
        let found = try read(start.merging(["eos_token_id": .list([.number(5), .number(1)])]) { $1 })
        #expect(found.startToken == 7)
        #expect(found.endTokens == [5, 1] && found.modelEndTokens == [1])
        #expect(try read(start).endTokens == [])
        #expect(try read(["bos_token_id": .number(3)]).startToken == 3)
        let error = try #require(throws: P5Error.self) { try read(["eos_token_id": .number(1)]) }
        #expect(error.message.hasPrefix("generation_config.json: \"decoder_start_token_id\": found nothing"))
        let penalty = try #require(throws: P5Error.self) {
            try read(start.merging(["repetition_penalty": .number(2)]) { $1 })
        }
        #expect(penalty.message.hasPrefix("generation_config.json: \"repetition_penalty\": found 2"))
        // Version 4 would go back to config.json in the last case alone.
        let legacy: [String: ConfigurationValue] = ["repetition_penalty": .number(2)]
        #expect(try read(start, beside: legacy).startToken == 7)
        let flagged = try #require(throws: P5Error.self) {
            try read(start.merging(["_from_model_config": .flag(true)]) { $1 }, beside: legacy)
        }
        #expect(flagged.message.hasPrefix("config.json: \"repetition_penalty\""))
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
