import Domain
import RecommendationEngine
import Testing

struct ResultCacheTests {
    @Test("the same request finds what was kept")
    func hits() {
        let cache = ResultCache(capacity: 2)
        cache.keep(rankings(1), for: key())
        #expect(cache.rankings(for: key())?.notes == ["1"])
    }

    @Test(
        "whatever a ranking depends on is part of the key",
        arguments: [
            key(history: rated(["318", "296"])), key(history: rated(["296", "318", "593"])),
            key(candidates: ["50"]), key(state: .svdOnly), key(bundle: "other"), key(session: session(2)),
        ]
    )
    func misses(other: ResultCache.Key) {
        let cache = ResultCache(capacity: 2)
        cache.keep(rankings(1), for: key())
        #expect(cache.rankings(for: other) == nil)
    }

    @Test("a rating that changed its value misses")
    func missesOnValue() {
        let cache = ResultCache(capacity: 2)
        cache.keep(rankings(1), for: key())
        var history = rated(["318", "296", "593"])
        history[0] = Rating(movie: history[0].movie, value: 1, createdAt: history[0].createdAt)
        #expect(cache.rankings(for: key(history: history)) == nil)
    }

    @Test("the session unused for longest makes room")
    func evicts() {
        let cache = ResultCache(capacity: 2)
        cache.keep(rankings(1), for: key(session: session(1)))
        cache.keep(rankings(2), for: key(session: session(2)))
        _ = cache.rankings(for: key(session: session(1)))
        cache.keep(rankings(3), for: key(session: session(3)))
        #expect(cache.rankings(for: key(session: session(1))) != nil)
        #expect(cache.rankings(for: key(session: session(2))) == nil)
        #expect(cache.rankings(for: key(session: session(3))) != nil)
    }
}

private func rankings(_ number: Int) -> Recommender.Rankings {
    var rankings = Recommender.Rankings()
    rankings.notes = ["\(number)"]
    return rankings
}

private func session(_ number: Int) -> SessionID {
    SessionID("00000000-0000-4000-8000-00000000000\(number)")!
}

private func key(
    session: SessionID = session(1),
    history: [Rating] = rated(["318", "296", "593"]),
    candidates: [MovieID] = ["50", "1"],
    state: ServingState = .full,
    bundle: String = "bundle"
) -> ResultCache.Key {
    ResultCache.Key(
        session: session,
        inputs: RecommendationPipeline.Inputs(history: history, candidates: .read(candidates)),
        state: state,
        bundle: bundle
    )
}

/// Ratings of movies, newest first.
private func rated(_ movies: [MovieID]) -> [Rating] {
    movies.enumerated()
        .map { index, movie in
            Rating(movie: movie, value: Double(9 - index), createdAt: Timestamp(microseconds: Int64(1_000 - index)))
        }
}
