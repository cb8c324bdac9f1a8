import Domain
import RecommendationEngine

/// What surrounds a request that a running service answers: its measures, its cores, and its rehearsal.
struct ServedRequest: RequestHooks {
    /// How a rehearsal changes the request, `nil` where there is none.
    let rehearsed: RehearsedRequest?
    /// What bounds the work of P5.
    let cores: CoreBudget
    /// Draws the model that begins a display list.
    let starts: DisplayStarts
    /// What is counted.
    let metrics: ServiceMetrics

    func displayStart() -> Model { rehearsed?.displayStart ?? starts.next() }

    func storage<Value>(_ step: StorageStep, _ work: () async throws -> Value) async throws -> Value {
        let start = ContinuousClock.now
        let value = try await work()
        metrics.took(start.duration(to: .now), in: step == .read ? .read : .write)
        return value
    }

    func ranking(
        in state: ServingState,
        _ work: () async throws -> RecommendationPipeline.Ranked
    ) async throws -> RecommendationPipeline.Ranked {
        let start = ContinuousClock.now
        let ranked = try await work()
        try await rehearsed?.pace(since: start, in: state, cached: ranked.isCached)
        return ranked
    }

    func computing(
        in state: ServingState,
        _ work: @escaping @Sendable (_ threads: Int) throws -> Recommender.Rankings
    ) async throws -> Recommender.Rankings {
        // SVD alone is a matter of a millisecond, which is not worth another thread.
        guard state == .full else { return try timed(work, threads: 1) }
        let asked = ContinuousClock.now
        return try await cores.run { threads in
            metrics.took(asked.duration(to: .now), in: .wait)
            return try timed(work, threads: threads)
        }
    }

    func recommender(_ loaded: Recommender) -> Recommender { rehearsed?.recommender(loaded) ?? loaded }

    func lookedUp(hit: Bool) { metrics.lookedUp(hit: hit) }

    private func timed(
        _ work: (_ threads: Int) throws -> Recommender.Rankings,
        threads: Int
    ) rethrows -> Recommender.Rankings {
        let start = ContinuousClock.now
        let rankings = try work(threads)
        metrics.took(start.duration(to: .now), in: .rank)
        return rankings
    }
}
