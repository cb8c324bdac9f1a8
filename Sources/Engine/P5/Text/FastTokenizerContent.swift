import Formats

/// What a `tokenizer.json` holds, as far as it can contradict a `spiece.model`.
///
/// It is scanned and not decoded: most of the file is a list of some 32,000 pieces, of which a tree of values takes several
/// times as long. See https://huggingface.co/docs/tokenizers/components.
struct FastTokenizerContent {
    /// A token beyond the pieces.
    struct Added: Decodable {
        let id: Int
        let content: String
        let special: Bool?
        let single_word: Bool?
    }

    /// A step of what is done to a text before it becomes pieces.
    struct Component: Decodable {
        let type: String
        let normalizers: [Component]?
        let pretokenizers: [Component]?
        let prepend_scheme: String?
        let add_prefix_space: Bool?

        /// The component, or those of a sequence.
        var parts: [Component] { type == "Sequence" ? (normalizers ?? pretokenizers ?? []).flatMap(\.parts) : [self] }
    }

    /// A piece and the logarithm of its probability.
    struct Piece {
        let text: String
        let score: Float
    }

    /// The tokens beyond the pieces.
    private(set) var added: [Added] = []
    /// What is done to a text first, if anything.
    private(set) var normalizer: Component?
    /// How a text is split then, if at all.
    private(set) var preTokenizer: Component?
    /// The kind of the model, `nothing` where the file does not say.
    private(set) var kind = "nothing"
    /// The pieces in the order of their ids; none where the model is not of the kind `Unigram`.
    private(set) var pieces: [Piece] = []

    /// Scans the value of the file.
    ///
    /// - Throws: `JSONFault` where it is not JSON, or of another form.
    /// - Complexity: O(*n*) in the length of the text.
    init(_ scanner: inout JSONScanner) throws(JSONFault) {
        var hasModel = false
        try scanner.object { (key, _, scanner) throws(JSONFault) in
            switch key {
            case "added_tokens": added = try scanner.decode([Added]?.self) ?? []
            case "normalizer": normalizer = try scanner.decode(Component?.self)
            case "pre_tokenizer": preTokenizer = try scanner.decode(Component?.self)
            case "model":
                hasModel = true
                try scanModel(&scanner)
            default: try scanner.skipValue()
            }
        }
        guard hasModel else { throw Self.missing("model", at: scanner.offset) }
    }

    /// Scans the model; pieces that come before the kind are looked at when that is known.
    private mutating func scanModel(_ scanner: inout JSONScanner) throws(JSONFault) {
        var found: [Piece]?
        var postponed: JSONScanner?
        try scanner.object { (key, _, scanner) throws(JSONFault) in
            switch key {
            case "type":
                kind = try scanner.decode(String?.self) ?? kind
            case "vocab" where kind == "Unigram":
                found = try Self.scanPieces(&scanner)
            case "vocab":
                postponed = scanner
                try scanner.skipValue()
            default:
                try scanner.skipValue()
            }
        }
        guard kind == "Unigram" else { return }
        if var postponed {
            do throws(JSONFault) {
                found = try Self.scanPieces(&postponed)
            } catch {
                throw error.inside(.key("vocab"))
            }
        }
        guard let found else { throw Self.missing("vocab", at: scanner.offset) }
        pieces = found
    }

    /// Scans pairs of a piece's text and its score.
    private static func scanPieces(_ scanner: inout JSONScanner) throws(JSONFault) -> [Piece] {
        var pieces: [Piece] = []
        try scanner.array { (_, scanner) throws(JSONFault) in
            var text: String?
            var score: Double?
            try scanner.array { (index, scanner) throws(JSONFault) in
                switch index {
                case 0: text = try scanner.string()
                case 1: score = try scanner.double()
                default: try scanner.skipValue()
                }
            }
            guard let text, let score else {
                throw JSONFault(
                    offset: scanner.offset - 1,
                    found: "the end of the list",
                    expected: "a piece and its score"
                )
            }
            pieces.append(Piece(text: text, score: Float(score)))
        }
        return pieces
    }

    private static func missing(_ key: String, at offset: Int) -> JSONFault {
        JSONFault(.missingKey, offset: offset - 1, found: "no such key", expected: "one", steps: [.key(key)])
    }
}
