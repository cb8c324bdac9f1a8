import Reports

/// A scenario that plays a recorded start again, as text, with a comment for each value that the log does not have.
package struct ScenarioDraft {
    /// Files that a scenario needs and no log has.
    package struct Files: Hashable, Sendable {
        /// The folder of the models.
        package var bundle: String
        /// The recorded sessions.
        package var sessions: String
        /// The catalogue.
        package var catalogue: String

        /// Names the files.
        package init(bundle: String, sessions: String, catalogue: String) {
            self.bundle = bundle
            self.sessions = sessions
            self.catalogue = catalogue
        }
    }

    /// The most requests that are written.
    private static let requestLimit = 20
    /// What a stage that did not end before the probe failed takes longer than the log goes, in seconds.
    private static let standIn = 600.0

    private let start: RecordedStart
    private let subject: Subject
    private let files: Files
    private let stages: DraftedStages

    /// Drafts the scenario of a start.
    package init(_ start: RecordedStart, of subject: Subject, files: Files) {
        self.start = start
        self.subject = subject
        self.files = files
        stages = DraftedStages(start, standIn: Self.standIn)
    }

    /// The text of the file.
    package var text: String {
        let what = start.outcome == .killed ? "killed by its startup probe" : "ready"
        var lines = ["# Drafted by coldstart diagnose from a log: \(subject.text.oneLine)."]
        lines += (missing + stages.remarks).map { "# Not in the log: \($0)." }
        lines += [
            "name: \(name)", "teaches: A start as a log shows it, \(what).", "",
            "platform:", "  cpu: {limit: 1, billing: request}", "  probe: \(probe.text)", "",
            "service: {strategy: \(stages.strategy), bundle: \(Self.quoted(files.bundle))}",
            "stages: {\(stages.text)}", "",
            "sessions: {file: \(Self.quoted(files.sessions)), select: first 1}",
            "catalogue: \(Self.quoted(files.catalogue))", "",
        ]
        if !start.arrivals.isEmpty {
            lines.append("requests:")
            lines += start.arrivals.prefix(Self.requestLimit).map { "  - {at: \(Self.duration($0)), session: 1}" }
            lines.append("")
        }
        lines += ["expect:", "  startup:", "    outcome: \(start.outcome == .killed ? "killed" : "ready")"]
        lines.append("    attempts: \(start.attempts)")
        if let at = start.decidedAt {
            // What a probe sees of the port is up to one attempt late, and the draft's probe asks at whole seconds.
            let slack = start.outcome == .killed || !start.isHTTP ? 1.5 : Double(probe.period) + 1.5
            let range = "from: \(Self.duration(max(0, at - slack))), to: \(Self.duration(at + slack))"
            lines.append("    at: {\(range)}")
        }
        return lines.joined(separator: "\n") + "\n"
    }

    private var probe: DraftedProbe { DraftedProbe(start) }

    /// The values that no line states.
    private var missing: [String] {
        var missing = [
            "the models, the sessions and the catalogue", "the CPU limit and the billing (the defaults stand)",
        ]
        if start.decidedAt == nil { missing.append("when the instance was started, hence when the probe decided") }
        missing += probe.remarks
        if start.arrivals.count > Self.requestLimit {
            missing.append("nothing: \(start.arrivals.count - Self.requestLimit) further requests were left out")
        }
        return missing
    }

    private var name: String {
        let words = (subject.revision ?? subject.service ?? subject.instance ?? "start").lowercased()
        let safe = String(words.map { $0.isASCII && ($0.isLetter || $0.isNumber) ? $0 : "-" })
        return "from-log-" + safe.prefix(60).split(separator: "-").joined(separator: "-")
    }

    /// A duration to the millisecond, as scenarios write it.
    static func duration(_ seconds: Double) -> String {
        let milliseconds = Int((seconds * 1000).rounded())
        return milliseconds % 1000 == 0 ? "\(milliseconds / 1000)s" : "\(milliseconds)ms"
    }

    private static func quoted(_ text: String) -> String { String(ReportEncoding.dataLine(text).dropLast()) }
}

extension String {
    /// The text without line breaks, for a comment.
    fileprivate var oneLine: String { String(map { $0.isNewline ? " " : $0 }) }
}
