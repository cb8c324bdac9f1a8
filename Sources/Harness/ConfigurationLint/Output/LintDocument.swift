import Reports
import SourcePlaces

/// A report of the linter as JSON.
///
/// | key | content |
/// |---|---|
/// | `schemaVersion` | 1 |
/// | `findings` | `rule`, `severity` (`error`, `warn`, `info`), `file`, `line`, `column`, `message`, `fix` each |
/// | `fix` | `snippet`, the corrected lines; `edits` with `startOffset`, `endOffset` in bytes and `replacement`, empty where a person has to choose; `null` where nothing can be said |
/// | `suppressed` | the same, with the `reason` of the comment |
/// | `guessedPlatforms` | `file` and `platform` where a file does not name its platform |
/// | `workloads` | how many descriptions of containers were looked at |
/// | `notLookedAt` | the files in which there was none |
/// | `modulesNotFollowed` | `module`, `file`, `line` and `reason` of each call of a Terraform module that is not among the files |
/// | `rulesNotLookedAt` | `rule` and `reason` where a measured start was given that says nothing to a rule |
/// | `unreadable` | `file` and `reason` |
/// | `exitCode` | the code that the program ends with |
package struct LintDocument: Encodable {
    /// The version of the keys.
    static let schemaVersion = 1

    private let report: LintReport

    /// Creates the document of a report.
    package init(_ report: LintReport) {
        self.report = report
    }

    /// The document over several lines.
    package var json: String { ReportEncoding.pretty(self) }

    private enum Keys: String, CodingKey {
        case schemaVersion, findings, suppressed, guessedPlatforms, workloads, notLookedAt, modulesNotFollowed,
            rulesNotLookedAt, unreadable
        case exitCode
    }

    package func encode(to encoder: any Encoder) throws {
        var container = encoder.container(keyedBy: Keys.self)
        try container.encode(Self.schemaVersion, forKey: .schemaVersion)
        try container.encode(report.findings.map { Finding($0) }, forKey: .findings)
        let suppressed = report.results.flatMap(\.suppressed).map { Finding($0.finding, reason: $0.reason) }
        try container.encode(suppressed, forKey: .suppressed)
        let guesses = report.results.flatMap { result in
            result.guessedPlatforms.map { Guess(file: result.path, platform: $0.rawValue) }
        }
        try container.encode(guesses, forKey: .guessedPlatforms)
        try container.encode(report.workloads, forKey: .workloads)
        try container.encode(report.notLookedAt, forKey: .notLookedAt)
        try container.encode(report.notFollowed, forKey: .modulesNotFollowed)
        try container.encode(report.unansweredRules, forKey: .rulesNotLookedAt)
        try container.encode(report.unreadable, forKey: .unreadable)
        try container.encode(report.exitCode, forKey: .exitCode)
    }

    private struct Guess: Encodable {
        let file: String
        let platform: String
    }

    private struct Finding: Encodable {
        let rule: String
        let severity: String
        let file: String
        let line: Int
        let column: Int
        let message: String
        @OrNull var fix: Fix?
        let reason: String?

        init(_ finding: LintFinding, reason: String? = nil) {
            rule = finding.rule
            severity = finding.severity.rawValue
            file = finding.location.file
            line = finding.location.line
            column = finding.location.column
            message = finding.message
            _fix = OrNull(wrappedValue: finding.fix.map(Fix.init))
            self.reason = reason
        }
    }

    private struct Fix: Codable, Hashable, Sendable {
        struct Edit: Codable, Hashable, Sendable {
            let startOffset: Int
            let endOffset: Int
            let replacement: String
        }
        let snippet: String
        let edits: [Edit]

        init(_ fix: LintFix) {
            snippet = fix.snippet
            edits = fix.edits.map {
                Edit(startOffset: $0.range.lowerBound, endOffset: $0.range.upperBound, replacement: $0.replacement)
            }
        }
    }
}
