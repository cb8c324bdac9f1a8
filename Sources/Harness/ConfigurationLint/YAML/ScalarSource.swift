import Yams

/// How a scalar of YAML is written.
enum ScalarStyle: Hashable, Sendable {
    /// Without quotes.
    case plain
    /// In single quotes.
    case singleQuoted
    /// In double quotes.
    case doubleQuoted
    /// As a block after `|`.
    case literal
    /// As a block after `>`.
    case folded

    /// Takes the parser's word for it.
    init(_ style: Node.Scalar.Style) {
        switch style {
        case .any, .plain: self = .plain
        case .singleQuoted: self = .singleQuoted
        case .doubleQuoted: self = .doubleQuoted
        case .literal: self = .literal
        case .folded: self = .folded
        }
    }
}

/// Where a scalar of YAML ends in the file, and which byte each of its letters comes from.
struct ScalarSource {
    let file: SourceFile
    let placeholders: [Placeholder]

    /// Returns the bytes of a scalar, with its quotes and without its anchor and tag.
    ///
    /// - Parameters:
    ///   - start: The byte of its mark.
    ///   - value: Its value, as the parser has it.
    ///   - style: How it is written.
    /// - Returns: The range; for a block scalar from its sign to the end of its last line.
    func range(from start: Int, value: String, style: ScalarStyle) -> Range<Int> {
        let start = behindProperties(start)
        switch style {
        case .singleQuoted, .doubleQuoted: return start..<endOfQuoted(start)
        case .literal, .folded: return start..<endOfBlock(start)
        case .plain: return start..<endOfPlain(start, value)
        }
    }

    /// Skips `&anchor` and `!tag`.
    private func behindProperties(_ start: Int) -> Int {
        var offset = start
        while offset < file.bytes.count, [UInt8(ascii: "&"), UInt8(ascii: "!")].contains(file.bytes[offset]) {
            while offset < file.bytes.count, file.bytes[offset] > 0x20 { offset += 1 }
            while offset < file.bytes.count, file.bytes[offset] <= 0x20 { offset += 1 }
        }
        return offset
    }

    private func endOfQuoted(_ start: Int) -> Int {
        guard start < file.bytes.count else { return start }
        let quote = file.bytes[start]
        var offset = start + 1
        while offset < file.bytes.count {
            if let inside = placeholders.first(in: offset..<offset + 1) {
                offset = inside.range.upperBound
            } else if quote == UInt8(ascii: "\""), file.bytes[offset] == UInt8(ascii: "\\") {
                offset += 2
            } else if file.bytes[offset] == quote {
                guard quote == UInt8(ascii: "'"), offset + 1 < file.bytes.count, file.bytes[offset + 1] == quote else {
                    return offset + 1
                }
                offset += 2
            } else {
                offset += 1
            }
        }
        return file.bytes.count
    }

    /// The lines after the sign that are empty or indented at least as far as the first of them that is not.
    private func endOfBlock(_ start: Int) -> Int {
        let first = file.line(of: start) + 1
        var margin: Int?
        var end = file.rangeOfLine(first - 1).upperBound
        var line = first
        while line < file.lineCount {
            if let indentation = file.indentation(ofLine: line) {
                if margin == nil { margin = indentation }
                guard let margin, indentation >= margin, margin > 0 else { break }
                end = file.rangeOfLine(line).upperBound
            }
            line += 1
        }
        return end
    }

    /// As many letters that are not blank as the value has.
    private func endOfPlain(_ start: Int, _ value: String) -> Int {
        var left = value.unicodeScalars.reduce(0) { $0 + ($1.properties.isWhitespace ? 0 : 1) }
        // Blanks inside a placeholder are letters to the parser.
        var offset = start
        while left > 0, offset < file.bytes.count {
            let inside = placeholders.first(in: offset..<offset + 1) != nil
            let isLetter = inside || file.bytes[offset] > 0x20
            offset += 1
            while offset < file.bytes.count, file.bytes[offset] & 0xC0 == 0x80 { offset += 1 }
            if isLetter { left -= 1 }
        }
        return offset
    }
}
