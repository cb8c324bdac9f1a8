package import Observations

/// A line that a real service, or the harness about it, wrote, in a report.
///
/// Keys: `at` (seconds), `source` (`output`, `errors`, `harness`), `text` (without secrets).
package struct ServiceLogReport: Hashable, Sendable, Codable {
    /// When it was read.
    package var at: Double
    /// Who wrote it.
    package var source: LoggedLine.Source
    /// The text.
    package var text: String

    /// Copies a logged line.
    init(_ line: LoggedLine) {
        at = line.moment.reportedSeconds
        source = line.source
        text = line.text
    }
}
