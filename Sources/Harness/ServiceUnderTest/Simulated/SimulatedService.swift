package import ContainerPlatform
package import Domain
import RecommendationEngine
package import Scenarios

/// The recommendation service as a simulated process: the engine's own initialisation under virtual time.
///
/// Which stage comes next, when the port opens and what a request gets is decided by `Initialisation`, the same state
/// machine that a real service runs; this adapter only says how long things take and what goes wrong.
package struct SimulatedService: SimulatedProcess, Sendable {
    /// What the stages do from a life of the container on.
    struct Life: Sendable {
        /// The life from which it holds, from 1.
        let first: Int
        /// The work of every stage, faults included.
        let stages: [InitialisationStage: StageWork]
        /// The reason with which a stage fails, for each whose work ends in failure.
        let failures: [InitialisationStage: String]
        /// How the process ends by itself in a stage, for each whose work ends in failure for that.
        var ends: [InitialisationStage: ProcessExit] = [:]
    }

    private var initialisation: Initialisation
    private var hasBooted = false
    /// How it ended by itself, absent while it runs.
    package private(set) var exit: ProcessExit?
    private var cache: SimulatedCache?
    /// The requests that are being served, kept only where `/health` waits for them.
    private var served: Set<Int> = []
    private let boot: StageWork
    private let lives: [Life]
    private var life: Life
    private let settings: ServiceSettings
    private let port: Int

    /// Creates the process of a scenario as it is at its start.
    ///
    /// - Parameters:
    ///   - settings: The service's settings.
    ///   - boot: The work from the start of the process to the environment check.
    ///   - stages: The work of every stage, faults included.
    ///   - failures: The reason with which a stage fails, for each whose work ends in failure.
    ///   - port: The port that the service listens on once it does.
    package init(
        settings: ServiceSettings,
        boot: StageWork,
        stages: [InitialisationStage: StageWork],
        failures: [InitialisationStage: String],
        port: Int
    ) {
        let life = Life(first: 1, stages: stages, failures: failures)
        self.init(settings: settings, boot: boot, lives: [life], port: port, cache: nil)
    }

    /// Creates the process of a scenario whose service may have a result cache, and whose container several lives.
    ///
    /// - Precondition: There is what holds from the first life on, and first.
    init(settings: ServiceSettings, boot: StageWork, lives: [Life], port: Int, cache: SimulatedCache?) {
        self.cache = cache
        self.initialisation = Initialisation(settings)
        self.boot = boot
        self.lives = lives
        self.life = lives[0]
        self.settings = settings
        self.port = port
    }

    package var currentWork: StageWork? {
        hasBooted ? initialisation.nextStage.flatMap { life.stages[$0] } : boot
    }

    package var listeningPort: Int? {
        hasBooted && initialisation.isListening && exit == nil ? port : nil
    }

    package var health: ServiceHealth {
        let status = initialisation.health
        return ServiceHealth(status, recommends: status.isReady && initialisation.servingState != .nothing)
    }

    /// The service answers 200 on `/health` whatever its state is, which only the body tells.
    package func answer(toProbe path: String) -> ProbeAnswer {
        guard served.isEmpty else { return .hangs }
        return switch path {
        case "/health": .status(200)
        case "/recommend": .status(405)
        default: .status(404)
        }
    }

    /// What `/health` says in its body, a health check says in its answer: serving once the service calls itself ready.
    ///
    /// The server knows itself as a whole and no service by name, and answers no check while `/health` has to wait.
    package func sighting(ofHealthCheck service: String) -> ProbeSighting? {
        guard settings.answersHealthChecks else { return .notGRPC }
        guard served.isEmpty else { return nil }
        guard service.isEmpty else { return .callFailed(code: 5) }
        return .health(status: initialisation.health.isReady ? 1 : 2)
    }

    package mutating func workEnded(failed: Bool, at moment: Duration) {
        guard hasBooted else {
            hasBooted = true
            return
        }
        guard let stage = initialisation.nextStage else { preconditionFailure("work ended where none was due") }
        if failed, let end = life.ends[stage] {
            exit = end
        } else if failed {
            initialisation.fail(stage, reason: life.failures[stage, default: "failed"])
        } else {
            initialisation.finish(stage)
        }
    }

    package mutating func admit(request index: Int, at moment: Duration) -> Admission {
        switch initialisation.admit() {
        case .wait: .wait
        case .refuse(let error): .refuse(status: error.status, text: error.detail)
        case .serve(let state): serve(index, in: state, at: moment)
        }
    }

    package mutating func answered(request index: Int) { served.remove(index) }

    /// A new process has loaded nothing, and its cache is empty.
    package mutating func restart(life number: Int) {
        initialisation = Initialisation(settings)
        exit = nil
        hasBooted = false
        served = []
        cache?.forget()
        life = lives.last { $0.first <= number } ?? life
    }

    private mutating func serve(_ index: Int, in state: ServingState, at moment: Duration) -> Admission {
        if settings.isHealthBusy { served.insert(index) }
        return .serve(cpu: servingTime(of: index, in: state, at: moment), threads: 1, RequestState(state))
    }

    package mutating func terminate(at moment: Duration) -> Termination { settings.termination }

    private mutating func servingTime(of request: Int, in state: ServingState, at moment: Duration) -> Duration {
        let times = settings.servingTime
        let time = state == .full ? times.full : times.svdOnly
        let isKnown = cache?.holds(request: request, in: state, at: moment, answered: moment + time) ?? false
        return isKnown ? times.cached : time
    }
}

extension Initialisation {
    /// The initialisation of a service as it is at its start.
    fileprivate init(_ settings: ServiceSettings) {
        self.init(
            strategy: settings.strategy,
            lazyFirstRequest: settings.lazyFirstRequest == .waits ? .waits : .answeredFromSVD
        )
    }
}

extension RequestState {
    /// The state as timelines label it.
    init(_ state: ServingState) {
        let quality: Quality =
            switch state {
            case .nothing: .none
            case .svdOnly: .partial
            case .full: .full
            }
        self.init(state.rawValue, quality: quality)
    }
}
