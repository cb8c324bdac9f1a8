package import Domain
import FoldInSVD
package import Logging
import ModelFiles
import P5
package import RecommendationEngine
import ServiceLifecycle

/// The models of a running service: loads them stage by stage and says what can be ranked with.
///
/// Every stage runs on a thread outside the cooperative pool. What comes next, what `/health` says and what a request
/// gets is decided by `Initialisation`, the state machine that simulated services run too.
package final class ServiceModels: Service {
    /// Runs one stage: loads into the models, or throws.
    package typealias StageLoader = @Sendable (InitialisationStage, inout LoadedModels) throws -> Void

    private struct State: Sendable {
        var initialisation: Initialisation
        var models: LoadedModels
    }

    private let state: AsyncCondition<State>
    private let load: StageLoader
    /// What takes time before the first stage, where that is rehearsed.
    private let rehearsed: RehearsedStages?
    private let settings: P5Settings
    private let metrics: ServiceMetrics
    private let logger: Logger

    /// Creates the models before the first stage.
    ///
    /// - Parameters:
    ///   - configuration: The strategy, the paths and the variables that are set.
    ///   - metrics: Where the stages' durations go.
    ///   - logger: Where the stages and the trace of a failure go.
    ///   - load: What runs a stage, `nil` for the real files.
    package init(
        configuration: ServiceConfiguration,
        metrics: ServiceMetrics,
        logger: Logger,
        load: StageLoader? = nil
    ) {
        var models = LoadedModels()
        models.scoreFormula = configuration.scoreFormula
        state = AsyncCondition(
            State(
                initialisation: Initialisation(
                    strategy: configuration.strategy,
                    lazyFirstRequest: configuration.lazyFirstRequest
                ),
                models: models
            )
        )
        let real = load ?? Self.loader(configuration)
        let rehearsed = configuration.rehearsal.map { RehearsedStages(rehearsal: $0, logger: logger) }
        self.load = rehearsed?.around(real) ?? real
        self.rehearsed = rehearsed
        settings = configuration.p5
        self.metrics = metrics
        self.logger = logger
    }

    /// What the service says of itself.
    package var health: HealthStatus { state.value.initialisation.health }

    /// What can be ranked with now, `nothing` where the service does not serve.
    package var servingState: ServingState {
        let initialisation = state.value.initialisation
        return initialisation.health.isReady ? initialisation.servingState : .nothing
    }

    /// The movies that the SVD model knows, 0 while it has not loaded.
    package var movieCount: Int { state.value.models.svd?.movies.count ?? 0 }

    /// What verified precision has done so far; `nil` where P5 has not loaded, or does all in float32.
    package var precision: PrecisionReport? { state.value.models.precision(under: settings) }

    /// Waits until the service is to accept connections.
    ///
    /// - Throws: `CancellationError` where the task is cancelled before.
    package func waitUntilListening() async throws {
        try await state.wait { $0.initialisation.isListening }
    }

    /// Refuses a request while the service does not serve at all, without letting `lazy` load anything.
    ///
    /// - Throws: `ServiceError` 503.
    package func refuseUnlessServing() throws {
        var initialisation = state.value.initialisation
        if case .refuse(let error) = initialisation.admit() { throw error }
    }

    /// Decides about a request that arrives now; under `lazy` it may wait until P5 has loaded or failed to.
    ///
    /// - Returns: What the request is ranked with.
    /// - Throws: `ServiceError` where the request is refused, `CancellationError` where its task is cancelled.
    package func admit() async throws -> ServingState {
        while true {
            switch state.change({ $0.initialisation.admit() }) {
            case .serve(let serving): return serving
            case .refuse(let error): throw error
            case .wait: try await state.wait { $0.initialisation.servingState == .full || $0.initialisation.hasFailed }
            }
        }
    }

    /// Returns what ranks in a state.
    ///
    /// - Parameters:
    ///   - serving: The state.
    ///   - threads: The most threads that P5 may use.
    /// - Returns: The models that rank in this state.
    /// - Throws: `P5Error` where the settings make no sense, which the last stage has found out already.
    package func recommender(in serving: ServingState, threads: Int = 1) throws -> Recommender {
        var settings = settings
        settings.threads = threads
        return try state.value.models.recommender(in: serving, settings: settings)
    }

    /// Runs the stages that are due until the service is told to stop.
    package func run() async throws {
        do {
            try await cancelWhenGracefulShutdown { try await self.runStages() }
        } catch is CancellationError {
            // The service is to stop; what a stage is doing ends with the process.
        }
    }

    private func runStages() async throws {
        // No stage's time: a real process says nothing of what comes before its first one.
        if let rehearsed { try await BlockingWork.run { rehearsed.boot() } }
        var trace: [String] = []
        let clock = ContinuousClock()
        while true {
            try await state.wait { $0.initialisation.nextStage != nil }
            let before = state.value
            guard let stage = before.initialisation.nextStage else { continue }
            let start = clock.now
            let used = ProcessCPU.time
            do {
                let models = try await BlockingWork.run { [load] in
                    var models = before.models
                    try load(stage, &models)
                    return models
                }
                let took = start.duration(to: clock.now)
                let computed = ProcessCPU.time - used
                metrics.finished(stage, after: took)
                trace.append("\(stage.rawValue) finished after \(took.milliseconds) ms")
                logger.info(
                    "stage finished",
                    metadata: [
                        "stage": "\(stage.rawValue)", "milliseconds": "\(took.milliseconds)",
                        "cpu_milliseconds": "\(computed.milliseconds)",
                    ]
                )
                if stage == .checkpoint, let t5 = models.t5 {
                    if let note = t5.sourceNote { logger.info("\(note)") }
                    for note in [t5.headNote, t5.ignoredNote].compactMap(\.self) { logger.warning("\(note)") }
                }
                let health = state.change { state in
                    state.models = models
                    state.initialisation.finish(stage)
                    return state.initialisation.health
                }
                if state.value.initialisation.nextStage == nil {
                    logger.notice("\(health.text)")
                }
            } catch let cancellation as CancellationError {
                throw cancellation
            } catch {
                let took = start.duration(to: clock.now)
                trace.append("\(stage.rawValue) failed after \(took.milliseconds) ms: \(type(of: error)): \(error)")
                metrics.failed(stage, after: took)
                let health = state.change { state in
                    state.initialisation.fail(stage, reason: "\(error)")
                    return state.initialisation.health
                }
                logger.error(
                    "initialisation failed",
                    metadata: [
                        "stage": "\(stage.rawValue)", "status": "\(health.text)", "error": "\(error)",
                        "trace": .array(trace.map { "\($0)" }),
                    ]
                )
            }
        }
    }

    private static func loader(_ configuration: ServiceConfiguration) -> StageLoader {
        let environment = Dictionary(uniqueKeysWithValues: configuration.presentEnvironment.map { ($0, "set") })
        return { stage, models in
            if stage == .environment {
                try EnvironmentCheck(required: configuration.requiredEnvironment).run(in: environment)
            }
            try models.load(stage, from: configuration.paths)
            // Files that do not fit each other fail the stage, not every request.
            guard stage == .checkpoint else { return }
            try models.calibrate(configuration.p5, keptIn: configuration.calibrations) {
                try Fingerprint.sha256(of: configuration.paths) { BundlePart(file: $0) != .svd }
            }
            _ = try models.recommender(in: .full, settings: configuration.p5)
        }
    }
}

extension Initialisation {
    /// Whether a stage has failed, after which none follows.
    var hasFailed: Bool { failure != nil }
}

extension Duration {
    /// The duration in milliseconds, with microseconds as decimals.
    var milliseconds: Double { (seconds * 1e6).rounded() / 1e3 }
}
