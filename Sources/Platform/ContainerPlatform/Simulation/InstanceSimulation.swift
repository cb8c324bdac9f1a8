import Domain

/// A discrete-event simulation of one container instance from its start to its end.
///
/// Virtual time only: 240 simulated seconds cost microseconds, and the same plan, process and seed give the same
/// timeline to the byte. The platform is an ``Instance``, as for a real process; ``SimulationDriver`` tells it what a
/// simulated process does.
///
/// What is simplified:
/// - Requests and background work do not share CPU: each progresses at the lesser of its threads and the allocation.
/// - With request-based billing CPU is all or nothing; a platform gives a throttled instance a little.
/// - A request that the platform ends with 504 stops using CPU at that moment.
/// - Idle instances are kept, and a failed start is not retried: later requests see what follows a failed start.
/// - A failed start ends with SIGTERM, the grace and SIGKILL, as every other stop; which signal the platform sends in
///   that case is unverified.
package struct InstanceSimulation<Process: SimulatedProcess> {
    /// What a simulation came to.
    package struct Result {
        /// The figures of the start.
        package let summary: StartupSummary
        /// The requests in the order of the plan.
        package let requests: [InstanceRequest]
        /// What happened; empty unless recorded.
        package let timeline: Timeline
        /// The process as it was at the end.
        package let process: Process
    }

    /// The circumstances.
    package var plan: InstancePlan
    /// The process as it is at the start.
    package var process: Process

    /// Creates a simulation.
    ///
    /// - Precondition: The probe's period is above zero and its threshold at least 1.
    package init(plan: InstancePlan, process: Process) {
        self.plan = plan
        self.process = process
    }

    /// Runs the simulation.
    ///
    /// - Parameters:
    ///   - seed: The seed of the delays that are drawn.
    ///   - recording: Whether the timeline is kept; the summary does not depend on it.
    /// - Returns: The summary, the requests' outcomes, the timeline and the final process.
    /// - Complexity: O(events), and O(log of the requests in flight) for each answer.
    package func run(seed: UInt64, recording: Bool = true) -> Result {
        var generator = SplitMix64(seed: seed)
        return run(recording: recording, using: &generator)
    }

    /// The platform's delays as a seed draws them.
    ///
    /// A real instance is given the same ones, so that a seed means the same start everywhere.
    package func drawnDelays(seed: UInt64) -> PlatformDelays {
        var generator = SplitMix64(seed: seed)
        return PlatformDelays(plan.profile, using: &generator)
    }

    /// Runs the simulation, drawing its delays from a generator.
    ///
    /// Exactly two numbers are drawn, at the start.
    package func run(recording: Bool = true, using generator: inout some RandomNumberGenerator) -> Result {
        let delays = PlatformDelays(plan.profile, using: &generator)
        var driver = SimulationDriver(plan: plan, delays: delays, isRecording: recording)
        var process = process
        driver.run(&process)
        var requests = driver.instance.requests
        if requests.count < plan.requests.count {
            requests += plan.requests.dropFirst(requests.count).map(InstanceRequest.init)
        }
        var summary = driver.instance.summary
        summary.backgroundCPU = driver.stage.usedCPU
        return Result(summary: summary, requests: requests, timeline: driver.instance.timeline, process: process)
    }
}

extension InstanceSimulation: Sendable where Process: Sendable {}
extension InstanceSimulation.Result: Sendable where Process: Sendable {}
