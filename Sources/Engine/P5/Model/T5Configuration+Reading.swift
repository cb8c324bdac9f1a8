import ModelFiles

extension T5Configuration {
    /// Reads a `config.json` and the `generation_config.json` beside it, if any.
    ///
    /// - Parameters:
    ///   - path: The `config.json`.
    ///   - generation: The `generation_config.json`, which need not exist.
    /// - Throws: `ModelFileError` where a file is no JSON object, ``P5Error`` where a value is missing or absurd, or asks for
    ///   another arithmetic than is computed here.
    package init(path: String, generation: String? = nil) throws {
        let values = try JSONFile.read(path, as: [String: ConfigurationValue].self, expected: "a T5 configuration")
        var further: ConfigurationReader?
        if let generation, fileExists(generation) {
            further = ConfigurationReader(
                values: try JSONFile.read(
                    generation,
                    as: [String: ConfigurationValue].self,
                    expected: "a configuration of generate"
                ),
                path: generation
            )
        }
        try self.init(values: values, path: path, generation: further)
    }

    init(
        values: [String: ConfigurationValue],
        path: String,
        generation: ConfigurationReader? = nil
    ) throws(P5Error) {
        let reader = ConfigurationReader(values: values, path: path)
        try reader.checkKind()
        self.vocabularySize = try reader.whole("vocab_size", in: 3...4_000_000)
        self.modelWidth = try reader.whole("d_model", in: 1...65_536)
        self.headWidth = try reader.whole("d_kv", in: 1...4_096)
        self.headCount = try reader.whole("num_heads", in: 1...1_024)
        self.feedForwardWidth = try reader.whole("d_ff", in: 1...1_048_576)
        let encoderLayers = try reader.whole("num_layers", in: 1...1_024)
        self.encoderLayers = encoderLayers
        self.decoderLayers = try reader.whole("num_decoder_layers", in: 1...1_024, default: encoderLayers)
        self.positionBuckets = try reader.whole("relative_attention_num_buckets", in: 4...65_536, default: 32)
        self.maximumDistance = try reader.whole("relative_attention_max_distance", in: 2...1_048_576, default: 128)
        self.normEpsilon = try reader.epsilon("layer_norm_epsilon", default: 1e-6)
        self.feedForward = try reader.feedForward()
        // Version 4 meant tying and scaling by one key; version 5 always ties, and has a key for scaling.
        let ties = try reader.flag("tie_word_embeddings", default: true)
        self.scalesDecoderOutput = try reader.flag("scale_decoder_outputs", default: ties)
        let isVersion5 = try reader.value("scale_decoder_outputs") != nil
        self.tiesEmbeddings = ties || isVersion5
        self.paddingToken = Int32(try reader.whole("pad_token_id", in: 0...vocabularySize - 1, default: 0))
        self.modelEndTokens = try reader.tokens("eos_token_id", below: vocabularySize) ?? [1]
        let settings = try GenerationSettings(
            configuration: reader,
            generation: generation,
            vocabularySize: vocabularySize
        )
        self.startToken = settings.startToken ?? paddingToken
        self.endTokens = settings.endTokens ?? modelEndTokens
        self.beamContradiction = settings.beamContradiction
        // Half the buckets of each direction hold one exact distance each; the rest must reach beyond these.
        guard maximumDistance > positionBuckets / 2 else {
            throw reader.failure(
                "relative_attention_max_distance",
                found: "\(maximumDistance)",
                expected: "more than half of relative_attention_num_buckets (\(positionBuckets))"
            )
        }
    }
}

extension ConfigurationReader {
    /// Refuses what is another model than a T5 encoder-decoder with plain weights.
    fileprivate func checkKind() throws(P5Error) {
        let kind = try word("model_type", default: "t5")
        guard kind == "t5" else {
            throw failure(
                "model_type",
                found: "\"\(kind)\"",
                expected: "\"t5\"; other kinds have the same keys and another arithmetic",
                advice: "use the T5 backbone that the checkpoint was trained from"
            )
        }
        for (key, expected) in [("is_encoder_decoder", true), ("tie_encoder_decoder", false)] {
            guard try flag(key, default: expected) != expected else { continue }
            throw failure(key, found: "\(!expected)", expected: "\(expected), which is what is computed")
        }
        for key in ["quantization_config", "pruned_heads"] {
            guard let value = try value(key), value != .object([:]) else { continue }
            throw failure(
                key,
                found: value.described,
                expected: "nothing: weights are read as whole floating-point matrices",
                advice: "save the model without it"
            )
        }
    }

    /// Reads the activation as Hugging Face's `T5Config` does: from `feed_forward_proj`, unless `dense_act_fn` and
    /// `is_gated_act` say otherwise.
    fileprivate func feedForward() throws(P5Error) -> T5Configuration.FeedForward {
        let name = try word("feed_forward_proj", default: "relu")
        let parts = name.split(separator: "-", omittingEmptySubsequences: false).map(String.init)
        let meant = name == "gated-gelu" ? "gelu_new" : parts[parts.count - 1]
        let function = try word("dense_act_fn", default: meant)
        let isGated = try flag("is_gated_act", default: parts[0] == "gated")
        // The two names of GELU in its tanh form.
        switch (isGated, function) {
        case (false, "relu"): return .relu
        case (true, "gelu_new"), (true, "gelu_pytorch_tanh"): return .gatedGELU
        default:
            let key =
                if function != meant { "dense_act_fn" } else {
                    isGated == (parts[0] == "gated") ? "feed_forward_proj" : "is_gated_act"
                }
            throw failure(
                key,
                found:
                    "\(try value(key)?.described ?? "nothing"), which makes it \(isGated ? "gated " : "")\(function)",
                expected: "relu, or gated gelu_new, which feed_forward_proj calls \"gated-gelu\""
            )
        }
    }
}
