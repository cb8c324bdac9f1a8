/// What Hugging Face's `generate` takes from a model's files where it is called with `max_length` and `num_beams` alone.
///
/// A `generation_config.json` replaces what `config.json` says of decoding as a whole; without one the same keys of
/// `config.json` hold. Start and end tokens are used. Of all other keys only those values are accepted that leave the
/// logits and the choice of tokens as they are; see
/// https://huggingface.co/docs/transformers/main_classes/text_generation#transformers.GenerationConfig.
struct GenerationSettings {
    /// The token that decoding starts with, `nil` where `config.json` alone is there and names none.
    let startToken: Int32?
    /// The tokens that end a text, `nil` for those of `config.json`.
    let endTokens: [Int32]?
    /// What the files ask of a beam search that is not computed here.
    let beamContradiction: P5Error?

    /// Reads the settings.
    ///
    /// - Throws: ``P5Error`` where a key asks for something else than is computed.
    init(
        configuration: ConfigurationReader,
        generation: ConfigurationReader?,
        vocabularySize: Int
    ) throws(P5Error) {
        let reader = generation ?? configuration
        var files = [reader]
        // Version 4 goes back to config.json where this stands in generation_config.json, version 5 does not.
        if let generation, generation.values["_from_model_config"] == .flag(true) { files.append(configuration) }
        var contradiction: P5Error?
        for file in files {
            for (key, neutral) in Self.always { if let error = file.contradiction(key, neutral) { throw error } }
            for (key, neutral) in Self.beamSearch { contradiction = contradiction ?? file.contradiction(key, neutral) }
        }
        let start = try reader.tokens("decoder_start_token_id", below: vocabularySize) ?? []
        let first = start.isEmpty ? try reader.tokens("bos_token_id", below: vocabularySize) ?? [] : start
        guard first.count <= 1, generation == nil || first.count == 1 else {
            throw reader.failure(
                "decoder_start_token_id",
                found: first.isEmpty ? "nothing" : "\(first.count) tokens",
                expected: "one token, which generate needs to begin"
            )
        }
        startToken = first.first
        endTokens = try generation.map { file throws(P5Error) in
            try file.tokens("eos_token_id", below: vocabularySize) ?? []
        }
        beamContradiction = contradiction
    }

    /// The values of a key that change nothing, besides `null`.
    enum Neutral {
        case number(Double)
        case atMost(Double)
        case no
        case empty
        case nothing
    }

    /// What changes the tokens of greedy decoding, and of a beam search.
    static let always: [(String, Neutral)] = [
        ("max_new_tokens", .nothing), ("min_length", .atMost(1)), ("min_new_tokens", .atMost(0)),
        ("max_time", .nothing), ("stop_strings", .empty), ("do_sample", .no), ("penalty_alpha", .number(0)),
        ("dola_layers", .nothing), ("repetition_penalty", .number(1)), ("encoder_repetition_penalty", .number(1)),
        ("no_repeat_ngram_size", .number(0)), ("encoder_no_repeat_ngram_size", .number(0)),
        ("bad_words_ids", .empty), ("force_words_ids", .empty), ("constraints", .empty),
        ("forced_bos_token_id", .nothing), ("forced_eos_token_id", .nothing),
        ("exponential_decay_length_penalty", .nothing), ("suppress_tokens", .empty),
        ("begin_suppress_tokens", .empty), ("sequence_bias", .empty), ("token_healing", .no),
        ("guidance_scale", .number(1)), ("watermarking_config", .nothing), ("num_return_sequences", .number(1)),
    ]

    /// What changes the tokens of a beam search alone.
    static let beamSearch: [(String, Neutral)] = [
        ("early_stopping", .no), ("length_penalty", .number(1)), ("num_beam_groups", .number(1)),
        ("diversity_penalty", .number(0)),
    ]
}

extension ConfigurationReader {
    /// The error of a key whose value changes what is generated.
    fileprivate func contradiction(_ key: String, _ neutral: GenerationSettings.Neutral) -> P5Error? {
        guard let value = values[key], value != .null else { return nil }
        let expected: String
        switch (neutral, value) {
        case (.number(let number), .number(let found)) where found == number: return nil
        case (.atMost(let most), .number(let found)) where found <= most: return nil
        case (.no, .flag(false)), (.empty, .list([])), (.empty, .object([:])): return nil
        case (.number(let number), _): expected = "\(Int(number))"
        case (.atMost(let most), _): expected = "at most \(Int(most))"
        case (.no, _): expected = "false"
        case (.empty, _), (.nothing, _): expected = "nothing"
        }
        return failure(
            key,
            found: value.described,
            expected: "\(expected): generate would use it, and it is not computed here",
            advice: "take the key out if the service does not want it"
        )
    }
}
