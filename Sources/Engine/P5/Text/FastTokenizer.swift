import Formats
import ModelFiles

/// The `tokenizer.json` beside a `spiece.model`, checked against it.
struct FastTokenizer {
    private let content: FastTokenizerContent
    private let path: String

    /// Reads the file.
    ///
    /// - Throws: `ModelFileError` where it is damaged, ``P5Error`` where it splits texts in another way than T5 does.
    init(path: String) throws {
        content = try JSONFile.scan(path, expected: "a tokenizer of Hugging Face") { (scanner) throws(JSONFault) in
            try FastTokenizerContent(&scanner)
        }
        self.path = path
        guard content.kind == "Unigram" else {
            throw failure("model", "the type \(content.kind)", "Unigram, as spiece.model is")
        }
        let normalizers = content.normalizer?.parts ?? []
        if let other = normalizers.first(where: { !["Precompiled", "Strip", "Replace"].contains($0.type) }) {
            throw failure("normalizer", "\"\(other.type)\"", "the normalisation of spiece.model")
        }
        let splitters = content.preTokenizer?.parts ?? []
        let last = splitters.last
        guard splitters.dropLast().allSatisfy({ $0.type == "WhitespaceSplit" }), last?.type == "Metaspace",
            last?.prepend_scheme ?? "always" == "always", last?.add_prefix_space != false
        else {
            let found = splitters.map(\.type).joined(separator: ", ")
            throw failure("pre_tokenizer", found.isEmpty ? "nothing" : found, "Metaspace that is always put in front")
        }
        if let token = content.added.first(where: { $0.single_word == true }) {
            throw failure("added_tokens", "\"\(token.content)\" as a single word", "tokens within words")
        }
    }

    /// The tokens that it adds to the pieces.
    var tokens: [TokenizerFiles.Token] {
        content.added.map { .init(id: $0.id, text: $0.content, isSpecial: $0.special, path: path) }
    }

    /// Checks that the pieces are those of the SentencePiece model, followed by extra tokens.
    ///
    /// - Parameters:
    ///   - count: The number of pieces of the model.
    ///   - isPiece: Whether the model has a piece with this id, text and score.
    ///   - isToken: Whether a token beyond the pieces has this id and text.
    /// - Throws: ``P5Error`` that names the first piece that differs.
    func checkPieces(
        count: Int,
        isPiece: (Int, String, Float) -> Bool,
        isToken: (Int, String) -> Bool
    ) throws(P5Error) {
        guard content.pieces.count >= count else {
            throw failure("model.vocab", "\(content.pieces.count) pieces", "the \(count) of spiece.model")
        }
        for (id, piece) in content.pieces.enumerated() {
            let isRight = id < count ? isPiece(id, piece.text, piece.score) : isToken(id, piece.text)
            guard isRight else {
                let found = "\"\(piece.text)\" (\(piece.score)) with the id \(id)"
                throw failure("model.vocab", found, "what spiece.model has there")
            }
        }
    }

    private func failure(_ key: String, _ found: String, _ expected: String) -> P5Error {
        P5Error(
            .tokenizer,
            "\(path): \"\(key)\": found \(found), expected \(expected); "
                + "use the files of one tokenizer, or leave tokenizer.json out"
        )
    }
}
