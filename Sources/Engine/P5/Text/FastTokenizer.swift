import ModelFiles

/// The `tokenizer.json` beside a `spiece.model`, as far as it can contradict it.
///
/// See https://huggingface.co/docs/tokenizers/components.
struct FastTokenizer: Decodable {
    private struct Added: Decodable {
        let id: Int
        let content: String
        let special: Bool?
        let single_word: Bool?
    }

    private struct Component: Decodable {
        let type: String
        let normalizers: [Component]?
        let pretokenizers: [Component]?
        let prepend_scheme: String?
        let add_prefix_space: Bool?

        /// The component, or those of a sequence.
        var parts: [Component] { type == "Sequence" ? (normalizers ?? pretokenizers ?? []).flatMap(\.parts) : [self] }
    }

    private struct Pieces: Decodable {
        struct Piece: Decodable {
            let text: String
            let score: Float

            init(from decoder: any Decoder) throws {
                var list = try decoder.unkeyedContainer()
                text = try list.decode(String.self)
                score = try list.decode(Float.self)
            }
        }

        let vocab: [Piece]
    }

    private struct Kind: Decodable {
        let type: String?
    }

    private enum CodingKeys: String, CodingKey {
        case added = "added_tokens"
        case normalizer
        case preTokenizer = "pre_tokenizer"
        case model
    }

    private let added: [Added]?
    private let normalizer: Component?
    private let preTokenizer: Component?
    private let kind: String
    private let pieces: [Pieces.Piece]
    private(set) var path = ""

    /// Reads the file.
    ///
    /// - Throws: `ModelFileError` where it is damaged, ``P5Error`` where it splits texts in another way than T5 does.
    init(path: String) throws {
        self = try JSONFile.read(path, as: FastTokenizer.self, expected: "a tokenizer of Hugging Face")
        self.path = path
        guard kind == "Unigram" else { throw failure("model", "the type \(kind)", "Unigram, as spiece.model is") }
        let normalizers = normalizer?.parts ?? []
        if let other = normalizers.first(where: { !["Precompiled", "Strip", "Replace"].contains($0.type) }) {
            throw failure("normalizer", "\"\(other.type)\"", "the normalisation of spiece.model")
        }
        let splitters = preTokenizer?.parts ?? []
        let last = splitters.last
        guard splitters.dropLast().allSatisfy({ $0.type == "WhitespaceSplit" }), last?.type == "Metaspace",
            last?.prepend_scheme ?? "always" == "always", last?.add_prefix_space != false
        else {
            let found = splitters.map(\.type).joined(separator: ", ")
            throw failure("pre_tokenizer", found.isEmpty ? "nothing" : found, "Metaspace that is always put in front")
        }
        if let token = added?.first(where: { $0.single_word == true }) {
            throw failure("added_tokens", "\"\(token.content)\" as a single word", "tokens within words")
        }
    }

    init(from decoder: any Decoder) throws {
        let container = try decoder.container(keyedBy: CodingKeys.self)
        added = try container.decodeIfPresent([Added].self, forKey: .added)
        normalizer = try container.decodeIfPresent(Component.self, forKey: .normalizer)
        preTokenizer = try container.decodeIfPresent(Component.self, forKey: .preTokenizer)
        kind = try container.decode(Kind.self, forKey: .model).type ?? "nothing"
        pieces = kind == "Unigram" ? try container.decode(Pieces.self, forKey: .model).vocab : []
    }

    /// The tokens that it adds to the pieces.
    var tokens: [TokenizerFiles.Token] {
        (added ?? []).map { .init(id: $0.id, text: $0.content, isSpecial: $0.special, path: path) }
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
        guard pieces.count >= count else {
            throw failure("model.vocab", "\(pieces.count) pieces", "the \(count) of spiece.model")
        }
        for (id, piece) in pieces.enumerated() {
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
