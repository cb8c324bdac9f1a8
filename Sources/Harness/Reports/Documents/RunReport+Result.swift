package import Checks

extension RunReport {
    /// Makes the report of a run.
    ///
    /// - Parameters:
    ///   - run: The result of the run.
    ///   - planned: How many scenarios were chosen.
    /// - Complexity: O(*n*) in everything that was observed.
    package init(_ run: RunResult, planned: Int) {
        let run = FinishedRun(run)
        self.init(run, planned: planned, scenarios: run.scenarios.map(\.whole))
    }

    /// Makes the report of a run whose scenarios are reported without what grows with their requests.
    init(headOf run: FinishedRun, planned: Int) {
        self.init(run, planned: planned, scenarios: run.scenarios.map(\.head))
    }

    /// The report of a run as a document whose scenarios are made while it is written; the text is that of
    /// ``init(_:planned:)``.
    static func part(of run: FinishedRun, planned: Int) -> JSONPart {
        let head = RunReport(headOf: run, planned: planned)
        return .object([
            ("kind", .value(head.kind)),
            ("schemaVersion", .value(head.schemaVersion)),
            ("tool", .value(head.tool)),
            ("seed", .value(OrNull(wrappedValue: head.seed))),
            ("fingerprints", .value(head.fingerprints)),
            ("complete", .value(head.complete)),
            ("summary", .value(head.summary)),
            ("exitCode", .value(head.exitCode)),
            ("virtualSeconds", .value(head.virtualSeconds)),
            ("wallSeconds", .value(head.wallSeconds)),
            ("scenarios", .array(count: run.scenarios.count) { run.scenarios[$0].part }),
        ])
    }

    /// Makes the report of a run from scenarios that are reported already.
    private init(_ run: FinishedRun, planned: Int, scenarios: [ScenarioReport]) {
        func count(_ outcome: ScenarioOutcome) -> Int { scenarios.count { $0.outcome == outcome } }
        let executed = scenarios.count - count(.notRun)
        let chosen = max(planned, scenarios.count)
        self.init(
            tool: Tool(version: run.toolVersion),
            seed: run.seed,
            fingerprints: run.fingerprints,
            complete: !run.wasInterrupted,
            summary: Summary(
                planned: chosen,
                executed: executed,
                passed: count(.passed),
                failed: count(.failed),
                errored: count(.errored),
                inconclusive: count(.inconclusive),
                notRun: chosen - executed
            ),
            exitCode: ExitCodeReport(run),
            virtualSeconds: Self.rounded(scenarios.reduce(0) { $0 + $1.virtualSeconds }),
            wallSeconds: run.wallSeconds,
            scenarios: scenarios
        )
    }

    /// The sum rounded to microseconds, without the rounding errors of adding.
    private static func rounded(_ seconds: Double) -> Double { (seconds * 1e6).rounded() / 1e6 }
}

extension RunReport.Fingerprint {
    /// Copies a fingerprint of a run.
    package init(_ fingerprint: RunResult.Fingerprint) {
        self.init(path: fingerprint.path, sha256: fingerprint.sha256)
    }
}
