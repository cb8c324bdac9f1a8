import Domain
import Logging
import PostgresStore
import RecommendationEngine
import ServiceLifecycle

/// Makes SVD rows for active sessions that have none, again and again, the latest rating first.
///
/// What it writes is only ever added where there is nothing: an answer to a request that came meanwhile stays.
struct Precomputer: Service {
    /// The phase of the study that the rows are for.
    private static let phase = 2
    /// The most sessions of one round.
    private static let sessionsAtOnce = 200

    let interval: Duration
    let models: ServiceModels
    let pool: PostgresPool
    let metrics: ServiceMetrics
    let logger: Logger

    func run() async throws {
        do {
            try await cancelWhenGracefulShutdown { try await self.runRounds() }
        } catch is CancellationError {
            // Told to stop; a transaction that had begun is undone or done.
        }
    }

    private func runRounds() async throws {
        let store = PrecomputeStore(pool: pool) { [metrics, logger] session, rows in
            metrics.precomputed(rows: rows)
            logger.debug("precomputed", metadata: ["session": "\(session)", "rows": "\(rows)"])
        }
        // Sessions for which nothing came out, which would else be tried in every round until they rate again.
        var fruitless: Set<PrecomputeStore.WaitingSession> = []
        while true {
            try await Task.sleep(for: interval)
            guard models.servingState != .nothing else { continue }
            do {
                let waiting = try await store.waitingSessions(
                    phase: Self.phase,
                    limit: Self.sessionsAtOnce + fruitless.count
                )
                fruitless.formIntersection(waiting)
                for session in waiting where !fruitless.contains(session) {
                    try Task.checkCancellation()
                    if try await !precompute(session.id, in: store) { fruitless.insert(session) }
                }
            } catch {
                try Task.checkCancellation()
                logger.warning("precomputing failed", metadata: ["error": "\(error)"])
            }
        }
    }

    /// Makes the rows of one session; `false` where there was nothing to recommend.
    private func precompute(_ session: SessionID, in store: PrecomputeStore) async throws -> Bool {
        let pipeline = RecommendationPipeline(store: store)
        let request = RecommendRequest(session: session, phase: Self.phase)
        do {
            let inputs = try await pipeline.inputs(for: request)
            let rankings = try models.recommender(in: .svdOnly)
                .rankings(of: inputs.candidates, session: session, history: inputs.history)
            return try await pipeline.save(rankings, for: request, startingWith: .svd).response.svdTopSaved > 0
        } catch is ServiceError {
            return false
        }
    }
}
