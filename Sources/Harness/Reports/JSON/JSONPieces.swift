/// Writes the parts of a JSON document into a sink, as `JSONEncoder` would lay out the whole with sorted names.
///
/// A piece is a few tens of kilobytes long; the last one ends with a line feed.
package struct JSONPieces {
    /// From how many bytes on a piece is handed over.
    private static let pieceSize = 1 << 16

    private let isPretty: Bool
    private var piece = ""

    private init(isPretty: Bool) {
        self.isPretty = isPretty
    }

    /// Writes a document.
    ///
    /// - Parameters:
    ///   - document: The document.
    ///   - isPretty: Whether it is laid out over several lines.
    ///   - sink: Where the pieces go.
    /// - Throws: `ReportError`, as the sink does.
    /// - Complexity: O(*n*) in the length of the text; the memory is that of the longest value and of one piece.
    package static func write(
        _ document: JSONPart,
        isPretty: Bool,
        to sink: ReportSink
    ) throws(ReportError) {
        var pieces = JSONPieces(isPretty: isPretty)
        try pieces.write(document, depth: 0, to: sink)
        try sink(pieces.piece + "\n")
    }

    private mutating func write(_ part: JSONPart, depth: Int, to sink: ReportSink) throws(ReportError) {
        switch part {
        case .value(let value):
            append(value, depth: depth)
        case .object(let members):
            piece += "{"
            for (index, member) in members.sorted(by: { $0.name < $1.name }).enumerated() {
                separate(index, depth: depth + 1)
                append(member.name, depth: depth)
                piece += isPretty ? " : " : ":"
                try write(member.part, depth: depth + 1, to: sink)
            }
            close("}", depth: depth)
        case .array(count: 0, element: _):
            append([String](), depth: depth)
        case .array(let count, let element):
            piece += "["
            for index in 0..<count {
                separate(index, depth: depth + 1)
                try write(element(index), depth: depth + 1, to: sink)
            }
            close("]", depth: depth)
        }
        if piece.utf8.count >= Self.pieceSize {
            try sink(piece)
            piece.removeAll(keepingCapacity: true)
        }
    }

    private mutating func append(_ value: some Encodable, depth: Int) {
        let text = isPretty ? ReportEncoding.pretty(value) : ReportEncoding.line(value)
        guard isPretty, depth > 0 else {
            piece += text.dropLast()
            return
        }
        // Line feeds in texts are escaped: these separate lines.
        for (index, line) in text.utf8.split(separator: UInt8(ascii: "\n"), omittingEmptySubsequences: false)
            .dropLast().enumerated()
        {
            if index > 0 { piece += "\n" }
            if index > 0, !line.isEmpty { piece += indentation(depth) }
            piece += Substring(line)
        }
    }

    private mutating func separate(_ index: Int, depth: Int) {
        if index > 0 { piece += "," }
        if isPretty { piece += "\n" + indentation(depth) }
    }

    private mutating func close(_ bracket: String, depth: Int) {
        if isPretty { piece += "\n" + indentation(depth) }
        piece += bracket
    }

    private func indentation(_ depth: Int) -> String { Self.indentations[min(depth, Self.indentations.count - 1)] }

    /// Those of a report's depths, and more.
    private static let indentations = (0...16).map { String(repeating: "  ", count: $0) }
}
