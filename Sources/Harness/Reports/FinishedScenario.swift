package import Checks
import Scenarios

/// A scenario that has ended, as reports need it: with what was observed in memory, or as a shard of a run has told of it.
package enum FinishedScenario: Sendable {
    /// It ran in this process.
    case ran(ScenarioResult)
    /// Another process ran it.
    case stored(StoredScenario)

    /// Its name.
    var name: String {
        switch self {
        case .ran(let result): result.scenario.name.value
        case .stored(let stored): stored.report.name
        }
    }

    /// Its report without what grows with its requests, or with it where it is there anyway.
    package var head: ScenarioReport {
        switch self {
        case .ran(let result): ScenarioReport(headOf: result)
        case .stored(let stored): stored.report
        }
    }

    /// Its whole report.
    package var whole: ScenarioReport {
        switch self {
        case .ran(let result): ScenarioReport(result)
        case .stored(let stored): stored.report
        }
    }

    /// Its whole report as a part of a document.
    var part: JSONPart {
        switch self {
        case .ran(let result): ScenarioReport.part(of: result)
        case .stored(let stored): .value(stored.report)
        }
    }

    /// What landed of it; `nil` where no database was read.
    var landing: LandingSummary? {
        switch self {
        case .ran(let result): LandingSummary(result)
        case .stored(let stored): LandingSummary(stored.report)
        }
    }

    /// Whether it was observed.
    var isObserved: Bool {
        switch self {
        case .ran(let result): result.observation != nil
        case .stored(let stored): stored.report.startup != nil
        }
    }

    /// Every code that it gives cause for.
    package var causes: Set<ExitCode> {
        switch self {
        case .ran(let result): result.causes
        case .stored(let stored): Set(stored.report.exitCodes.compactMap(ExitCode.init(rawValue:)))
        }
    }

    /// The real time that it took, in seconds.
    var wallSeconds: Double {
        switch self {
        case .ran(let result): result.wallTime / .seconds(1)
        case .stored(let stored): stored.report.wallSeconds
        }
    }
}

/// A scenario that another process ran: its whole report.
package struct StoredScenario: Hashable, Sendable, Codable {
    /// The report.
    package var report: ScenarioReport

    /// Stores a report.
    package init(report: ScenarioReport) {
        self.report = report
    }
}
