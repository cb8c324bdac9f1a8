/// What a statement of the recommendation service does, told from its text.
enum StatementKind: Hashable, Sendable {
    /// Begins a transaction.
    case begin
    /// Begins a transaction that cannot write.
    case beginReading
    /// Commits a transaction.
    case commit
    /// Undoes a transaction.
    case rollback
    /// Reads the ratings of a session.
    case readRatings
    /// Deletes rows of `recommendations`.
    case deleteRows
    /// Inserts rows into `recommendations`.
    case insertRows
    /// Anything else.
    case other

    /// The most characters of a statement that are looked at.
    private static let lookedAt = 4_096

    /// Tells the kind from the text, which may begin with blanks and comments.
    ///
    /// - Complexity: O(1), as only the beginning is looked at.
    init(sql: ArraySlice<UInt8>) {
        let words = Self.words(in: String(decoding: sql.prefix(Self.lookedAt), as: UTF8.self))
        switch words.first {
        case "begin": self = Self.begin(words)
        case "start" where words.dropFirst().first == "transaction": self = Self.begin(words)
        case "commit", "end": self = .commit
        case "rollback" where !words.contains("to"), "abort": self = .rollback
        case "insert" where words.contains("recommendations"): self = .insertRows
        case "delete" where words.contains("recommendations"): self = .deleteRows
        case "select", "with":
            let names = Set(words)
            // The search for sessions to precompute reads both tables.
            let isRead =
                names.contains("movie_ratings") && names.isDisjoint(with: ["recommendations", "user_sessions"])
            self = isRead ? .readRatings : .other
        default: self = .other
        }
    }

    private static func begin(_ words: [String]) -> StatementKind {
        zip(words, words.dropFirst()).contains { $0 == ("read", "only") } ? .beginReading : .begin
    }

    /// Splits a statement into lower-case words without comments; dots and quotes separate.
    private static func words(in sql: String) -> [String] {
        var words: [String] = []
        var word = ""
        var rest = Substring(sql)
        func isWordScalar(_ character: Character) -> Bool {
            character.isLetter || character.isNumber || character == "_" || character == "$"
        }
        while let character = rest.first {
            if isWordScalar(character) {
                word += character.lowercased()
                rest.removeFirst()
                continue
            }
            if !word.isEmpty {
                words.append(word)
                word = ""
            }
            if rest.hasPrefix("--") {
                rest = rest.drop { !$0.isNewline }
            } else if rest.hasPrefix("/*"), let end = rest.firstRange(of: "*/") {
                rest = rest[end.upperBound...]
            } else {
                rest.removeFirst()
            }
        }
        return word.isEmpty ? words : words + [word]
    }
}
