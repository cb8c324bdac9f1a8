/// The text of a YAML document with neutral words where placeholders and repeated keys stand.
///
/// Each scalar of the original is one scalar here, on the same line: line and column of the parser's marks are those of
/// the file.
struct PatchedText {
    /// The placeholders of the original.
    let placeholders: [Placeholder]
    /// Where the original begins in the file.
    private let range: Range<Int>
    private var scalars: [[Unicode.Scalar]]
    private var renamed = 0

    /// The most keys that are renamed.
    private static let renameLimit = 64

    /// Creates the text of a range of a file, which begins a line.
    init(_ file: SourceFile, _ range: Range<Int>, isJSON: Bool) {
        self.range = range
        placeholders = Placeholder.all(in: file.bytes, range)
        scalars = Self.lines(of: file, range, placeholders, isJSON: isJSON)
    }

    /// The text for the parser.
    var text: String {
        var text = String.UnicodeScalarView()
        for line in scalars {
            text.append(contentsOf: line)
            text.append("\n")
        }
        return String(text)
    }

    /// Gives the key at a place another name, so that it is not repeated; says whether that was possible.
    ///
    /// - Parameters:
    ///   - key: The key.
    ///   - line: The line, from 0.
    ///   - column: The column in scalars, from 0.
    /// - Returns: Whether the key stands there, with or without quotes.
    mutating func rename(_ key: String, line: Int, column: Int) -> Bool {
        let word = Array(key.unicodeScalars)
        guard renamed < Self.renameLimit, scalars.indices.contains(line), !word.isEmpty,
            let stand = Unicode.Scalar(0xE000 + UInt32(renamed))
        else { return false }
        let isQuoted = column < scalars[line].count && (scalars[line][column] == "\"" || scalars[line][column] == "'")
        let start = column + (isQuoted ? 1 : 0)
        guard start + word.count <= scalars[line].count, scalars[line][start..<start + word.count].elementsEqual(word)
        else { return false }
        for place in start..<start + word.count { scalars[line][place] = stand }
        renamed += 1
        return true
    }

    /// Reads the lines scalar by scalar, with `x` in each placeholder, and nothing but spaces in lines of templates alone.
    private static func lines(
        of file: SourceFile,
        _ range: Range<Int>,
        _ placeholders: [Placeholder],
        isJSON: Bool
    ) -> [[Unicode.Scalar]] {
        var lines: [[Unicode.Scalar]] = []
        var start = range.lowerBound
        while start < range.upperBound {
            let newline = file.bytes[start..<range.upperBound].firstIndex(of: UInt8(ascii: "\n")) ?? range.upperBound
            let bytes = start..<newline
            if placeholders.first(in: bytes) == nil {
                lines.append(scalars(of: file.bytes[bytes], isJSON: isJSON))
            } else {
                lines.append(patched(file, bytes, placeholders))
            }
            start = newline + 1
        }
        return lines
    }

    private static func scalars(of bytes: ArraySlice<UInt8>, isJSON: Bool) -> [Unicode.Scalar] {
        var scalars = String(decoding: bytes, as: UTF8.self).unicodeScalars
            .map { $0 == "\r" || isJSON && $0 == "\t" ? " " : $0 }
        guard isJSON, bytes.contains(UInt8(ascii: "\\")) else { return scalars }
        // JSON writes letters beyond U+FFFF as two halves, which YAML's `\u` does not take.
        var place = 0
        while place + 6 <= scalars.count {
            if scalars[place] == "\\", scalars[place + 1] == "u", "dD".unicodeScalars.contains(scalars[place + 2]),
                "89abcdefABCDEF".unicodeScalars.contains(scalars[place + 3])
            {
                for half in place..<place + 6 { scalars[half] = "x" }
                place += 6
            } else {
                // An escaped backslash begins no escape.
                place += scalars[place] == "\\" ? 2 : 1
            }
        }
        return scalars
    }

    private static func patched(
        _ file: SourceFile,
        _ bytes: Range<Int>,
        _ placeholders: [Placeholder]
    ) -> [Unicode.Scalar] {
        var line: [Unicode.Scalar] = []
        var offset = bytes.lowerBound
        var holdsMore = false
        while offset < bytes.upperBound {
            let inside = placeholders.first(in: offset..<offset + 1)
            let until = min(
                bytes.upperBound,
                inside?.range.upperBound ?? placeholders.first(in: offset..<bytes.upperBound)?.range.lowerBound
                    ?? bytes.upperBound
            )
            let piece = scalars(of: file.bytes[offset..<until], isJSON: false)
            if let inside {
                let continues = inside.range.lowerBound < bytes.lowerBound
                line += piece.map { _ in continues ? " " : "x" }
                if inside.kind != .template { holdsMore = true }
            } else {
                line += piece
                if piece.contains(where: { !$0.properties.isWhitespace }) { holdsMore = true }
            }
            offset = until
        }
        return holdsMore ? line : line.map { _ in " " }
    }
}
