import SourcePlaces

/// The bytes of a file with the places of its lines.
struct SourceFile: Sendable {
    /// The path, as the caller gave it.
    let path: String
    /// The text in UTF-8.
    let bytes: [UInt8]
    /// The offset at which each line begins.
    private let lineStarts: [Int]

    /// Creates a file; a byte order mark is no column.
    ///
    /// - Complexity: O(*n*) in the length of the text.
    init(path: String, bytes: [UInt8]) {
        self.path = path
        self.bytes = bytes
        var starts = [bytes.starts(with: [0xEF, 0xBB, 0xBF]) ? 3 : 0]
        for (offset, byte) in bytes.enumerated() where byte == UInt8(ascii: "\n") { starts.append(offset + 1) }
        lineStarts = starts
    }

    /// The bytes without a byte order mark.
    var content: Range<Int> { min(lineStarts[0], bytes.count)..<bytes.count }

    /// The number of lines.
    var lineCount: Int { lineStarts.count }

    /// Returns the line of a byte, from 0.
    ///
    /// - Complexity: O(log *n*) in the number of lines.
    func line(of offset: Int) -> Int {
        var (low, high) = (0, lineStarts.count)
        while high - low > 1 {
            let middle = (low + high) / 2
            if lineStarts[middle] <= offset { low = middle } else { high = middle }
        }
        return low
    }

    /// Returns the place of a byte; the column counts Unicode scalars.
    func location(of offset: Int) -> SourceLocation {
        let line = line(of: offset)
        let before = bytes[min(lineStarts[line], offset)..<min(offset, bytes.count)]
        let column = before.reduce(1) { $0 + ($1 & 0xC0 == 0x80 ? 0 : 1) }
        return SourceLocation(file: path, line: line + 1, column: column)
    }

    /// Returns the offset of a place, both counted from 0; the column counts Unicode scalars.
    func offset(line: Int, column: Int) -> Int {
        guard lineStarts.indices.contains(line) else { return bytes.count }
        var offset = lineStarts[line]
        var left = column
        while left > 0, offset < bytes.count {
            offset += 1
            while offset < bytes.count, bytes[offset] & 0xC0 == 0x80 { offset += 1 }
            left -= 1
        }
        return offset
    }

    /// Returns the bytes of a line, counted from 0, without its line break.
    func rangeOfLine(_ line: Int) -> Range<Int> {
        let start = lineStarts[line]
        var end = line + 1 < lineStarts.count ? lineStarts[line + 1] - 1 : bytes.count
        if end > start, bytes[end - 1] == UInt8(ascii: "\r") { end -= 1 }
        return start..<max(start, end)
    }

    /// Returns where the line after that of a byte begins.
    func nextLine(after offset: Int) -> Int {
        let next = line(of: offset) + 1
        return next < lineCount ? lineStarts[next] : bytes.count
    }

    /// Returns the text of a range.
    func text(_ range: Range<Int>) -> String {
        String(decoding: bytes[range.clamped(to: 0..<bytes.count)], as: UTF8.self)
    }

    /// Returns the blanks with which a line begins, `nil` where nothing else is in it.
    func indentation(ofLine line: Int) -> Int? {
        let range = rangeOfLine(line)
        let first = bytes[range].firstIndex { $0 != UInt8(ascii: " ") && $0 != UInt8(ascii: "\t") }
        return first.map { $0 - range.lowerBound }
    }

    /// Returns the lines of what stands at a byte: its own and those after it that are indented more deeply.
    ///
    /// Block style alone tells by indentation what belongs together; braces are closed further left or in the line.
    func block(at offset: Int) -> ClosedRange<Int> {
        let first = line(of: offset)
        let margin = location(of: offset).column - 1
        var last = first
        var next = first + 1
        while next < lineCount {
            if let indentation = indentation(ofLine: next) {
                guard indentation > margin else { break }
                last = next
            }
            next += 1
        }
        return first...last
    }

    /// Returns the line of a place with a caret below it.
    func excerpt(at location: SourceLocation) -> String? {
        guard (1...lineCount).contains(location.line) else { return nil }
        return SourceText(path: path, text: text(rangeOfLine(location.line - 1)))
            .excerpt(line: 1, column: location.column)
    }
}
