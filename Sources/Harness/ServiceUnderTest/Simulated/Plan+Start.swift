package import ContainerPlatform
import Domain
import RecommendationEngine
import Scenarios

extension Plan {
    /// The start alone, as the simplest process that meets the probe as the service does.
    ///
    /// Its decision is that of ``simulation``; a sweep simulates it millions of times, and its stages and circumstances are
    /// values that can be changed between two starts. The stages are the boot and then ``InitialisationStage``'s, in their
    /// order. A stage that fails ends the load, and the service listens to say so; one in which the process ends by itself
    /// ends that too. Requests are left out.
    package var start: InstanceSimulation<StagedProcess> {
        var whole = simulation.plan
        whole.requests = []
        var stages = [bootWork] + InitialisationStage.allCases.map { simulatedWork(of: $0) }
        // What listens before the load has ended does so after the boot and the check of the environment.
        var listensAfter = service.strategy == .blocking ? stages.count : 2
        let ends = processEnds()
        if let failing = stages.firstIndex(where: { $0.ending == .fails }),
            !ends.keys.contains(where: { $0.rawValue == stages[failing].name })
        {
            stages[failing].ending = .finishes
            stages.removeSubrange((failing + 1)...)
            listensAfter = min(listensAfter, stages.count)
        }
        return InstanceSimulation(
            plan: whole,
            process: StagedProcess(
                stages: stages,
                listensAfter: listensAfter,
                port: platform.profile.containerPort,
                passesAfter: platform.probe.value.handler.path.map { $0 == "/health" } ?? true ? listensAfter : .max,
                notReady: .status(404),
                servingStages: service.answersHealthChecks ? servingStages(of: stages) : nil
            )
        )
    }

    /// The numbers of stages, the boot among them, after which the service calls itself ready.
    private func servingStages(of stages: [StageWork]) -> Range<Int> {
        var initialisation = Initialisation(strategy: service.strategy)
        var ready: [Int] = []
        for finished in 1...stages.count {
            if finished > 1, let stage = initialisation.nextStage {
                if simulatedWork(of: stage).ending == .fails {
                    initialisation.fail(stage, reason: "fails")
                } else {
                    initialisation.finish(stage)
                }
            }
            if initialisation.health.isReady { ready.append(finished) }
        }
        guard let first = ready.first, let last = ready.last else { return 0..<0 }
        return first..<(last == stages.count ? Int.max : last + 1)
    }
}
