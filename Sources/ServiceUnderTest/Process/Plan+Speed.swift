import ContainerPlatform
package import Scenarios

extension Plan {
    /// The real time in which a scenario is to end at the automatic speed.
    private static var automaticLength: Duration { .seconds(4) }
    /// The real time that the work of a request may take.
    private static var requestWork: Duration { .milliseconds(25) }
    /// The speed beyond which the machine's own delays would drown the scenario's times.
    private static var fastest: Double { 100 }

    /// A speed at which the scenario ends in a few seconds, without its times drowning in those of the machine.
    ///
    /// Where the load goes on during requests only, it depends on how long they take: they must not take longer than
    /// the scenario says. Elsewhere a request that is late changes nothing but its own moment.
    package var automaticSpeed: Double {
        let result = simulation.run(seed: seed)
        var speed = result.summary.ended / Self.automaticLength
        if !scenario.stages.stagesToMeasure.isEmpty { speed = min(speed, 5) }
        let withdrawn = result.timeline.entries.first { $0.event == .cpuWithdrawn }?.moment
        let lastStage = result.timeline.entries.last { entry in
            if case .stageFinished = entry.event { true } else { false }
        }
        if let withdrawn, let lastStage, withdrawn < lastStage.moment {
            speed = min(speed, scenario.service.servingTime.svdOnly / Self.requestWork)
        }
        return min(max((speed * 10).rounded(.down) / 10, 1), Self.fastest)
    }
}
