package import Checks
import ContainerPlatform
import Domain
import Observations
import Scenarios

extension ScenarioReport {
    /// Makes the report of one scenario.
    ///
    /// - Complexity: O(*n*) in everything that was observed.
    package init(_ result: ScenarioResult) {
        let scenario = result.scenario
        let observation = result.observation
        let rows = observation?.rows
        self.init(
            name: scenario.name.value,
            file: scenario.source.file,
            seed: scenario.seed,
            teaches: scenario.teaches,
            showsDefect: scenario.showsDefect,
            outcome: ScenarioOutcome(result),
            headline: "",
            exitCodes: ExitCode.precedence.filter(result.causes.contains).map(\.rawValue),
            error: result.failure?.message,
            verdicts: result.verdicts.map(VerdictReport.init),
            setup: SetupReport(scenario),
            startup: observation.map { StartupReport($0.startup) },
            timeline: observation.map {
                TimelineConversion.entries(of: $0.startup.timeline, end: $0.startup.summary?.ended)
            } ?? [],
            platformLog: observation.map { PlatformLogReport.lines(of: $0.startup, under: scenario.platform) } ?? [],
            serviceLog: observation.flatMap { $0.log.isEmpty ? nil : $0.log.map(ServiceLogReport.init) },
            process: observation.flatMap(ProcessReport.init),
            attempts: result.attempts.isEmpty ? nil : result.attempts.map(AttemptReport.init),
            answers: (observation?.answers ?? []).map { AnswerReport($0) },
            ledger: result.ledger.map { LedgerReport($0) },
            landing: rows?.summary
                .map {
                    LandingReport(model: $0.model, phase: $0.phase, rows: $0.rows, sessions: $0.sessions)
                },
            visitors: rows?.visitors
                .map {
                    VisitorReport(session: $0.session.text, movies: $0.movies.map(\.text), fallback: $0.isFallback)
                },
            receipts: (observation?.receipts ?? []).map { ReceiptReport(fault: $0.fault, evidence: $0.evidence) },
            virtualSeconds: observation?.startup.summary?.ended.reportedSeconds ?? 0,
            wallSeconds: result.wallTime.reportedSeconds,
            reproduction: result.reproduction
        )
        headline = Headline(self).text
    }
}

extension ScenarioOutcome {
    /// Names the outcome of a result by its exit code, so that counts and code cannot disagree; no failure of a
    /// scenario that ran is inconclusive.
    init(_ result: ScenarioResult) {
        switch result.exitCode {
        case .inconclusive where result.failure != nil && result.observation == nil: self = .notRun
        case .passed: self = .passed
        case .usage, .environment, .interrupted: self = .errored
        case .inconclusive: self = .inconclusive
        case .expectationFailed, .startupFailed, .landingFailed, .goldensPending: self = .failed
        }
    }
}
