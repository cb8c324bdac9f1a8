import Domain
import Logging
import PostgresClient
import PostgresStore
import RecommendationEngine
import ServiceLifecycle

/// Makes SVD rows for active sessions that have none, again and again, the latest rating first.
///
/// It adds rows only where a session has none, so that the rows of a request that came meanwhile stay.
struct Precomputer: Service {
    let interval: Duration
    let models: ServiceModels
    let pool: PostgresPool
    let pipeline: RecommendationPipeline
    let metrics: ServiceMetrics
    let logger: Logger

    func run() async throws {
        do {
            try await cancelWhenGracefulShutdown { try await self.runRounds() }
        } catch is CancellationError {
            // The service is to stop; a transaction that had begun is rolled back or committed.
        }
    }

    private func runRounds() async throws {
        let store = PrecomputeStore(pool: pool) { [metrics, logger] session, rows in
            metrics.precomputed(rows: rows)
            logger.debug("precomputed", metadata: ["session": "\(session)", "rows": "\(rows)"])
        }
        var rounds = PrecomputeRounds(store: store, pipeline: pipeline)
        while true {
            try await Task.sleep(for: interval)
            guard models.servingState != .nothing else { continue }
            do {
                try await rounds.run()
            } catch {
                try Task.checkCancellation()
                logger.warning("precomputing failed", metadata: ["error": "\(error)"])
            }
        }
    }
}
