import Domain
package import Logging
package import RecommendationEngine

/// Answers requests for recommendations: admits them, and has the pipeline answer within the cores that there are.
package struct RecommendationHandler: Sendable {
    private let models: ServiceModels
    private let pipeline: RecommendationPipeline?
    private let cores: CoreBudget
    private let starts: DisplayStarts
    private let metrics: ServiceMetrics
    private let logger: Logger

    /// Creates a handler.
    ///
    /// - Parameters:
    ///   - models: What ranks.
    ///   - pipeline: Reads, ranks and writes, `nil` where no database is configured.
    ///   - cores: What bounds the work of P5.
    ///   - starts: Draws the model that begins a display list.
    ///   - metrics: What is counted.
    ///   - logger: Where it is said why a model was left out.
    package init(
        models: ServiceModels,
        pipeline: RecommendationPipeline?,
        cores: CoreBudget,
        starts: DisplayStarts,
        metrics: ServiceMetrics,
        logger: Logger
    ) {
        self.models = models
        self.pipeline = pipeline
        self.cores = cores
        self.starts = starts
        self.metrics = metrics
        self.logger = logger
    }

    /// Answers a request.
    ///
    /// - Parameters:
    ///   - request: The session and how many rows to write.
    ///   - rehearsed: How a rehearsal changes the request, `nil` where there is none.
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
        let hooks = ServedRequest(rehearsed: rehearsed, cores: cores, starts: starts, metrics: metrics)
        let recommendation = try await pipeline.answer(request, in: state, hooks: hooks)
        rehearsed?.noted(recommendation.notes)
        note(recommendation, in: state)
        return recommendation
    }

    private func note(_ recommendation: Recommendation, in state: ServingState) {
        metrics.wrote(recommendation.response.svdTopSaved, of: .svd)
        metrics.wrote(recommendation.response.p5TopSaved, of: .p5)
        let hasSVD = recommendation.rankings.contains { $0.model == .svd && !$0.places.isEmpty }
        let isFallback = hasSVD && !recommendation.rankings.contains { $0.model == .p5 }
        if isFallback { metrics.fellBack(state == .full ? .failed : .notLoaded) }
        let level: Logger.Level = state == .full && isFallback || !hasSVD ? .warning : .debug
        let violation = models.precision?.violation.map { "P5: \($0)" }
        for note in recommendation.notes {
            logger.log(
                level: note == violation ? .error : level,
                "\(note)",
                metadata: ["session": "\(recommendation.response.session)"]
            )
        }
    }
}
