package import Domain
package import RecommendationEngine

/// The rounds in which SVD rows are made for active sessions that have none, the latest rating first.
///
/// What is written is only ever added where there is nothing: an answer to a request that came meanwhile stays.
package struct PrecomputeRounds: Sendable {
    /// The phase of the study that the rows are for.
    package static let phase = 2
    /// The most sessions of one round.
    private static let sessionsAtOnce = 200

    private let store: PrecomputeStore
    /// Sessions for which nothing came out, which would else be tried in every round until they rate again.
    private var fruitless: Set<PrecomputeStore.WaitingSession> = []

    /// Creates rounds that have not begun.
    package init(store: PrecomputeStore) {
        self.store = store
    }

    /// Makes the rows of the sessions that wait now.
    ///
    /// - Parameter recommender: What ranks: SVD alone.
    /// - Returns: The sessions that have new rows, each with the whole ranking they are the top of.
    /// - Throws: `PostgresError`, `CancellationError`.
    @discardableResult
    package mutating func run(with recommender: Recommender) async throws -> [(session: SessionID, ranking: Ranking)] {
        let waiting = try await store.waitingSessions(
            phase: Self.phase,
            limit: Self.sessionsAtOnce + fruitless.count
        )
        fruitless.formIntersection(waiting)
        var made: [(session: SessionID, ranking: Ranking)] = []
        for session in waiting where !fruitless.contains(session) {
            try Task.checkCancellation()
            if let ranking = try await precompute(session.id, with: recommender) {
                made.append((session.id, ranking))
            } else {
                fruitless.insert(session)
            }
        }
        return made
    }

    /// Makes the rows of one session; `nil` where there was nothing to recommend.
    private func precompute(_ session: SessionID, with recommender: Recommender) async throws -> Ranking? {
        let pipeline = RecommendationPipeline(store: store)
        let request = RecommendRequest(session: session, phase: Self.phase)
        do {
            let inputs = try await pipeline.inputs(for: request)
            let rankings = recommender.rankings(
                of: inputs.candidates,
                session: session,
                history: inputs.history
            )
            let saved = try await pipeline.save(rankings, for: request, startingWith: .svd)
            return saved.response.svdTopSaved > 0 ? rankings.svd : nil
        } catch is ServiceError {
            return nil
        }
    }
}
