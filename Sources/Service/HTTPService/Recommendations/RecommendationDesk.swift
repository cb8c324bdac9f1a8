import Domain
package import Logging
package import RecommendationEngine

/// Answers requests for recommendations: admits, reads, ranks within the cores, writes.
package struct RecommendationDesk: Sendable {
    private let models: ServiceModels
    private let pipeline: RecommendationPipeline?
    private let cores: CoreBudget
    private let starts: DisplayStarts
    private let metrics: ServiceMetrics
    private let cache: BundleCache?
    private let logger: Logger

    /// Creates a desk.
    ///
    /// - Parameters:
    ///   - models: What ranks.
    ///   - pipeline: Reads and writes, `nil` where no database is configured.
    ///   - cores: What bounds the work of P5.
    ///   - starts: Draws the model that begins a display list.
    ///   - metrics: What is counted.
    ///   - cache: The result cache, if any.
    ///   - logger: Where it is said why a model was left out.
    package init(
        models: ServiceModels,
        pipeline: RecommendationPipeline?,
        cores: CoreBudget,
        starts: DisplayStarts,
        metrics: ServiceMetrics,
        cache: BundleCache? = nil,
        logger: Logger
    ) {
        self.models = models
        self.pipeline = pipeline
        self.cores = cores
        self.starts = starts
        self.metrics = metrics
        self.cache = cache
        self.logger = logger
    }

    /// Answers a request.
    ///
    /// - Parameters:
    ///   - request: The session and how many rows to write.
    ///   - rehearsed: How a rehearsal has it go, `nil` where there is none.
    /// - Returns: The answer with what is behind it.
    /// - Throws: `ServiceError` for a refusal, the store's error where the database fails, `CancellationError`.
    package func recommend(
        _ request: RecommendRequest,
        _ rehearsed: RehearsedRequest? = nil
    ) async throws -> Recommendation {
        let state = try await models.admit()
        rehearsed?.took(in: state)
        guard let pipeline else {
            throw ServiceError(status: 500, detail: "no database is configured; set DATABASE_URL")
        }
        let inputs = try await timed(.read) { try await pipeline.inputs(for: request) }
        let rankings = try await rankings(of: request.session, inputs, in: state, rehearsed)
        try Task.checkCancellation()
        let recommendation = try await timed(.write) {
            try await pipeline.save(rankings, for: request, startingWith: rehearsed?.displayStart ?? starts.next())
        }
        rehearsed?.noted(recommendation.notes)
        note(recommendation, rankings, in: state)
        return recommendation
    }

    private func rankings(
        of session: SessionID,
        _ inputs: RecommendationPipeline.Inputs,
        in state: ServingState,
        _ rehearsed: RehearsedRequest?
    ) async throws -> Recommender.Rankings {
        let began = ContinuousClock.now
        let key = cache?.key(session, inputs, state)
        if let key, let cache {
            let known = cache.results.rankings(for: key)
            metrics.lookedUp(hit: known != nil)
            if let known {
                try await rehearsed?.pace(since: began, in: state, cached: true)
                return known
            }
        }
        let rankings: Recommender.Rankings
        if state == .full {
            let asked = ContinuousClock.now
            rankings = try await cores.run { [models, metrics] threads in
                let start = ContinuousClock.now
                metrics.took(asked.duration(to: start), in: .wait)
                defer { metrics.took(start.duration(to: .now), in: .rank) }
                let recommender = try models.recommender(in: state, threads: threads)
                return (rehearsed?.recommender(recommender) ?? recommender)
                    .rankings(of: inputs.candidates, session: session, history: inputs.history)
            }
        } else {
            // A matter of a millisecond, which is not worth another thread.
            let start = ContinuousClock.now
            rankings = try models.recommender(in: state)
                .rankings(of: inputs.candidates, session: session, history: inputs.history)
            metrics.took(start.duration(to: .now), in: .rank)
        }
        try await rehearsed?.pace(since: began, in: state)
        // A failure of P5 is not worth keeping.
        if let key, let cache, state != .full || rankings.p5 != nil { cache.results.keep(rankings, for: key) }
        return rankings
    }

    private func timed<Value>(
        _ phase: ServiceMetrics.Phase,
        _ body: () async throws -> Value
    ) async throws -> Value {
        let start = ContinuousClock.now
        let value = try await body()
        metrics.took(start.duration(to: .now), in: phase)
        return value
    }

    private func note(_ recommendation: Recommendation, _ rankings: Recommender.Rankings, in state: ServingState) {
        metrics.wrote(recommendation.response.svdTopSaved, of: .svd)
        metrics.wrote(recommendation.response.p5TopSaved, of: .p5)
        let isFallback = rankings.p5 == nil && !rankings.svd.places.isEmpty
        if isFallback { metrics.fellBack(state == .full ? .failed : .notLoaded) }
        let level: Logger.Level = state == .full && isFallback || rankings.svd.places.isEmpty ? .warning : .debug
        for note in recommendation.notes {
            logger.log(level: level, "\(note)", metadata: ["session": "\(recommendation.response.session)"])
        }
    }
}
