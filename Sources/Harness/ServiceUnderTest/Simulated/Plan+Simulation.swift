import ContainerPlatform
import Domain
import RecommendationEngine
import Scenarios

extension Plan {
    /// The plan as a simulation of one instance.
    var simulation: InstanceSimulation<SimulatedService> {
        let profile = platform.profile
        return InstanceSimulation(
            plan: InstancePlan(
                probe: platform.probe.value,
                cpu: platform.cpu,
                profile: profile,
                requests: requests.map(\.at)
            ),
            process: SimulatedService(
                settings: service,
                boot: bootWork,
                stages: Dictionary(
                    uniqueKeysWithValues: InitialisationStage.allCases.map { ($0, simulatedWork(of: $0)) }
                ),
                failures: stageFailures,
                port: profile.containerPort,
                cache: service.cache > 0 ? SimulatedCache(of: self) : nil
            )
        )
    }

    /// The reason of each stage that ends in failure: a missing variable, or a fault of the scenario.
    private var stageFailures: [InitialisationStage: String] {
        var failures: [InitialisationStage: String] = [:]
        let present = service.requiredEnvironment.filter { !service.missingEnvironment.contains($0) }
        let environment = Dictionary(uniqueKeysWithValues: present.map { ($0, "set") })
        do {
            try EnvironmentCheck(required: service.requiredEnvironment).run(in: environment)
        } catch {
            failures[.environment] = error.description
        }
        for case .stage(let stage, .fails(let message)) in faults.map(\.fault) { failures[stage] = message }
        return failures
    }

    /// The work from the start of the process to the environment check.
    var bootWork: StageWork { StageWork("boot", cpu: boot.duration, threads: boot.threads) }

    /// The work of a stage, with the faults that strike it.
    func simulatedWork(of stage: InitialisationStage) -> StageWork {
        let timing = timing(of: stage)
        var work = StageWork(stage.rawValue, cpu: timing.duration, threads: timing.threads)
        if stageFailures[stage] != nil { work.ending = .fails }
        for case .stage(stage, let fault) in faults.map(\.fault) {
            switch fault {
            case .fails: break
            case .hangs: work.ending = .hangs
            case .delayed(let delay): work.delay = delay
            }
        }
        return work
    }
}

extension InstanceRequest {
    /// What the instance could rank with when it took the request, `nil` where it never did.
    var state: ServingState? {
        switch outcome {
        case .served(let state): ServingState(rawValue: state.label)
        case .refused, .unanswered, .refusedByPlatform, .cut, .elsewhere: nil
        }
    }

    /// The message of an answer that is an error.
    var refusal: String? {
        switch outcome {
        case .refused(_, let text), .refusedByPlatform(_, let text), .cut(_, let text): text
        case .elsewhere: "the instance no longer got requests when this one came"
        case .unanswered: "the simulation ended before the answer"
        case .served: nil
        }
    }
}
