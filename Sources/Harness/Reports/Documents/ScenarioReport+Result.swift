package import Checks
import ContainerPlatform
import Domain
import Observations
import Scenarios
import SourcePlaces

extension ScenarioReport {
    /// Makes the report of one scenario.
    ///
    /// - Complexity: O(*n*) in everything that was observed.
    package init(_ result: ScenarioResult) {
        self.init(headOf: result)
        guard let observation = result.observation else { return }
        timeline = Self.timeline(observation, of: result)
        platformLog = Self.platformLog(observation, of: result)
        answers = observation.answers.map { AnswerReport($0) }
        sessions = Self.sessions(of: result).map { SessionReport($0) }
        titles = Self.titles(of: result)
        visitors = observation.rows?.visitors.map { VisitorReport($0) }
    }

    /// What happened when, in a report.
    static func timeline(_ observation: Observation, of result: ScenarioResult) -> [TimelineReport] {
        TimelineConversion.entries(
            of: observation.startup.timeline,
            end: observation.startup.summary?.ended,
            under: result.scenario.platform.profile
        )
    }

    /// What the platform would log, in a report.
    static func platformLog(_ observation: Observation, of result: ScenarioResult) -> [PlatformLogReport] {
        PlatformLogReport.lines(of: observation.startup, under: result.scenario.platform)
    }

    /// Makes the report of one scenario without its timeline, the platform's log, answers and visitors, which grow with
    /// its requests.
    ///
    /// - Complexity: O(*n*) in the verdicts and in the rows that did not simply land.
    init(headOf result: ScenarioResult) {
        let scenario = result.scenario
        let observation = result.observation
        let rows = observation?.rows
        self.init(
            name: scenario.name.value,
            file: scenario.source.file,
            seed: scenario.seed,
            tags: scenario.tags,
            teaches: scenario.teaches,
            showsDefect: scenario.showsDefect,
            outcome: ScenarioOutcome(result),
            headline: "",
            exitCodes: ExitCode.precedence.filter(result.causes.contains).map(\.rawValue),
            error: result.failure?.message,
            verdicts: result.verdicts.map(VerdictReport.init),
            setup: SetupReport(scenario),
            startup: observation.map { StartupReport($0.startup) },
            timeline: [],
            platformLog: [],
            serviceLog: observation.flatMap { $0.log.isEmpty ? nil : $0.log.map(ServiceLogReport.init) },
            process: observation.flatMap(ProcessReport.init),
            attempts: result.attempts.isEmpty ? nil : result.attempts.map(AttemptReport.init),
            answers: [],
            sessions: [],
            titles: [:],
            ledger: result.ledger.map { LedgerReport($0) },
            landing: rows?.summary
                .map { LandingReport($0) },
            visitors: nil,
            receipts: (observation?.receipts ?? []).map { ReceiptReport(fault: $0.fault, evidence: $0.evidence) },
            virtualSeconds: observation?.startup.summary?.ended.reportedSeconds ?? 0,
            wallSeconds: result.wallTime.reportedSeconds,
            reproduction: result.reproduction,
            acceptance: result.acceptance
        )
        headline = Headline(self, visitors: rows.map { VisitorCounts($0.visitors) }).text
    }
}

extension ScenarioReport.LandingReport {
    /// Copies a line of the summary query.
    init(_ line: LandingSummaryLine) {
        self.init(model: line.model, phase: line.phase, rows: line.rows, sessions: line.sessions)
    }
}

extension ScenarioReport.VisitorReport {
    /// Copies what a visitor sees.
    init(_ view: VisitorView) {
        self.init(session: view.session.text, movies: view.movies.map(\.text), fallback: view.isFallback)
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
