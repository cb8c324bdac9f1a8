import ContainerPlatform
import Domain
import Observations
import Scenarios

/// Until when a run waits once its requests have their answers, as the simulation of the same plan dates it.
///
/// A stage that loads in the background is waited for where the scenario expects something of it: a fault that may
/// strike it, `ready_full`, a failed initialisation, a precomputed set. Any other is waited for only if it ends soon
/// after what is asked and expected: no later than a visitor who came last would wait, the request timeout.
struct AwaitedEnd: Hashable, Sendable {
    /// Whether the run waits for the service's last word: that everything is loaded, or that the load has failed.
    let awaitsLastWord: Bool
    /// Whether the service has a last word to say by the simulation, and it is waited for.
    let hasLastWord: Bool
    /// The moment in the simulation after which nothing is awaited.
    let simulated: Duration

    /// Creates an end.
    init(awaitsLastWord: Bool, hasLastWord: Bool, simulated: Duration) {
        self.awaitsLastWord = awaitsLastWord
        self.hasLastWord = hasLastWord
        self.simulated = simulated
    }

    /// The end of a plan's run.
    ///
    /// - Parameters:
    ///   - plan: The plan.
    ///   - result: Its simulation, with the timeline.
    init(_ plan: Plan, _ result: InstanceSimulation<SimulatedService>.Result) {
        let needed = Self.needed(plan, result)
        let end = result.summary.ended
        if plan.platform.watch != nil || Self.isLoadExpected(plan, result)
            || end <= needed + plan.platform.requestTimeout
        {
            self.init(awaitsLastWord: true, hasLastWord: result.process.health.isFinal, simulated: end)
        } else {
            self.init(awaitsLastWord: false, hasLastWord: false, simulated: needed)
        }
    }

    /// Whether the scenario expects something of the load's end.
    private static func isLoadExpected(_ plan: Plan, _ result: InstanceSimulation<SimulatedService>.Result) -> Bool {
        let expected = plan.expectations.startup
        if !plan.faults.isEmpty || plan.service.precompute != nil || expected.readyFull != nil { return true }
        if expected.outcome?.value == .initialisationError { return true }
        if expected.readyBasic != nil, result.summary.readyBasic == nil { return true }
        return expected.probeTruthGap != nil && result.firstRecommending == nil
    }

    /// The last moment of what is asked, and of what is expected beside the load's end.
    private static func needed(_ plan: Plan, _ result: InstanceSimulation<SimulatedService>.Result) -> Duration {
        let expected = plan.expectations.startup
        var moments = result.requests.map { $0.ended ?? $0.arrived } + plan.ratings.map(\.at)
        switch result.summary.outcome {
        case .ready(let at), .killed(let at, _), .exited(let at, _), .stopped(let at), .givenUp(let at):
            moments.append(at)
        case .undecided: moments.append(result.summary.ended)
        }
        if expected.readyBasic != nil { moments += [result.summary.readyBasic].compactMap(\.self) }
        if expected.probeTruthGap != nil { moments += [result.firstRecommending].compactMap(\.self) }
        return moments.max() ?? .zero
    }
}

extension InstanceSimulation.Result {
    /// The moment from which the service would have answered a request for recommendations.
    fileprivate var firstRecommending: Duration? {
        timeline.entries.first { if case .health(let health) = $0.event { health.recommends } else { false } }?.moment
    }
}
