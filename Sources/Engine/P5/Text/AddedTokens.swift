import ModelFiles

/// The tokens beyond the pieces of a SentencePiece model, which a text is split at before it is encoded.
///
/// As in `T5Tokenizer` of Transformers 4.57 and 5: the special tokens, `<extra_id_*>`, and those that the files name. At
/// each place of a text the longest token that begins there is taken.
struct AddedTokens {
    /// A part of a text.
    enum Part: Hashable {
        case text(String)
        case token(Int32)
    }

    /// The ids that are left out of decoded texts.
    private(set) var special: Set<Int32> = []
    /// The largest id of a token that a file names.
    private(set) var largest: Int32 = -1

    private var ids: [ArraySlice<UInt8>: Int32] = [:]
    private var texts: [Int32: String] = [:]
    /// The lengths of the tokens that begin with each of the 256 bytes, longest first.
    private var lengths = [[Int]](repeating: [], count: 256)

    /// The texts that are given several ids, and the ids that are given to several texts.
    ///
    /// - Complexity: O(*n*) in the tokens.
    private static func contradicted(_ tokens: [TokenizerFiles.Token]) -> (texts: Set<String>, ids: Set<Int>) {
        var ids: [String: Int] = [:]
        var texts: [Int: String] = [:]
        var contradicted: (texts: Set<String>, ids: Set<Int>) = ([], [])
        for token in tokens {
            if let id = ids.updateValue(token.id, forKey: token.text), id != token.id {
                contradicted.texts.insert(token.text)
            }
            if let text = texts.updateValue(token.text, forKey: token.id), text != token.text {
                contradicted.ids.insert(token.id)
            }
        }
        return contradicted
    }

    /// Gathers the tokens.
    ///
    /// - Parameters:
    ///   - files: What the files say.
    ///   - pieceCount: The number of pieces; `<extra_id_*>` follow in descending order, then further tokens.
    ///   - specials: The special tokens that are pieces, with their ids.
    /// - Throws: ``P5Error`` where a file gives a token another id than it can have.
    init(files: TokenizerFiles, pieceCount: Int, specials: [String: Int32]) throws(P5Error) {
        var known = specials.mapValues { Int($0) }
        let extraCount = files.extraCount
        for number in 0..<extraCount { known["<extra_id_\(number)>"] = pieceCount + extraCount - 1 - number }
        special = Set(known.values.map { Int32($0) })
        let first = pieceCount + extraCount
        let further = files.tokens.filter { known[$0.text] != $0.id }
        let numbers = Set(further.map(\.id))
        let contradicted = Self.contradicted(further)
        for token in further {
            let isNew = known[token.text] == nil && token.id >= first && token.id < first + numbers.count
            guard isNew, !contradicted.texts.contains(token.text), !contradicted.ids.contains(token.id) else {
                let expected =
                    known[token.text].map { "the id \($0)" }
                    ?? "ids from \(first) on without a gap, each for one token, behind \(pieceCount) pieces and "
                    + "\(extraCount) extra ids"
                throw P5Error(
                    .tokenizer,
                    "\(token.path): token \"\(token.text.prefix(60))\": found the id \(token.id), expected \(expected); "
                        + "use the files of one tokenizer"
                )
            }
            if token.isSpecial == true { special.insert(Int32(token.id)) }
        }
        for token in further { known[token.text] = token.id }
        for (text, path) in files.specialTexts {
            guard let id = known[text] else {
                throw P5Error(
                    .tokenizer,
                    "\(path): special token \"\(text.prefix(60))\": found no id for it in the tokenizer's files, expected one "
                        + "in added_tokens.json or added_tokens_decoder; save the tokenizer again"
                )
            }
            special.insert(Int32(id))
        }
        if let path = files.modernPath, let token = further.first {
            throw P5Error(
                .tokenizer,
                "\(path): \"legacy\": found false beside added tokens such as \"\(token.text.prefix(60))\", expected true: "
                    + "versions 4 and 5 of Transformers encode what follows such a token in different ways"
            )
        }
        for (text, id) in known where !text.isEmpty { insert(text, Int32(id)) }
        largest = Int32(further.map(\.id).max() ?? -1)
    }

    private mutating func insert(_ text: String, _ id: Int32) {
        let bytes = Array(text.utf8)[...]
        ids[bytes] = id
        texts[id] = text
        let others = lengths[Int(bytes[0])]
        if !others.contains(bytes.count) { lengths[Int(bytes[0])] = (others + [bytes.count]).sorted(by: >) }
    }

    /// Returns the text of a token that is not special, `nil` for other ids.
    func text(of id: Int32) -> String? {
        special.contains(id) ? nil : texts[id]
    }

    /// Splits a text at its tokens; texts between them may be blank.
    ///
    /// - Complexity: O(*n*) in the bytes of the text, for each place at which a token may begin times the lengths of such.
    func split(_ text: String) -> [Part] {
        // Hardly any text has a byte that a token begins with.
        guard text.utf8.contains(where: { !lengths[Int($0)].isEmpty }) else { return [.text(text)] }
        let bytes = Array(text.utf8)
        var parts: [Part] = []
        var start = 0
        var place = 0
        while place < bytes.count {
            let found = lengths[Int(bytes[place])].lazy
                .compactMap { length in
                    place + length <= bytes.count ? ids[bytes[place..<place + length]].map { (length, $0) } : nil
                }
                .first
            guard let (length, id) = found else {
                place += 1
                continue
            }
            if place > start { parts.append(.text(String(decoding: bytes[start..<place], as: UTF8.self))) }
            parts.append(.token(id))
            place += length
            start = place
        }
        guard start > 0 else { return [.text(text)] }
        if start < bytes.count { parts.append(.text(String(decoding: bytes[start...], as: UTF8.self))) }
        return parts
    }
}
