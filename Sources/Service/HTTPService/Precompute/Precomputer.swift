import Domain
import Logging
import PostgresClient
import PostgresStore
import RecommendationEngine
import ServiceLifecycle

/// Makes SVD rows for active sessions that have none, again and again, the latest rating first.
///
/// What it writes is only ever added where there is nothing: an answer to a request that came meanwhile stays.
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
            // Told to stop; a transaction that had begun is undone or done.
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
