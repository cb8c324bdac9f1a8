extension Tokenizer {
    /// Checks that a model means the same tokens.
    ///
    /// - Throws: ``P5Error`` where the model has too few embeddings, or where its end or padding token is another one.
    package func check(against configuration: T5Configuration) throws(P5Error) {
        let needed = max(pieceCount, Int(added.largest) + 1)
        guard needed <= configuration.vocabularySize else {
            throw failure(
                found: "\(needed) tokens",
                expected: "at most the \(configuration.vocabularySize) embeddings that the model has"
            )
        }
        let ends = configuration.modelEndTokens
        guard ends.isEmpty || ends.contains(end) else {
            throw failure(
                found: "</s> with the id \(end)",
                expected: "the eos_token_id \(ends.map(String.init).joined(separator: ", ")) of config.json"
            )
        }
        guard padding == nil || padding == configuration.paddingToken else {
            throw failure(
                found: "<pad> with the id \(padding ?? 0)",
                expected: "the pad_token_id \(configuration.paddingToken) of config.json"
            )
        }
    }

    private func failure(found: String, expected: String) -> P5Error {
        P5Error(
            .configuration,
            "\(path): found \(found), expected \(expected); use the spiece.model and the config.json of one model"
        )
    }
}
