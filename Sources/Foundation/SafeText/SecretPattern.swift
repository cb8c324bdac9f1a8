/// A secret, found however its characters are written.
struct SecretPattern: Hashable, Sendable {
    /// Whether it is a secret wherever it stands, and not only in a password's place.
    let isPlain: Bool

    private let bytes: [UInt8]

    /// Creates a pattern; `nil` for a text of white space alone.
    init?(_ text: String, isPlain: Bool) {
        bytes = Array(text.utf8)
        self.isPlain = isPlain
        if bytes.allSatisfy(Self.isSpace) { return nil }
    }

    /// The bytes with which a place can begin where the secret stands.
    var firstBytes: Set<UInt8> {
        var first: Set = [bytes[0], UInt8(ascii: "%"), UInt8(ascii: "\\"), UInt8(ascii: "&")]
        if Self.isSpace(bytes[0]) { first.formUnion(Self.folded) }
        return first
    }

    /// Returns where the secret ends that begins at an index, `nil` where none does.
    ///
    /// - Parameters:
    ///   - text: The text.
    ///   - start: Where to look.
    ///   - isJSON: Whether a backslash always belongs to the byte after it.
    /// - Returns: The index behind the secret.
    func end(in text: ArraySlice<UInt8>, from start: Int, isJSON: Bool) -> Int? {
        end(of: 0, in: text, at: start, isJSON: isJSON)
    }

    /// What white space and control characters become in logs and messages.
    private static let folded = Set(" \t\n\r?;+".utf8)

    private static func isSpace(_ byte: UInt8) -> Bool { byte <= 32 || byte == 127 }

    private func end(of start: Int, in text: ArraySlice<UInt8>, at place: Int, isJSON: Bool) -> Int? {
        let backslash = UInt8(ascii: "\\")
        guard start < bytes.count else {
            guard bytes[start - 1] == backslash else { return place }
            // What was escaped twice has more of them; in JSON two belong together.
            let more = text[place...].prefix { $0 == backslash }.count
            return place + (isJSON ? more / 2 * 2 : more)
        }
        guard place < text.endIndex else { return nil }
        if Self.isSpace(bytes[start]) { return endOfSpace(start, in: text, at: place, isJSON: isJSON) }
        if let written = WrittenCharacter(in: text, at: place), bytes[start...].starts(with: written.bytes),
            let end = end(of: start + written.bytes.count, in: text, at: written.end, isJSON: isJSON)
        {
            return end
        }
        // A "%25" may be a percent sign that is encoded, or the three characters themselves.
        if text[place] == bytes[start], !(isJSON && text[place] == backslash),
            let end = end(of: start + 1, in: text, at: place + 1, isJSON: isJSON)
        {
            return end
        }
        guard start > 0, text[place] == backslash else { return nil }
        return end(of: start, in: text, at: place + (isJSON ? 2 : 1), isJSON: isJSON)
    }

    /// Goes on behind white space, of which the text may hold more or less than the secret.
    private func endOfSpace(_ start: Int, in text: ArraySlice<UInt8>, at place: Int, isJSON: Bool) -> Int? {
        let rest = bytes[start...].firstIndex { !Self.isSpace($0) } ?? bytes.count
        var ends: [Int] = []
        var end = place
        while end < text.endIndex {
            if let written = WrittenCharacter(in: text, at: end), written.bytes.allSatisfy(Self.isSpace) {
                end = written.end
            } else if Self.folded.contains(text[end]) || Self.isSpace(text[end]) {
                end += 1
            } else {
                break
            }
            ends.append(end)
        }
        for end in ends.reversed() {
            if let found = self.end(of: rest, in: text, at: end, isJSON: isJSON) { return found }
        }
        return nil
    }
}

/// A character that is written with several: `%40`, `\n`, `\"`, `\u00e9`, `&amp;`.
struct WrittenCharacter: Hashable, Sendable {
    /// What it stands for, in UTF-8.
    let bytes: [UInt8]
    /// The index behind it.
    let end: Int

    private static let references: [(text: [UInt8], byte: UInt8)] = [
        ("&amp;", "&"), ("&lt;", "<"), ("&gt;", ">"), ("&quot;", "\""), ("&apos;", "'"), ("&#9;", "\t"),
        ("&#10;", "\n"), ("&#13;", "\r"),
    ]
    .map { (Array($0.utf8), UInt8(ascii: $1)) }

    /// Reads the one that begins at an index, `nil` where none does.
    init?(in text: ArraySlice<UInt8>, at index: Int) {
        let rest = text[index...]
        switch rest.first {
        case UInt8(ascii: "%"):
            guard let value = Self.hexadecimal(rest.dropFirst(), digits: 2) else { return nil }
            (bytes, end) = ([UInt8(value)], index + 3)
        case UInt8(ascii: "\\"):
            guard let letter = rest.dropFirst().first else { return nil }
            switch letter {
            case UInt8(ascii: "n"): bytes = [10]
            case UInt8(ascii: "r"): bytes = [13]
            case UInt8(ascii: "t"): bytes = [9]
            case UInt8(ascii: "u"):
                guard let (scalar, end) = Self.escaped(rest) else { return nil }
                self.end = end
                bytes = Array(String(scalar).utf8)
                return
            default:
                bytes = [letter]
            }
            end = index + 2
        case UInt8(ascii: "&"):
            guard let reference = Self.references.first(where: { rest.starts(with: $0.text) }) else { return nil }
            (bytes, end) = ([reference.byte], index + reference.text.count)
        default:
            return nil
        }
    }

    /// Reads `\uXXXX`, or two of them that are one character (RFC 8259, section 7).
    private static func escaped(_ text: ArraySlice<UInt8>) -> (Unicode.Scalar, end: Int)? {
        guard let first = hexadecimal(text.dropFirst(2), digits: 4) else { return nil }
        if let scalar = Unicode.Scalar(first) { return (scalar, text.startIndex + 6) }
        let second = text.dropFirst(6)
        guard second.starts(with: "\\u".utf8), let low = hexadecimal(second.dropFirst(2), digits: 4),
            (0xD800..<0xDC00).contains(first), (0xDC00..<0xE000).contains(low),
            let scalar = Unicode.Scalar(0x10000 + (first - 0xD800) << 10 + (low - 0xDC00))
        else { return nil }
        return (scalar, text.startIndex + 12)
    }

    private static func hexadecimal(_ text: ArraySlice<UInt8>, digits: Int) -> UInt32? {
        let digits = text.prefix(digits)
        guard digits.count == digits.endIndex - text.startIndex, !digits.isEmpty else { return nil }
        var value: UInt32 = 0
        for digit in digits {
            guard let number = Character(Unicode.Scalar(digit)).hexDigitValue else { return nil }
            value = value << 4 + UInt32(number)
        }
        return value
    }
}
