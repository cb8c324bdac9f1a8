import Reports
import SafeText

/// Where the program speaks to the user beside its output, without the secrets that the process was given.
enum StandardError {
    /// Writes a message with the program's name before it.
    ///
    /// On a terminal the first line is broken to its width; further lines, such as those of an excerpt, stay as they
    /// are.
    static func say(_ message: String) {
        let output = OutputDescriptor.standardError()
        let message = "coldstart: " + Redaction.ofProcess.removed(from: message)
        var lines = message.split(separator: "\n", omittingEmptySubsequences: false).map(String.init)
        if let columns = output.terminalColumns {
            lines.replaceSubrange(0..<1, with: StyledLine(lines[0]).broken(toColumns: max(columns, 40)).map(\.text))
        }
        // A closed standard error cannot be reported anywhere.
        try? output.write(lines.joined(separator: "\n") + "\n")
    }

    /// Writes a message that holds a command to be copied, which no line break may part.
    static func sayWhole(_ message: String) {
        try? write("coldstart: \(message)\n")
    }

    /// Says where the result of a shard is.
    ///
    /// - Parameters:
    ///   - path: Its file.
    ///   - units: How many units it has.
    ///   - total: How many the whole work has.
    ///   - unit: What these are, a singular.
    static func sayShard(_ path: String, _ units: Int, of total: Int, _ unit: String) {
        sayWhole("\(path): \(units) of \(Figures.count(total, unit)); coldstart merge reports")
    }

    /// Writes a text as it is.
    ///
    /// - Throws: `ReportError` where it cannot be written.
    static func write(_ text: String) throws(ReportError) {
        try OutputDescriptor.standardError().write(Redaction.ofProcess.removed(from: text))
    }
}
