package import Domain
package import Observations
package import Scenarios

/// One scenario with what was observed of it and what the checks made of that.
package struct ScenarioResult: Sendable {
    /// The scenario that was run.
    package let scenario: Scenario
    /// The scenario with its sessions and requests resolved, as it was run; `nil` where it could not be run.
    package let plan: Plan?
    /// What was observed; `nil` where the scenario could not be run.
    package let observation: Observation?
    /// The verdicts of the checks in the order of the report.
    package let verdicts: [Verdict]
    /// Each expected or found row with its verdict; `nil` where the database was not read.
    package let ledger: RowLedger?
    /// Why the scenario could not be run or judged, with the code that this means.
    package let failure: Failure?
    /// The results of the attempts before this one, which the machine was too busy for.
    package let attempts: [ScenarioResult]
    /// The real time that the scenario took.
    package let wallTime: Duration
    /// The command line that runs this scenario alone with the same seed.
    package let reproduction: String
    /// The command line that keeps what differs from a golden for a person to accept; `nil` where no golden failed.
    package let acceptance: String?
    /// The titles of the scenario's catalogue; empty where it was not read.
    package let titles: [MovieID: String]

    /// An error that kept a scenario from being run or judged.
    package struct Failure: Sendable {
        /// The error in one line.
        package let message: String
        /// `usage` for a file that cannot be understood, `environment` for everything else.
        package let exitCode: ExitCode

        /// Creates a failure.
        package init(message: String, exitCode: ExitCode) {
            self.message = message
            self.exitCode = exitCode
        }
    }

    /// Creates a result.
    package init(
        scenario: Scenario,
        plan: Plan? = nil,
        observation: Observation?,
        verdicts: [Verdict],
        ledger: RowLedger? = nil,
        failure: Failure? = nil,
        attempts: [ScenarioResult] = [],
        wallTime: Duration,
        reproduction: String,
        acceptance: String? = nil,
        titles: [MovieID: String] = [:]
    ) {
        self.scenario = scenario
        self.plan = plan
        self.observation = observation
        self.verdicts = verdicts
        self.ledger = ledger
        self.failure = failure
        self.attempts = attempts
        self.wallTime = wallTime
        self.reproduction = reproduction
        self.acceptance = acceptance
        self.titles = titles
    }

    /// Whether nothing failed beyond doubt, and what is open may be the doing of the machine's lateness alone.
    package var isUndecidedByLateness: Bool {
        failure == nil && !verdicts.contains { $0.outcome == .failed } && verdicts.contains { $0.lateness != nil }
    }

    /// Every code that this scenario gives cause for; verdicts that only follow from others give none, and a scenario
    /// without a verdict is inconclusive.
    package var causes: Set<ExitCode> {
        if let failure { return [failure.exitCode] }
        return verdicts.isEmpty ? [.inconclusive] : Set(verdicts.filter { $0.consequenceOf == nil }.map(ExitCode.init))
    }

    /// The code of this scenario alone.
    package var exitCode: ExitCode { .combining(causes) }
}

/// A whole run: its scenarios' results and what identifies it.
package struct RunResult: Sendable {
    /// The results in the order in which the scenarios were given.
    package let results: [ScenarioResult]
    /// The version of Coldstart.
    package let toolVersion: String
    /// The seed from the command line; `nil` where each scenario used its own.
    package let seed: UInt64?
    /// SHA-256 of every model file that was used, by path, in the order of the paths.
    package let fingerprints: [Fingerprint]
    /// The real time that the run took.
    package let wallTime: Duration
    /// Whether the run was interrupted before its end.
    package let wasInterrupted: Bool

    /// The SHA-256 of one file.
    package struct Fingerprint: Hashable, Sendable {
        /// The file's path.
        package let path: String
        /// 64 hexadecimal digits.
        package let sha256: String

        /// Creates a fingerprint.
        package init(path: String, sha256: String) {
            self.path = path
            self.sha256 = sha256
        }
    }

    /// Creates the result of a run.
    package init(
        results: [ScenarioResult],
        toolVersion: String,
        seed: UInt64?,
        fingerprints: [Fingerprint],
        wallTime: Duration,
        wasInterrupted: Bool
    ) {
        self.results = results
        self.toolVersion = toolVersion
        self.seed = seed
        self.fingerprints = fingerprints
        self.wallTime = wallTime
        self.wasInterrupted = wasInterrupted
    }

    /// Every code that the run gives cause for.
    package var causes: Set<ExitCode> {
        let causes = results.reduce(into: Set<ExitCode>()) { $0.formUnion($1.causes) }
        return wasInterrupted ? causes.union([.interrupted]) : causes
    }

    /// The exit code of the run; a run without scenarios is inconclusive.
    package var exitCode: ExitCode { .combining(causes) }
}
