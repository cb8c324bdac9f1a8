package import ContainerPlatform
import Domain
import RecommendationEngine
package import Scenarios

extension Plan {
    /// The plan as a simulation of one instance, whose requests are served by nobody yet.
    package var simulation: InstanceSimulation<SimulatedService> {
        let profile = platform.profile
        var instance = InstancePlan(
            probe: platform.probe.value,
            cpu: platform.cpu,
            profile: profile,
            requests: requests.map(\.at),
            horizon: platform.watch
        )
        instance.hasStartupProbe = platform.hasStartupProbe
        instance.liveness = platform.liveness?.value
        instance.readiness = platform.readiness?.value
        let lives = lives
        return InstanceSimulation(
            plan: instance,
            process: SimulatedService(
                settings: service,
                boot: bootWork,
                lives: lives,
                port: profile.containerPort,
                cache: service.cache > 0 ? SimulatedCache(of: self) : nil
            )
        )
    }

    /// The lives of the container from which on the stages do something else, the first among them, ascending.
    var changingLives: [Int] {
        var firsts = [1]
        for case .stage(_, .inFirstLives(let count, _)) in faults.map(\.fault) where !firsts.contains(count + 1) {
            firsts.append(count + 1)
        }
        return firsts.sorted()
    }

    /// What the stages do in the lives of the container, each entry from its life on until the next.
    private var lives: [SimulatedService.Life] {
        changingLives.map { life in
            SimulatedService.Life(
                first: life,
                stages: Dictionary(
                    uniqueKeysWithValues: InitialisationStage.allCases.map { ($0, simulatedWork(of: $0, in: life)) }
                ),
                failures: stageFailures(in: life),
                ends: processEnds(in: life)
            )
        }
    }

    /// How the process ends by itself in a stage, for each stage in which it does.
    func processEnds(in life: Int = 1) -> [InitialisationStage: ProcessExit] {
        var ends: [InitialisationStage: ProcessExit] = [:]
        for case .stage(let stage, let fault) in faults.map(\.fault) {
            if case .ends(let exit) = fault.inLife(life) { ends[stage] = exit }
        }
        return ends
    }

    /// The reason of each stage that ends in failure: a missing variable, or a fault of the scenario.
    private func stageFailures(in life: Int) -> [InitialisationStage: String] {
        var failures: [InitialisationStage: String] = [:]
        let present = service.requiredEnvironment.filter { !service.missingEnvironment.contains($0) }
        let environment = Dictionary(uniqueKeysWithValues: present.map { ($0, "set") })
        do {
            try EnvironmentCheck(required: service.requiredEnvironment).run(in: environment)
        } catch {
            failures[.environment] = error.description
        }
        for case .stage(let stage, let fault) in faults.map(\.fault) {
            if case .fails(let message) = fault.inLife(life) { failures[stage] = message }
        }
        return failures
    }

    /// The work from the start of the process to the environment check.
    var bootWork: StageWork { StageWork("boot", cpu: boot.duration, threads: boot.threads) }

    /// The work of a stage in a life of the container, with the faults that strike it.
    func simulatedWork(of stage: InitialisationStage, in life: Int = 1) -> StageWork {
        let timing = timing(of: stage)
        var work = StageWork(stage.rawValue, cpu: timing.duration, threads: timing.threads)
        if stageFailures(in: life)[stage] != nil { work.ending = .fails }
        for case .stage(stage, let fault) in faults.map(\.fault) {
            switch fault.inLife(life) {
            case .ends: work.ending = .fails
            case .hangs: work.ending = .hangs
            case .delayed(let delay): work.delay = delay
            case .fails, .inFirstLives, nil: break
            }
        }
        return work
    }
}

extension ServiceSettings {
    /// What the process does on SIGTERM.
    var termination: Termination {
        switch terminationBehaviour {
        case .exits(let after): .exits(after: after, .code(0))
        case .ignored: .ignores
        }
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
