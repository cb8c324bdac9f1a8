/// How a start was decided, and nothing else: what a sweep over many starts keeps of each.
///
/// The start of an instance whose container is restarted is that of the first life that became ready, else of the last
/// that was decided, as in ``StartupSummary``.
package struct StartDecision: Hashable, Sendable {
    /// How the start ended; undecided where the process makes no more progress and no probe is left to ask.
    package let outcome: StartupSummary.Outcome
    /// The number of attempts that the probe made.
    package let attempts: Int
    /// The moment at which an attempt would first have succeeded, absent where none could.
    package let couldPass: Duration?

    /// The number of the container's life whose start it is, from 1.
    package let life: Int

    /// Creates a decision.
    package init(outcome: StartupSummary.Outcome, attempts: Int, couldPass: Duration?, life: Int = 1) {
        self.life = life
        self.outcome = outcome
        self.attempts = attempts
        self.couldPass = couldPass
    }
}

// Not generic, so that it is compiled for this process here, where the instance's state machine can be put in line.
extension InstanceSimulation<StagedProcess> {
    /// Simulates the start until it is decided, without requests, stop and timeline.
    ///
    /// Where a kubelet restarts the container, it is decided when a life of it becomes ready, or the watch over it ends.
    /// The decision is the one that ``run(seed:recording:)`` comes to under the same delays, as neither requests nor what
    /// happens after it have a part in it; a stop by the owner is left out.
    ///
    /// - Parameter delays: The platform's delays in this instance.
    /// - Returns: How the start was decided.
    /// - Complexity: O(stages and attempts until then); nothing is allocated where no container is restarted.
    package func decide(under delays: PlatformDelays) -> StartDecision {
        var driver = SimulationDriver(startOf: plan, delays: delays)
        var process = process
        driver.run(&process, until: .settled)
        return driver.instance.decision
    }
}
