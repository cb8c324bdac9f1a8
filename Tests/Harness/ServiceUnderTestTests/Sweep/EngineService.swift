import Domain
import FaultSweep
import PostgresClient
import PostgresStore
import RecommendationEngine
import Synchronization

@testable import ServiceUnderTest

/// The pipeline in this process as a service that a sweep can harm: all but its start, which takes no time.
///
/// It is killed by being cut off: what it had under way goes on in vain, and a new store takes its place.
final class EngineService: SweptService {
    /// Makes the store of a started service.
    let store: @Sendable () -> any RecommendationStore
    private let state = Mutex<(any RecommendationStore)?>(nil)

    init(store: @escaping @Sendable () -> any RecommendationStore) {
        self.store = store
    }

    func start(heldAt boundary: SweepBoundary?) async throws {
        let store = store()
        state.withLock { $0 = store }
    }

    func arrival(within limit: Duration) async -> SweptArrival { .notAnnounced }

    func isReady(within limit: Duration) async -> Bool { state.withLock { $0 != nil } }

    func ask(_ request: SweptRequest, until patience: Patience) async -> CellObservation.Answer {
        guard let store = state.withLock({ $0 }) else { return .init(status: nil, detail: "nothing listened") }
        let (answers, answer) = AsyncStream.makeStream(of: CellObservation.Answer.self)
        let work = Task {
            let written = await Self.recommend(request, in: store)
            answer.yield(written)
        }
        let watch = Task {
            while !patience.isOver, !Task.isCancelled { try? await Task.sleep(for: .milliseconds(5)) }
            answer.yield(.init(status: nil, detail: "the caller gave up"))
        }
        defer {
            work.cancel()
            watch.cancel()
        }
        for await answer in answers {
            // A service that was killed meanwhile answers nobody any more.
            return state.withLock { $0 == nil } ? .init(status: nil, detail: "the connection broke") : answer
        }
        return .init(status: nil)
    }

    func kill() async -> String? {
        state.withLock { store in
            defer { store = nil }
            return store == nil ? nil : "the engine was cut off"
        }
    }

    func freeze() async -> String? { nil }

    func thaw() async {}

    func stop() async { _ = await kill() }

    private static func recommend(_ request: SweptRequest, in store: any RecommendationStore) async
        -> CellObservation.Answer
    {
        func rows(_ model: Model) -> [RecommendationRow] {
            (1...request.topK)
                .map { rank in
                    RecommendationRow(
                        session: request.session,
                        movie: MovieID("\(rank)"),
                        score: 1 / Double(rank),
                        model: model,
                        phase: request.phase,
                        rank: rank,
                        displayOrder: nil
                    )
                }
        }
        do {
            _ = try await store.sessionInputs(of: request.session, historyLimit: 50)
            try await store.replaceRecommendations(
                session: request.session,
                phase: request.phase,
                svd: rows(.svd),
                p5: rows(.p5)
            )
            return .init(status: 200, saved: .init(svd: request.topK, p5: request.topK))
        } catch {
            return .init(status: 500, detail: "\(error)")
        }
    }
}

/// A store that writes as the original service does: for each model one statement deletes the old set and another
/// inserts the new one, without a transaction around them.
struct StatementByStatementStore: RecommendationStore {
    let pool: PostgresPool

    func sessionInputs(of session: SessionID, historyLimit: Int) async throws -> SessionInputs {
        try await PostgresRecommendationStore(pool: pool).sessionInputs(of: session, historyLimit: historyLimit)
    }

    func catalogueFingerprint(limit: Int) async throws -> String { "" }

    func catalogue(limit: Int) async throws -> Catalogue { Catalogue(movies: [], fingerprint: "") }

    func replaceRecommendations(
        session: SessionID,
        phase: Int,
        svd: [RecommendationRow],
        p5: [RecommendationRow]
    ) async throws {
        try await pool.withConnection { connection in
            for rows in [svd, p5] {
                try await connection.query(
                    "DELETE FROM recommendations WHERE session_id = $1::uuid AND phase = $2 AND model = $3",
                    [.session(session), .integer(phase), .text(rows[0].model.rawValue)]
                )
                try await connection.query(
                    """
                    INSERT INTO recommendations (session_id, movie_id, score, model, phase, rank)
                    SELECT $1::uuid, movie.id, 1, $2, $3, movie.rank
                    FROM unnest($4::text[], $5::bigint[]) AS movie (id, rank)
                    """,
                    [
                        .session(session), .text(rows[0].model.rawValue), .integer(phase),
                        .texts(rows.map(\.movie.text)), .integers(rows.map(\.rank)),
                    ]
                )
            }
        }
    }
}
