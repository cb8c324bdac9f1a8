import ContainerPlatform
import Domain
package import Scenarios

extension Plan {
    /// The real time in which a scenario is to end at the automatic speed.
    private static var automaticLength: Duration { .seconds(3) }
    /// The real time of a request to SVD alone beside which stopping and continuing the process takes no time.
    private static var svdWork: Duration { .milliseconds(400) }
    /// The real time that a request to both models may take.
    private static var fullWork: Duration { .milliseconds(120) }
    /// The speed beyond which the machine's own delays would drown the scenario's times.
    private static var fastest: Double { 40 }

    /// A speed at which the scenario ends in a few seconds, without its times drowning in those of the machine.
    ///
    /// Where the load goes on during requests only, it depends on how long they take: they must not take longer than
    /// the scenario says. Elsewhere a request that is late changes nothing but its own moment.
    package var automaticSpeed: Double {
        let result = simulation.run(seed: seed)
        var speed = AwaitedEnd(self, result).simulated / Self.automaticLength
        if !measuredStages.isEmpty { speed = min(speed, 5) }
        if let withdrawn = result.timeline.withdrawnWhileServing, withdrawn < result.summary.ended,
            result.summary.readyFull.map({ $0 > withdrawn }) ?? true
        {
            speed = min(speed, service.servingTime.svdOnly / Self.svdWork)
        }
        if result.requests.contains(where: { $0.outcome == .served(RequestState(.full)) }) {
            speed = min(speed, service.servingTime.full / Self.fullWork)
        }
        return min(max((speed * 10).rounded(.down) / 10, 1), Self.fastest)
    }
}

extension Timeline {
    /// When an instance that serves loses its CPU for the first time; every instance loses it with its end.
    fileprivate var withdrawnWhileServing: Duration? {
        var isServing = false
        for entry in entries {
            switch entry.event {
            case .probeSucceeded: isServing = true
            case .exited: isServing = false
            case .cpuWithdrawn where isServing: return entry.moment
            default: break
            }
        }
        return nil
    }
}
