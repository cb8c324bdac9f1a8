package import ContainerPlatform
import Domain
import RecommendationEngine
import Scenarios

extension Plan {
    /// The start alone, as the simplest process that meets the probes as the service does.
    ///
    /// Its decision is that of ``simulation``; a sweep simulates it millions of times, and its stages and circumstances are
    /// values that can be changed between two starts. The stages are the boot and then ``InitialisationStage``'s, in their
    /// order. A stage that fails ends the load, and the service listens to say so; one in which the process ends by itself
    /// ends that too. What `lazy` puts off is left out, for only a request asks for it, and none comes before the start is
    /// decided. Requests are left out.
    package var start: InstanceSimulation<StagedProcess> {
        var start = InstanceSimulation(plan: simulation.plan, process: process(in: 1))
        start.plan.requests = []
        start.process.later = changingLives.dropFirst().map { StagedProcess.Later(from: $0, process(in: $0)) }
        return start
    }

    /// The process in a life of the container.
    private func process(in life: Int) -> StagedProcess {
        let loaded = InitialisationStage.allCases.filter { service.strategy != .lazy || !$0.belongsToP5 }
        var stages = [bootWork] + loaded.map { simulatedWork(of: $0, in: life) }
        // What listens before the load has ended does so after the boot and the check of the environment.
        var listensAfter = service.strategy == .blocking ? stages.count : 2
        let ends = processEnds(in: life)
        var onFailure = StagedProcess.OnFailure.stays
        if let failing = stages.firstIndex(where: { $0.ending == .fails }) {
            if let end = ends.first(where: { $0.key.rawValue == stages[failing].name })?.value {
                onFailure = .exits(end)
            } else {
                stages[failing].ending = .finishes
                stages.removeSubrange((failing + 1)...)
                listensAfter = min(listensAfter, stages.count)
            }
        }
        var process = StagedProcess(
            stages: stages,
            listensAfter: listensAfter,
            port: platform.profile.containerPort,
            notReady: .status(404),
            servingStages: service.answersHealthChecks ? servingStages(of: stages, in: life) : nil,
            onFailure: onFailure,
            termination: service.termination
        )
        process.healthPath = "/health"
        return process
    }

    /// The numbers of stages, the boot among them, after which the service calls itself ready.
    private func servingStages(of stages: [StageWork], in life: Int) -> Range<Int> {
        var initialisation = Initialisation(strategy: service.strategy)
        var ready: [Int] = []
        for finished in 1...stages.count {
            if finished > 1, let stage = initialisation.nextStage {
                if simulatedWork(of: stage, in: life).ending == .fails {
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
