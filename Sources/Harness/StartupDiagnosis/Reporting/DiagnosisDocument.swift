package import Checks
import Domain
package import Reports

/// The JSON form of a diagnosis.
///
/// Keys: `schemaVersion`, `kind` (always `coldstart-diagnose`), `toolVersion`, `exitCode`, `inputs`, `entries`, `verdicts`,
/// `unread` (what was not read, or not to its end). A verdict has `subject` (the names that the input states), `verdict`,
/// `certainty`, `cause`, `evidence` (`file`, `line`, `column`, `text`; line and column from 1, in characters), `against`,
/// `decide` (null where there is nothing to say) and `timeline`. Keys are added within a version; one that changes its
/// meaning or goes raises it.
package struct DiagnosisDocument: ReportDocument, Hashable, Sendable, Codable {
    /// The version of the document.
    package static let schemaVersion = 1

    /// A line that shows something.
    package struct Line: Hashable, Sendable, Codable {
        /// The file.
        package var file: String
        /// The line, from 1.
        package var line: Int
        /// The column, from 1.
        package var column: Int
        /// The line's message without escapes.
        package var text: String
    }

    /// One stage of a start.
    package struct Stage: Hashable, Sendable, Codable {
        /// Its name.
        package var name: String
        /// When it began, in ISO 8601.
        @OrNull package var start: String?
        /// When it ended.
        @OrNull package var end: String?
        /// How many seconds it took.
        package var seconds: Double
        /// How many of them the instance had a request.
        @OrNull package var busySeconds: Double?
    }

    /// The start of a subject as the log shows it; all moments in ISO 8601.
    package struct Timeline: Hashable, Sendable, Codable {
        /// When the instance was started, or the program wrote its first line.
        @OrNull package var started: String?
        /// When the program said that it listens.
        @OrNull package var listening: String?
        /// When the startup probe passed.
        @OrNull package var ready: String?
        /// When it ended.
        @OrNull package var ended: String?
        /// The stages of the program's start.
        package var stages: [Stage]
    }

    /// One subject with what became of it.
    package struct Entry: Hashable, Sendable, Codable {
        /// The subject.
        package var subject: Subject
        /// What became of it.
        package var verdict: VerdictWord
        /// How sure that is.
        package var certainty: Certainty
        /// Why.
        package var cause: String
        /// The lines that show it.
        package var evidence: [Line]
        /// What speaks against it, or must not be read into it.
        @OrNull package var against: String?
        /// What would decide it.
        @OrNull package var decide: String?
        /// Whether a start failed or it died; null where that is not known.
        @OrNull package var died: Bool?
        /// The start as the log shows it.
        package var timeline: Timeline
    }

    /// The version of the document.
    package var schemaVersion = Self.schemaVersion
    /// Always `coldstart-diagnose`.
    package var kind = "coldstart-diagnose"
    /// The version of Coldstart.
    package var toolVersion: String
    /// The exit code of the command.
    package var exitCode: Int32
    /// The inputs.
    package var inputs: [String]
    /// How many entries were read.
    package var entries: Int
    /// What became of each subject.
    package var verdicts: [Entry]
    /// What was not read, or not to its end.
    package var unread: [ReadingNote]

    /// Copies a diagnosis.
    package init(_ diagnosis: LogDiagnosis, toolVersion: String) {
        self.toolVersion = toolVersion
        exitCode = diagnosis.exitCode.rawValue
        inputs = diagnosis.files
        entries = diagnosis.entries
        unread = diagnosis.notes
        verdicts = diagnosis.findings.map { Entry($0, files: diagnosis.files) }
    }

    /// The document as JSON.
    package var json: String { ReportEncoding.pretty(self) }

    /// The document as JUnit XML.
    package var junit: String { DiagnosisJUnit(self).xml }

    /// The document as Markdown.
    package var markdown: String { DiagnosisMarkdown(self).text }
}

extension DiagnosisDocument {
    /// Writes the document of a diagnosis as JSON, one verdict after the other: they are never in memory together.
    ///
    /// - Parameters:
    ///   - diagnosis: The diagnosis.
    ///   - toolVersion: The version of Coldstart.
    ///   - sink: Where the pieces of the text go, which is that of ``json``.
    /// - Throws: As the sink does.
    package static func write(
        _ diagnosis: LogDiagnosis,
        toolVersion: String,
        to sink: ReportSink
    ) throws(ReportError) {
        let findings = diagnosis.findings
        let parts: [(name: String, part: JSONPart)] = [
            ("schemaVersion", .value(schemaVersion)), ("kind", .value("coldstart-diagnose")),
            ("toolVersion", .value(toolVersion)), ("exitCode", .value(diagnosis.exitCode.rawValue)),
            ("inputs", .value(diagnosis.files)), ("entries", .value(diagnosis.entries)),
            ("verdicts", .array(count: findings.count) { .value(Entry(findings[$0], files: diagnosis.files)) }),
            ("unread", .value(diagnosis.notes)),
        ]
        try JSONPieces.write(.object(parts), isPretty: true, to: sink)
    }
}

extension DiagnosisDocument.Entry {
    /// Copies a finding.
    ///
    /// - Parameters:
    ///   - finding: The finding.
    ///   - files: The names of the inputs.
    init(_ finding: LogDiagnosis.Finding, files: [String]) {
        let verdict = finding.verdict
        self.init(
            subject: finding.subject,
            verdict: verdict.word,
            certainty: verdict.certainty,
            cause: verdict.cause,
            evidence: verdict.evidence.map { evidence in
                DiagnosisDocument.Line(
                    file: files[evidence.place.file],
                    line: evidence.place.line,
                    column: evidence.place.column,
                    text: evidence.text
                )
            },
            against: verdict.against.isEmpty ? nil : verdict.against.joined(separator: "; "),
            decide: verdict.decide.isEmpty ? nil : verdict.decide.joined(separator: "; "),
            died: verdict.isDeath,
            timeline: DiagnosisDocument.Timeline(finding.timeline)
        )
    }
}

extension DiagnosisDocument.Timeline {
    init(_ timeline: StartTimeline) {
        self.init(
            started: timeline.started?.iso8601,
            listening: timeline.listening?.iso8601,
            ready: timeline.ready?.iso8601,
            ended: timeline.ended?.iso8601,
            stages: timeline.stages.map { stage in
                DiagnosisDocument.Stage(
                    name: stage.name,
                    start: stage.startTime?.iso8601,
                    end: stage.endTime?.iso8601,
                    seconds: stage.seconds,
                    busySeconds: stage.busySeconds
                )
            }
        )
    }
}

extension LogDiagnosis {
    /// 4 where a start failed or something died, 7 where that cannot be known or not everything was read, else 0.
    package var exitCode: ExitCode {
        var causes: [ExitCode] = findings.map { finding in
            switch finding.verdict.isDeath {
            case true?: .startupFailed
            case false?: .passed
            case nil: .inconclusive
            }
        }
        if !notes.isEmpty { causes.append(.inconclusive) }
        return ExitCode.combining(causes)
    }
}
