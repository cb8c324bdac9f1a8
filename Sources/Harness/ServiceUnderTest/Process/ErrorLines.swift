import Observations

/// The lines of a service's log that it calls errors itself.
struct ErrorLines {
    /// The most lines that are kept.
    static let limit = 20

    /// The first of them.
    private(set) var lines: [LoggedLine] = []

    /// Keeps a line where it is one.
    mutating func take(_ line: LoggedLine) {
        if lines.count < Self.limit, Self.isError(line.text) { lines.append(line) }
    }

    /// Whether a line states the level of an error: as `"level":"error"` of a log in JSON, or as the first word.
    ///
    /// The words are the levels of swift-log and of Python's logging, which count for nothing but what is quoted.
    static func isError(_ text: String) -> Bool {
        if text.hasPrefix("{") {
            return ["error", "critical"].contains { text.contains("\"level\":\"\($0)\"") }
        }
        let words = text.prefix(80).split { !$0.isLetter }.prefix(2)
        return words.contains { ["ERROR", "CRITICAL", "FATAL", "error", "critical"].contains($0) }
    }
}
