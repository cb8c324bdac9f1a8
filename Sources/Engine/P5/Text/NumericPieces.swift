import Synchronization

/// The pieces of a vocabulary that are numbers or ends of numbers: digits, and digits behind a decimal point.
struct NumericPieces: Sendable {
    /// Their ids, ascending.
    let ids: [Int32]

    private let texts: [Int32: String]

    /// Finds the numeric pieces of a vocabulary.
    ///
    /// - Throws: ``P5Error`` where the library refuses an id.
    /// - Complexity: O(*n*) in the pieces of the vocabulary.
    init(of tokenizer: Tokenizer) throws(P5Error) {
        var texts: [Int32: String] = [:]
        for id in 0..<Int32(tokenizer.pieceCount) where tokenizer.isPiece(id) {
            let text = try tokenizer.text(ofPiece: id)
            if Self.isNumeric(text) { texts[id] = text }
        }
        self.texts = texts
        self.ids = texts.keys.sorted()
    }

    /// Returns the text of a piece that is a number or the end of one, `nil` for another.
    func text(of id: Int32) -> String? { texts[id] }

    /// Whether a text is, behind spaces, digits with at most one decimal point, which does not end it.
    static func isNumeric(_ text: String) -> Bool {
        let bytes = text.utf8.drop { $0 == UInt8(ascii: " ") }
        let points = bytes.count { $0 == UInt8(ascii: ".") }
        let digits = bytes.count { (UInt8(ascii: "0")...UInt8(ascii: "9")).contains($0) }
        return digits > 0 && points <= 1 && digits + points == bytes.count && bytes.last != UInt8(ascii: ".")
    }
}

extension Tokenizer {
    /// The numeric pieces, looked up once.
    ///
    /// - Throws: ``P5Error`` where the library refuses an id.
    func numericPieces() throws(P5Error) -> NumericPieces {
        if let known = knownNumericPieces.withLock({ $0 }) { return known }
        let pieces = try NumericPieces(of: self)
        knownNumericPieces.withLock { $0 = pieces }
        return pieces
    }

    /// Returns the text of one piece with a space for its word mark; nothing for special ids and ids that are no
    /// pieces.
    ///
    /// - Throws: ``P5Error`` where the library refuses the id.
    func text(ofPiece id: Int32) throws(P5Error) -> String {
        let text = try decode([id])
        return startsWord(id) ? " " + text : text
    }
}
