package import Scenarios

/// What happens in a run, in the order in which recorders are told.
///
/// A stream begins with `runStarted` and ends with `runFinished`. Scenarios that run side by side may finish in any
/// order.
package enum RunEvent: Sendable {
    /// The scenarios are chosen and the run begins.
    case runStarted(RunStart)
    /// A scenario begins; the number is its index in the start's scenarios.
    case scenarioStarted(index: Int)
    /// A scenario that runs against a real service waits for something else than before, named in words that follow
    /// "waits for"; the number is its index in the start's scenarios.
    case scenarioWaiting(index: Int, for: String)
    /// A scenario has ended in some way; the number is its index in the start's scenarios.
    case scenarioFinished(ScenarioResult, index: Int)
    /// The run is over; the result holds the finished scenarios in the order of the start's.
    case runFinished(RunResult)
}

/// What is known when a run begins.
package struct RunStart: Sendable {
    /// The version of Coldstart.
    package let toolVersion: String
    /// The seed from the command line; `nil` where each scenario uses its own.
    package let seed: UInt64?
    /// The chosen scenarios in order.
    package let scenarios: [Scenario]

    /// Creates the start of a run.
    package init(toolVersion: String, seed: UInt64?, scenarios: [Scenario]) {
        self.toolVersion = toolVersion
        self.seed = seed
        self.scenarios = scenarios
    }
}
