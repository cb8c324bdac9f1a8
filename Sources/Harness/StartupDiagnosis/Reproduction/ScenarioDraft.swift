import Reports

/// A scenario that plays a recorded start again, as text, with a comment for each value that the input does not have.
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

    private let start: RecordedStart
    private let subject: Subject
    private let files: Files
    private let platform: DraftedPlatform
    private let stages: DraftedStages

    /// Drafts the scenario of a start.
    package init(_ start: RecordedStart, of subject: Subject, files: Files) {
        self.start = start
        self.subject = subject
        self.files = files
        platform = DraftedPlatform(start)
        stages = DraftedStages(start, probe: platform.probe)
    }

    /// The text of the file.
    package var text: String {
        var lines = ["# Drafted by coldstart diagnose from a log: \(subject.text.oneLine)."]
        lines += missing.map { "# Not in the log: \($0.oneLine)." }
        lines += ["name: \(name)", "teaches: A start as a log shows it, \(ending).", "", "platform:"]
        lines += platform.lines.map { "  " + $0 }
        lines += [
            "", "service: {strategy: \(stages.strategy), bundle: \(Self.quoted(files.bundle))\(healthChecks)}",
            "stages: {\(stages.text)}", "",
        ]
        if let fault = stages.fault { lines += ["faults:", "  - \(fault)", ""] }
        lines += [
            "sessions: {file: \(Self.quoted(files.sessions)), select: first 1}",
            "catalogue: \(Self.quoted(files.catalogue))", "",
        ]
        if !start.requests.isEmpty {
            lines.append("requests:")
            lines += start.requests.prefix(Self.requestLimit)
                .map { "  - {at: \(Self.duration($0.arrived)), session: 1}" }
            lines.append("")
        }
        lines += ["expect:", "  startup:"] + expectations.map { "    " + $0 }
        return lines.joined(separator: "\n") + "\n"
    }

    /// The values that no line states, in words.
    package var missing: [String] {
        var missing = ["the models, the sessions and the catalogue"] + platform.remarks
        if start.decidedAt == nil { missing.append("when the instance was started, hence when its start was decided") }
        if start.requests.count > Self.requestLimit {
            missing.append("nothing: \(start.requests.count - Self.requestLimit) further requests were left out")
        }
        return missing + stages.remarks + start.leftOut
    }

    private var healthChecks: String { platform.needsHealthChecks ? ", grpc_health: on" : "" }

    /// How it ended, as a participle.
    private var ending: String {
        switch (start.outcome, start.later) {
        case (.killed, _): "killed by its startup probe"
        case (.exited, _): "ended by itself before it was ready"
        case (.ready, .exited?): "ready, and ended by itself"
        case (.ready, .liveness?): "ready, and killed by its liveness probe"
        case (.ready, nil): "ready"
        }
    }

    private var expectations: [String] {
        let outcome =
            switch start.outcome {
            case .ready: "ready"
            case .killed: "killed"
            case .exited: "exited"
            }
        var lines = ["outcome: \(outcome)"]
        if start.outcome == .ready || start.outcome == .killed, start.platform == .cloudRun, let probe = start.probe {
            lines.append("attempts: \(max(1, probe.attempts ?? 1))")
        }
        if let at = start.decidedAt {
            // What a probe sees of the port is up to one attempt late, and the draft's probe asks at whole seconds.
            let isExact = start.outcome != .ready || start.probe?.asksOnce != true
            let slack = isExact ? 1.5 : Double(platform.probe.period) + 1.5
            lines.append("at: {from: \(Self.duration(max(0, at - slack))), to: \(Self.duration(at + slack))}")
        }
        if let reason = platform.reason { lines.append("reason: \(Self.quoted(reason))") }
        return lines
    }

    private var name: String {
        let names = [subject.revision, subject.service, subject.instance, subject.container, subject.pod]
        let words = (names.compactMap(\.self).first ?? "start").lowercased()
        let safe = String(words.map { $0.isASCII && ($0.isLetter || $0.isNumber) ? $0 : "-" })
        return "from-log-" + safe.prefix(60).split(separator: "-").joined(separator: "-")
    }

    /// A duration to the millisecond, as scenarios write it.
    static func duration(_ seconds: Double) -> String {
        let milliseconds = Int((min(seconds, 86_400) * 1000).rounded())
        return milliseconds % 1000 == 0 ? "\(milliseconds / 1000)s" : "\(milliseconds)ms"
    }

    /// A text as YAML takes it.
    static func quoted(_ text: String) -> String { String(ReportEncoding.dataLine(text).dropLast()) }
}

extension String {
    /// The text without line breaks, for a comment.
    fileprivate var oneLine: String { String(map { $0.isNewline ? " " : $0 }) }
}
