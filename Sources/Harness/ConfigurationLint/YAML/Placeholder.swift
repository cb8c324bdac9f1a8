/// A part of a text that another program puts something in for, before it is what it is read as.
struct Placeholder: Hashable, Sendable {
    /// What fills it in.
    enum Kind: Hashable, Sendable {
        /// `${NAME}`: a shell, envsubst or the like.
        case variable
        /// `{{ … }}` or `{% … %}`: a template engine such as Helm's.
        case template
        /// `${{ … }}`: GitHub's expressions.
        case expression
    }

    /// What fills it in.
    let kind: Kind
    /// Its bytes in the file.
    let range: Range<Int>

    /// The longest placeholder, in bytes.
    private static let lengthLimit = 2_000

    /// Finds the placeholders of a text.
    ///
    /// - Complexity: O(*n*) in the length of the range.
    static func all(in bytes: [UInt8], _ range: Range<Int>) -> [Placeholder] {
        var found: [Placeholder] = []
        var closings = Closings(bytes: bytes, end: range.upperBound)
        var offset = range.lowerBound
        while offset + 1 < range.upperBound {
            guard let kind = kind(in: bytes, at: offset, range.upperBound),
                let end = closings.end(after: offset, of: kind.word, staysInLine: kind.kind == .variable)
            else {
                offset += 1
                continue
            }
            found.append(Placeholder(kind: kind.kind, range: offset..<end))
            offset = end
        }
        return found
    }

    /// What begins at a byte, with the word that ends it.
    private static func kind(in bytes: [UInt8], at offset: Int, _ end: Int) -> (kind: Kind, word: Closings.Word)? {
        let brace = UInt8(ascii: "{")
        switch (bytes[offset], bytes[offset + 1]) {
        case (UInt8(ascii: "$"), brace):
            let isExpression = offset + 2 < end && bytes[offset + 2] == brace
            return isExpression ? (.expression, .braces) : (.variable, .brace)
        case (brace, brace): return (.template, .braces)
        case (brace, UInt8(ascii: "%")): return (.template, .percent)
        default: return nil
        }
    }

    /// Where the words that end placeholders stand, each looked for once.
    private struct Closings {
        enum Word: Int {
            case brace
            case braces
            case percent

            var bytes: [UInt8] {
                switch self {
                case .brace: Array("}".utf8)
                case .braces: Array("}}".utf8)
                case .percent: Array("%}".utf8)
                }
            }
        }

        let bytes: [UInt8]
        let end: Int
        private var next = [-1, -1, -1]
        private var nextLine = -1

        init(bytes: [UInt8], end: Int) {
            self.bytes = bytes
            self.end = end
        }

        /// Returns the end of the first such word behind a placeholder's beginning, if it is near enough.
        mutating func end(after offset: Int, of word: Word, staysInLine: Bool) -> Int? {
            if next[word.rawValue] < offset + 2 {
                next[word.rawValue] = Self.first(word.bytes, in: bytes, from: offset + 2, to: end)
            }
            let found = next[word.rawValue]
            guard found < end, found - offset <= lengthLimit else { return nil }
            if staysInLine {
                if nextLine < offset { nextLine = Self.first([0x0A], in: bytes, from: offset, to: end) }
                guard found < nextLine else { return nil }
            }
            return found + word.bytes.count
        }

        private static func first(_ word: [UInt8], in bytes: [UInt8], from start: Int, to end: Int) -> Int {
            var offset = start
            while offset + word.count <= end {
                if bytes[offset] == word[0], word.count == 1 || bytes[offset + 1] == word[1] { return offset }
                offset += 1
            }
            return end
        }
    }
}

extension [Placeholder] {
    /// Returns the first placeholder that shares a byte with a range.
    ///
    /// - Complexity: O(log *n*).
    func first(in range: Range<Int>) -> Placeholder? {
        var (low, high) = (0, count)
        while low < high {
            let middle = (low + high) / 2
            if self[middle].range.upperBound <= range.lowerBound { low = middle + 1 } else { high = middle }
        }
        guard low < count, self[low].range.lowerBound < range.upperBound else { return nil }
        return self[low]
    }
}
