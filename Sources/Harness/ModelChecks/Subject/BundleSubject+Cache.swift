package import Domain
import RecommendationEngine
import Synchronization

extension BundleSubject {
    package func answerTwice(_ session: RecordedSession) async throws -> CachedAnswers {
        let store = SessionStore(session, catalogue: catalogue)
        let results = BundleCache(capacity: 1)
        results.identify("bundle")
        let conditions = RankingConditions(.both)
        let pipeline = RecommendationPipeline(
            store: store,
            catalogues: UncachedCatalogue(store: store),
            results: results
        ) { _, _ in try recommender(conditions) }

        func answer() async throws -> CachedAnswers.Answer {
            let hooks = CacheWatch()
            let request = RecommendRequest(session: session.id)
            let answer = try await pipeline.answer(request, in: .full, hooks: hooks)
            return CachedAnswers.Answer(
                rankings: SubjectRanking(
                    svd: answer.rankings.first { $0.model == .svd } ?? Ranking(model: .svd, places: []),
                    p5: answer.rankings.first { $0.model == .p5 },
                    notes: answer.notes
                ),
                rows: store.takeRows(),
                display: answer.response.display,
                isHit: hooks.wasHit
            )
        }
        let first = try await answer()
        let second = try await answer()
        store.changeOldestRating()
        return CachedAnswers(first: first, second: second, isHitAfterNewRating: try await answer().isHit)
    }
}

/// The hooks of a request that only watches the result cache.
private final class CacheWatch: RequestHooks {
    private let hit = Mutex(false)

    /// Whether the cache had the rankings.
    var wasHit: Bool { hit.withLock { $0 } }

    func displayStart() -> Model { .svd }

    func lookedUp(hit: Bool) { self.hit.withLock { $0 = hit } }
}

/// The tables of a service with one session, in memory.
private final class SessionStore: RecommendationStore {
    private struct State {
        var history: [Rating]
        var rows: [RecommendationRow] = []
    }

    private let phase1Movies: [MovieID]
    private let movies: [MovieID]
    private let state: Mutex<State>

    init(_ session: RecordedSession, catalogue: [MovieID]) {
        phase1Movies = session.phase1Movies
        movies = catalogue
        state = Mutex(State(history: session.history(limit: RecommendationPipeline.historyLimit)))
    }

    /// Returns the rows written since the last call.
    func takeRows() -> [RecommendationRow] {
        state.withLock { state in
            defer { state.rows = [] }
            return state.rows
        }
    }

    /// Gives the oldest rating another value.
    func changeOldestRating() {
        state.withLock { state in
            guard let oldest = state.history.popLast() else { return }
            let value = oldest.value < 5 ? oldest.value + 1 : oldest.value - 1
            state.history.append(Rating(movie: oldest.movie, value: value, createdAt: oldest.createdAt))
        }
    }

    func sessionInputs(of session: SessionID, historyLimit: Int) -> SessionInputs {
        SessionInputs(
            history: state.withLock { Array($0.history.prefix(historyLimit)) },
            phase1Movies: phase1Movies
        )
    }

    func catalogueFingerprint(limit: Int) -> String { "catalogue" }

    func catalogue(limit: Int) -> Catalogue {
        Catalogue(movies: Array(movies.prefix(limit)), fingerprint: catalogueFingerprint(limit: limit))
    }

    func replaceRecommendations(
        session: SessionID,
        phase: Int,
        svd: [RecommendationRow],
        p5: [RecommendationRow]
    ) {
        state.withLock { $0.rows = svd + p5 }
    }
}
