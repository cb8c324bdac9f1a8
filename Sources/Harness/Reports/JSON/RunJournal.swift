/// A journal that was read back: the lines of a run, and whether they are all there.
package struct RunJournal: Hashable, Sendable {
    /// The whole lines in order.
    package let lines: [JournalLine]
    /// Whether the last line says that the run is over; without it the journal was cut short.
    package let isWhole: Bool

    /// Reads the text of a journal.
    ///
    /// A last line without its line feed, whatever it holds, was cut short and is left out; that is what a killed run
    /// leaves behind and no error.
    ///
    /// - Parameters:
    ///   - text: The content of the file.
    ///   - file: The file's path, for messages.
    /// - Throws: `ReportError` where a whole line is not a line of a journal or has another version.
    /// - Complexity: O(*n*) in the length of the text.
    package init(reading text: String, file: String) throws(ReportError) {
        var lines: [JournalLine] = []
        let pieces = text.utf8.split(separator: UInt8(ascii: "\n"), omittingEmptySubsequences: false)
        for (index, piece) in pieces.dropLast().enumerated() {
            let line = try Self.line(Substring(piece), at: "\(file):\(index + 1)")
            if lines.last?.event == .runFinished {
                throw ReportError(.notAReport, "\(file):\(index + 1): a line follows the one that ends the journal")
            }
            lines.append(line)
        }
        self.lines = lines
        self.isWhole = lines.last?.event == .runFinished && pieces.last?.isEmpty == true
    }

    private static func line(_ text: Substring, at place: String) throws(ReportError) -> JournalLine {
        let line: JournalLine
        do {
            let version = try ReportEncoding.decode(Version.self, from: text).schemaVersion
            guard version == RunReport.schemaVersion else {
                throw ReportError(
                    .unknownVersion,
                    "\(place): schemaVersion is \(version), this program reads \(RunReport.schemaVersion)"
                )
            }
            line = try ReportEncoding.decode(JournalLine.self, from: text)
        } catch let error as ReportError {
            throw error
        } catch {
            throw ReportError(
                .notAReport,
                "\(place): not a line of a journal (one JSON object with schemaVersion and event)"
            )
        }
        return line
    }

    /// The part of a line that says how to read the rest.
    private struct Version: Decodable {
        let schemaVersion: Int
    }
}
