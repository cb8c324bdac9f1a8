/// How a start was decided, and nothing else: what a sweep over many starts keeps of each.
package struct StartDecision: Hashable, Sendable {
    /// How the start ended; undecided where the process makes no more progress and no probe is left to ask.
    package let outcome: StartupSummary.Outcome
    /// The number of attempts that the probe made.
    package let attempts: Int
    /// The moment at which an attempt would first have succeeded, absent where none could.
    package let couldPass: Duration?

    /// Creates a decision.
    package init(outcome: StartupSummary.Outcome, attempts: Int, couldPass: Duration?) {
        self.outcome = outcome
        self.attempts = attempts
        self.couldPass = couldPass
    }
}

// Not generic, so that it is compiled for this process here, where the instance's state machine can be put in line.
extension InstanceSimulation<StagedProcess> {
    /// Simulates the start until it is decided, without requests, stop and timeline.
    ///
    /// The decision is the one that ``run(seed:recording:)`` comes to under the same delays, as neither requests nor what
    /// happens after it have a part in it; a stop by the owner is left out.
    ///
    /// - Parameter delays: The platform's delays in this instance.
    /// - Returns: How the start was decided.
    /// - Complexity: O(stages and attempts until then); nothing is allocated.
    package func decide(under delays: PlatformDelays) -> StartDecision {
        var driver = SimulationDriver(startOf: plan, delays: delays)
        var process = process
        driver.run(&process, until: .decided)
        return driver.instance.decision
    }
}
