package import Checks
import Scenarios
import SourcePlaces

/// What one check found, in a report.
///
/// Keys: `check`, `subject` (`startup`, `answers`, `rankings`, `landing`, `faults`, `termination`, `timeline`), `outcome` (`passed`, `failed`,
/// `inconclusive`), `message`, `location` (`file`, `line`, `column`, from 1; `null` for checks that always hold),
/// `expected`, `actual` (or `null`), `details` (further lines), `requests` (the numbers of the requests that it is about,
/// empty for the whole run), `consequenceOf` (the check whose failure, or missing fault, keeps this one from a verdict of
/// its own, so that it gives no exit code; else `null`), `latenessSeconds` (how late the machine made the run, in real
/// time, where that may be the cause; absent elsewhere).
package struct VerdictReport: Hashable, Sendable, Codable {
    /// The stable name of the check.
    package var check: String
    /// What the check is about.
    package var subject: Verdict.Subject
    /// How it ended.
    package var outcome: Verdict.Outcome
    /// What was found, in one sentence.
    package var message: String
    /// Where the scenario states the expectation.
    @OrNull package var location: Location?
    /// What was expected.
    @OrNull package var expected: String?
    /// What was observed instead.
    @OrNull package var actual: String?
    /// Further lines, such as differing ranks with their margins.
    package var details: [String]
    /// The numbers of the requests that the check is about; empty for the whole run.
    package var requests: [Int]
    /// The check that this one follows from, so that it counts for nothing.
    @OrNull package var consequenceOf: String?
    /// How late the machine made the run, where that may be the cause and the service not.
    package var latenessSeconds: Double?

    /// A place in a file.
    package struct Location: Hashable, Sendable, Codable {
        /// The file's path.
        package var file: String
        /// The line, from 1.
        package var line: Int
        /// The column in Unicode scalars, from 1.
        package var column: Int

        /// Copies a place of a scenario.
        init(_ location: SourceLocation) {
            self.file = location.file
            self.line = location.line
            self.column = location.column
        }

        /// The place as `file:line:column`.
        package var text: String { "\(file):\(line):\(column)" }
    }

    /// Why the check has no verdict of its own, in words; `nil` where it has one.
    package var followsFrom: String? {
        consequenceOf.map { other in
            other.hasPrefix("faults.") ? "no verdict, as \(other) did not fire" : "not judged, as \(other) failed"
        }
    }

    /// Copies a verdict.
    init(_ verdict: Verdict) {
        self.check = verdict.check
        self.subject = verdict.subject
        self.outcome = verdict.outcome
        self.message = verdict.message
        self.location = verdict.location.map(Location.init)
        self.expected = verdict.expected
        self.actual = verdict.actual
        self.details = verdict.details
        self.requests = verdict.requests
        self.consequenceOf = verdict.consequenceOf
        self.latenessSeconds = verdict.lateness?.reportedSeconds
    }
}
