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
    private let pipeline: RecommendationPipeline
    /// Sessions for which nothing came out, which would else be tried in every round until they rate again.
    private var skippedSessions: Set<PrecomputeStore.WaitingSession> = []

    /// Creates rounds that have not begun.
    ///
    /// - Parameters:
    ///   - store: Finds the sessions and takes their rows.
    ///   - pipeline: The pipeline that answers requests; what it makes here goes to the store.
    package init(store: PrecomputeStore, pipeline: RecommendationPipeline) {
        self.store = store
        self.pipeline = pipeline.withoutResults.over(store)
    }

    /// Makes the rows of the sessions that wait now.
    ///
    /// - Returns: The sessions that have new rows, each with the whole ranking they are the top of.
    /// - Throws: `PostgresError`, `CancellationError`.
    @discardableResult
    package mutating func run() async throws -> [(session: SessionID, ranking: Ranking)] {
        let waiting = try await store.waitingSessions(
            phase: Self.phase,
            limit: Self.sessionsAtOnce + skippedSessions.count
        )
        skippedSessions.formIntersection(waiting)
        var made: [(session: SessionID, ranking: Ranking)] = []
        for session in waiting where !skippedSessions.contains(session) {
            try Task.checkCancellation()
            if let ranking = try await precompute(session.id) {
                made.append((session.id, ranking))
            } else {
                skippedSessions.insert(session)
            }
        }
        return made
    }

    /// Makes the rows of one session; `nil` where there was nothing to recommend.
    private func precompute(_ session: SessionID) async throws -> Ranking? {
        do {
            let made = try await pipeline.answer(
                RecommendRequest(session: session, phase: Self.phase),
                in: .svdOnly,
                hooks: PlainRequest(startingWith: .svd)
            )
            return made.response.svdTopSaved > 0 ? made.rankings.first { $0.model == .svd } : nil
        } catch is ServiceError {
            return nil
        }
    }
}
