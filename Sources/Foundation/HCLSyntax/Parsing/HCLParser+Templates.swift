extension HCLParser {
    /// Reads all that is left as the inside of quotes.
    mutating func template() throws(Stop) -> HCLExpression {
        let start = offset
        let parts = try nested { (parser) throws(Stop) in try parser.parts(escapes: false) { _ in false } }
        return HCLExpression(.template(parts), start..<offset)
    }

    /// Reads a text in quotes.
    mutating func quoted() throws(Stop) -> HCLExpression {
        let start = offset
        offset += 1
        let parts = try nested { (parser) throws(Stop) in try parser.parts(escapes: true) { $0 == UInt8(ascii: "\"") } }
        guard next == UInt8(ascii: "\"") else { throw stop("`\"`") }
        offset += 1
        return HCLExpression(.template(parts), start..<offset)
    }

    /// Reads `<<WORD` or `<<-WORD` with the lines up to the one that holds the word alone.
    mutating func heredoc() throws(Stop) -> HCLExpression {
        let start = offset
        offset += 2
        let isIndented = next == UInt8(ascii: "-")
        if isIndented { offset += 1 }
        guard Self.isOfIdentifier(next, isFirst: true), let word = identifier() else { throw stop("a word after `<<`") }
        skipLine()
        offset = min(end, offset + 1)
        let content = offset
        guard let close = endOfHeredoc(Array(word.utf8)) else {
            offset = start
            throw stop("a line with `\(word)` alone after the heredoc")
        }
        let outerEnd = end
        end = close.line
        defer { end = outerEnd }
        let parts = try nested { (parser) throws(Stop) in
            parser.offset = content
            return try parser.parts(escapes: false) { _ in false }
        }
        offset = close.word
        return HCLExpression(.template(isIndented ? Self.withoutIndentation(parts) : parts), start..<offset)
    }

    /// Finds the line that closes a heredoc: where it begins, and where its word ends.
    private func endOfHeredoc(_ word: [UInt8]) -> (line: Int, word: Int)? {
        var line = offset
        while line <= end {
            var from = line
            while from < end, bytes[from] == 0x20 || bytes[from] == 0x09 { from += 1 }
            let to = from + word.count
            if to <= end, bytes[from..<to].elementsEqual(word) {
                var rest = to
                while rest < end, [0x20, 0x09, 0x0D].contains(bytes[rest]) { rest += 1 }
                if rest == end || bytes[rest] == UInt8(ascii: "\n") { return (line, to) }
            }
            guard let lineBreak = bytes[line..<end].firstIndex(of: UInt8(ascii: "\n")) else { return nil }
            line = lineBreak + 1
        }
        return nil
    }

    /// Reads text with interpolations up to a byte that ends it, or to the end.
    private mutating func parts(
        escapes: Bool,
        endsAt isEnd: (UInt8) -> Bool
    ) throws(Stop) -> [HCLExpression.TemplatePart] {
        var parts: [HCLExpression.TemplatePart] = []
        var text: [UInt8] = []
        func flush() {
            guard !text.isEmpty else { return }
            parts.append(.text(String(decoding: text, as: UTF8.self)))
            text = []
        }
        while offset < end, !isEnd(next) {
            let byte = next
            let isMark = byte == UInt8(ascii: "$") || byte == UInt8(ascii: "%")
            if isMark, peek(1) == byte, peek(2) == UInt8(ascii: "{") {
                text += [byte, UInt8(ascii: "{")]
                offset += 3
            } else if isMark, peek(1) == UInt8(ascii: "{") {
                flush()
                offset += 2
                parts.append(try interpolation(isDirective: byte == UInt8(ascii: "%")))
            } else if escapes, byte == UInt8(ascii: "\\") {
                text += escape()
            } else if escapes, byte == UInt8(ascii: "\n") {
                break
            } else {
                text.append(byte)
                offset += 1
            }
        }
        flush()
        return parts
    }

    /// Reads what stands between `${` and `}`, or a directive, of which only the end is looked for.
    private mutating func interpolation(isDirective: Bool) throws(Stop) -> HCLExpression.TemplatePart {
        try bracketed { (parser) throws(Stop) in
            _ = parser.take("~")
            if isDirective {
                while parser.offset < parser.end, parser.next != UInt8(ascii: "}") { parser.offset += 1 }
                guard parser.take("}") else { throw parser.stop("`}`") }
                return .directive
            }
            let inner = try parser.expression()
            _ = parser.take("~")
            guard parser.take("}") else { throw parser.stop("`}`") }
            return .interpolation(inner)
        }
    }

    /// Takes an escape and returns what it stands for.
    private mutating func escape() -> [UInt8] {
        let letter = peek(1)
        offset = min(end, offset + 2)
        switch letter {
        case UInt8(ascii: "n"): return [0x0A]
        case UInt8(ascii: "r"): return [0x0D]
        case UInt8(ascii: "t"): return [0x09]
        case UInt8(ascii: "u"), UInt8(ascii: "U"):
            let count = letter == UInt8(ascii: "u") ? 4 : 8
            let digits = String(decoding: bytes[offset..<min(end, offset + count)], as: UTF8.self)
            guard let scalar = UInt32(digits, radix: 16).flatMap(Unicode.Scalar.init) else { return [] }
            offset = min(end, offset + count)
            return Array(String(scalar).utf8)
        default: return letter == 0 ? [] : [letter]
        }
    }

    /// Returns the parts of a heredoc without the blanks that begin every line of it.
    private static func withoutIndentation(_ parts: [HCLExpression.TemplatePart]) -> [HCLExpression.TemplatePart] {
        var least = Int.max
        var beginsLine = true
        for part in parts {
            guard case .text(let text) = part else {
                if beginsLine { least = 0 }
                beginsLine = false
                continue
            }
            for (number, line) in text.split(separator: "\n", omittingEmptySubsequences: false).enumerated() {
                let isStart = number > 0 || beginsLine
                let blanks = line.prefix { $0 == " " || $0 == "\t" }.count
                if isStart, blanks < line.count { least = min(least, blanks) }
                beginsLine = number > 0 && line.isEmpty || beginsLine && line.isEmpty
            }
            beginsLine = text.hasSuffix("\n")
        }
        guard least > 0, least < .max else { return parts }
        var isStart = true
        return parts.map { part in
            guard case .text(let text) = part else {
                isStart = false
                return part
            }
            let lines = text.split(separator: "\n", omittingEmptySubsequences: false).enumerated()
                .map { number, line in String(number > 0 || isStart ? line.dropFirst(min(least, line.count)) : line) }
            isStart = text.hasSuffix("\n")
            return .text(lines.joined(separator: "\n"))
        }
    }
}
