package import Checks
import Scenarios

/// An exit code with everything that caused it.
package struct ExitCodeReport: Hashable, Sendable, Codable {
    /// The number that the process ends with.
    package var code: Int32
    /// The stable name of the code.
    package var name: String
    /// What the code means, in one sentence.
    package var meaning: String
    /// Every code that the run gives cause for, the one that decided first.
    package var causes: [Cause]

    /// One code that the run gives cause for.
    package struct Cause: Hashable, Sendable, Codable {
        /// The number.
        package var code: Int32
        /// The stable name of the code.
        package var name: String
        /// The scenarios that gave cause for it; empty where the run itself did.
        package var scenarios: [String]
    }

    /// Lists the causes of a run's code; a pass is a cause only where nothing else is.
    init(_ run: FinishedRun) {
        let code = run.exitCode
        self.code = code.rawValue
        self.name = code.name
        self.meaning = code.meaning
        self.causes = ExitCode.ordered(run.causes)
            .map { cause in
                let scenarios = run.scenarios.filter { $0.causes.contains(cause) }.map(\.name)
                return Cause(code: cause.rawValue, name: cause.name, scenarios: scenarios)
            }
    }
}

extension ExitCode {
    /// The name by which reports call the code.
    package var name: String {
        switch self {
        case .passed: "passed"
        case .expectationFailed: "expectationFailed"
        case .usage: "usage"
        case .environment: "environment"
        case .startupFailed: "startupFailed"
        case .landingFailed: "landingFailed"
        case .goldensPending: "goldensPending"
        case .inconclusive: "inconclusive"
        case .interrupted: "interrupted"
        }
    }

    /// What the code means, in one sentence for people.
    package var meaning: String {
        switch self {
        case .passed: "everything required passed, and something ran"
        case .expectationFailed: "an expectation, a golden or a threshold failed"
        case .usage: "bad usage, an unknown name, or a file that cannot be understood"
        case .environment: "the environment or the harness itself failed"
        case .startupFailed: "a start did not go as expected"
        case .landingFailed: "rows in the database are not what they should be"
        case .goldensPending: "only pending goldens remain"
        case .inconclusive: "no verdict: nothing ran, a fault did not fire, or an observation is missing"
        case .interrupted: "interrupted before the end"
        }
    }
}
