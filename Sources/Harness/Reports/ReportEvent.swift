package import Checks
import Scenarios
import SourcePlaces

/// What happens in a run, as recorders are told of it: a ``RunEvent`` with nothing in it but what reports need.
package enum ReportEvent: Sendable {
    /// The scenarios are chosen and the run begins.
    case runStarted(PlannedRun)
    /// A scenario begins; the number is its index among the planned ones.
    case scenarioStarted(index: Int)
    /// A scenario waits for something else than before.
    case scenarioWaiting(index: Int, for: String)
    /// A scenario has ended in some way.
    case scenarioFinished(FinishedScenario, index: Int)
    /// The run is over.
    case runFinished(FinishedRun)

    /// Tells of an event of a run in this process.
    package init(_ event: RunEvent) {
        self =
            switch event {
            case .runStarted(let start): .runStarted(PlannedRun(start))
            case .scenarioStarted(let index): .scenarioStarted(index: index)
            case .scenarioWaiting(let index, let what): .scenarioWaiting(index: index, for: what)
            case .scenarioFinished(let result, let index): .scenarioFinished(.ran(result), index: index)
            case .runFinished(let run): .runFinished(FinishedRun(run))
            }
    }
}

/// A run that begins.
package struct PlannedRun: Hashable, Sendable, Codable {
    /// The name and the file of a chosen scenario.
    package struct Scenario: Hashable, Sendable, Codable {
        /// The scenario's name.
        package var name: String
        /// The file that holds it.
        package var file: String

        /// Creates what is known of a scenario.
        package init(name: String, file: String) {
            self.name = name
            self.file = file
        }
    }

    /// The version of Coldstart.
    package var toolVersion: String
    /// The seed from the command line; `nil` where each scenario uses its own.
    package var seed: UInt64?
    /// The chosen scenarios in order.
    package var scenarios: [Scenario]

    /// Creates a plan.
    package init(_ start: RunStart) {
        toolVersion = start.toolVersion
        seed = start.seed
        scenarios = start.scenarios.map { Scenario(name: $0.name.value, file: $0.source.file) }
    }
}

/// A run that is over.
package struct FinishedRun: Sendable {
    /// The scenarios in the order in which they were given.
    package let scenarios: [FinishedScenario]
    /// The version of Coldstart.
    package let toolVersion: String
    /// The seed from the command line; `nil` where each scenario used its own.
    package let seed: UInt64?
    /// SHA-256 of every model file that was used.
    package let fingerprints: [RunReport.Fingerprint]
    /// The real time that the run took, in seconds.
    package let wallSeconds: Double
    /// Whether the run was interrupted before its end.
    package let wasInterrupted: Bool

    /// Creates a run of scenarios that other processes ran.
    package init(
        _ plan: PlannedRun,
        scenarios: [StoredScenario],
        fingerprints: [RunReport.Fingerprint],
        wallSeconds: Double
    ) {
        self.scenarios = scenarios.map { .stored($0) }
        toolVersion = plan.toolVersion
        seed = plan.seed
        self.fingerprints = fingerprints
        self.wallSeconds = wallSeconds
        wasInterrupted = false
    }

    /// Creates a run of this process.
    package init(_ run: RunResult) {
        scenarios = run.results.map { .ran($0) }
        toolVersion = run.toolVersion
        seed = run.seed
        fingerprints = run.fingerprints.map(RunReport.Fingerprint.init)
        wallSeconds = run.wallTime.reportedSeconds
        wasInterrupted = run.wasInterrupted
    }

    /// Every code that the run gives cause for.
    package var causes: Set<ExitCode> {
        let causes = scenarios.reduce(into: Set<ExitCode>()) { $0.formUnion($1.causes) }
        return wasInterrupted ? causes.union([.interrupted]) : causes
    }

    /// The exit code of the run.
    package var exitCode: ExitCode { .combining(causes) }
}
