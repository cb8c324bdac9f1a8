import Scenarios

/// What a file of rankings is, by its first line.
enum SideKind {
    /// A comparison that was kept.
    case kept
    /// Rankings as JSON Lines.
    case rankings
    /// A run's report.
    case report
    /// Columns of text.
    case runFile

    /// Looks at a file's first line, which is still to be read: at most a mebibyte, for keys stand in any order.
    ///
    /// - Throws: `ScenarioError` where it cannot be read.
    init(of file: inout InputFile) throws(ScenarioError) {
        let head = try file.lookAhead(JSONLines.lineLimit) { seen in
            let line = seen.drop { [0x20, 0x09, 0x0D, 0x0A, 0xEF, 0xBB, 0xBF].contains($0) }
            return line.contains(UInt8(ascii: "\n"))
        }
        let text = String(decoding: head, as: UTF8.self)
        let start = text.drop { $0.isWhitespace || $0 == "\u{FEFF}" }
        let line = start.prefix { !$0.isNewline }
        guard start.first == "{" || start.first == "[" else {
            self = .runFile
            return
        }
        // A line of JSON is whole; a report goes on over many.
        if line.contains("\"coldstart\"") && line.contains("\"version\"") {
            self = .kept
        } else if line.contains("\"session_id\"") {
            self = .rankings
        } else {
            self = .report
        }
    }
}
