import Checks
package import Domain
package import ModelComparison

/// The JSON document of a comparison.
///
/// `metrics` has a row for each metric, list and slice, with `null` where a value does not exist; `sessions` the changed
/// sessions, the most changed first; `titles` the titles of the movies that they name, by id; `blame` and `gate` are `null`
/// where they were not asked for.
package struct ComparisonDocument: Encodable, Sendable {
    /// What was measured.
    package struct Settings: Encodable, Sendable {
        let depths: [Int]
        let persistence: Double
        let permutations: Int
        let samples: Int
        let level: Double
        let seed: UInt64
        let missing: ComparisonSettings.MissingPolicy
        let relevance: String?
    }

    /// What the limits say.
    package struct GateReport: Encodable, Sendable {
        let file: String
        /// What each limit says.
        package let verdicts: [GateVerdict]
    }

    /// What the document is.
    package let kind = "coldstart-compare"
    /// The version of the format.
    package let schemaVersion = 1
    /// The version of Coldstart.
    package let toolVersion: String
    /// The exit code.
    package let exitCode: Int32
    /// Every code that the limits and the comparison give cause for, the one that decides first.
    package let causes: [Int32]
    /// The old side.
    package let old: ComparisonFindings.Side
    /// The new side.
    package let new: ComparisonFindings.Side
    /// How many sessions were compared, and what is missing.
    package let sessionCounts: SessionCounts
    /// What was measured.
    package let settings: Settings
    /// The metrics.
    package let metrics: [MetricRow]
    /// The changed sessions.
    package let sessions: [SessionChange]
    /// How many changed sessions are not in `sessions`.
    package let sessionsLeftOut: Int
    /// The titles of the movies that the changed sessions name, by id; of those that the catalogue has.
    package let titles: [String: String]
    /// What changed because of which part.
    package let blame: Blame?
    /// What the limits say.
    package let gate: GateReport?
    /// The command that does it again.
    package let command: String

    /// Creates a document.
    ///
    /// - Parameters:
    ///   - result: What was found.
    ///   - blame: What it is blamed on, where that was asked for.
    ///   - gate: The file of limits and its verdicts, where there is one.
    ///   - titles: The titles of the catalogue; empty where there is none.
    ///   - command: The command that does it again.
    ///   - toolVersion: The version of Coldstart.
    package init(
        _ result: ComparisonFindings,
        blame: Blame?,
        gate: (file: String, verdicts: [GateVerdict])?,
        titles: [MovieID: String] = [:],
        command: String,
        toolVersion: String
    ) {
        self.toolVersion = toolVersion
        self.command = command
        self.blame = blame
        self.gate = gate.map { GateReport(file: $0.file, verdicts: $0.verdicts) }
        old = result.old
        new = result.new
        sessionCounts = result.sessions
        metrics = result.metrics
        sessions = result.changes
        sessionsLeftOut = result.changesLeftOut
        self.titles = Self.titles(of: result.changes, in: titles)
        settings = Settings(
            depths: result.settings.depths,
            persistence: result.settings.persistence,
            permutations: result.settings.permutations,
            samples: result.settings.samples,
            level: result.settings.level,
            seed: result.settings.seed,
            missing: result.settings.missing,
            relevance: result.relevance
        )
        causes = ExitCode.ordered(Self.causes(result, gate?.verdicts ?? [])).map(\.rawValue)
        exitCode = causes[0]
    }

    private static func titles(of changes: [SessionChange], in titles: [MovieID: String]) -> [String: String] {
        guard !titles.isEmpty else { return [:] }
        let named = changes.reduce(into: Set<MovieID>()) { $0.formUnion($1.movies) }
        return Dictionary(
            named.compactMap { movie in titles[movie].map { (movie.text, $0) } },
            uniquingKeysWith: { first, _ in first }
        )
    }

    /// Nothing compared is no verdict, and neither is a limit without samples; a limit that is not kept is a failure.
    private static func causes(_ result: ComparisonFindings, _ verdicts: [GateVerdict]) -> [ExitCode] {
        let causes = verdicts.map { verdict -> ExitCode in
            switch verdict.outcome {
            case .passed: .passed
            case .failed: .expectationFailed
            case .noSamples: .inconclusive
            }
        }
        let hasRows = result.metrics.contains { $0.sessions > 0 }
        return causes + [hasRows ? .passed : .inconclusive]
    }

    /// The row of a metric over all sessions.
    func row(_ name: String, _ list: ComparedList) -> MetricRow? {
        metrics.first { $0.name == name && $0.model == list && $0.slice == SlicePlan.all }
    }
}

extension ComparisonDocument: ReportDocument {
    /// The document as JSON.
    package var json: String { ReportEncoding.pretty(self) }

    /// The document as JUnit XML: a suite for the comparison, a case for each limit, or one case without limits.
    package var junit: String {
        let verdicts = gate?.verdicts ?? []
        var cases = verdicts.map { verdict in
            var element = XMLElement(
                "testcase",
                [
                    ("classname", gate?.file ?? "compare"),
                    ("name", "\(verdict.subject): \(verdict.rule)"),
                ]
            )
            let message = [("message", verdict.finding)]
            switch verdict.outcome {
            case .passed: break
            case .failed: element.children = [XMLElement("failure", message)]
            case .noSamples: element.children = [XMLElement("error", [("type", "inconclusive")] + message)]
            }
            return element
        }
        if cases.isEmpty {
            var element = XMLElement("testcase", [("classname", "compare"), ("name", "\(old.name) → \(new.name)")])
            if exitCode != ExitCode.passed.rawValue {
                let attributes = [("type", "inconclusive"), ("message", "nothing was compared")]
                element.children = [XMLElement("error", attributes)]
            }
            cases = [element]
        }
        func count(_ name: String) -> String { String(cases.count { $0.children.contains { $0.name == name } }) }
        let counts = [
            ("name", "compare"), ("tests", String(cases.count)), ("failures", count("failure")),
            ("errors", count("error")), ("skipped", "0"),
        ]
        return XMLElement("testsuites", counts, children: [XMLElement("testsuite", counts, children: cases)]).document
    }
}
