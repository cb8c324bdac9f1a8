import Domain

extension ModelCheck {
    /// Movies that a session has seen in phase 1, which those that it rated are among, never come back.
    ///
    /// The service excludes by `session_phase1_movies`, not by ratings.
    static let ratedFilms = ModelCheck(
        "rated-films",
        "Movies of phase 1, which the rated ones are among, never come back; showing one more takes it alone away.",
        models: .svd
    ) { session, subject in
        let conditions = RankingConditions(.svd)
        let plain = try subject.rank(session, among: nil, conditions)
        if let obstacle = Look.obstacle(in: plain, .svd) { return obstacle }
        if let fault = returned(plain, session) { return .fails(fault) }
        let movies = plain.svd.movies
        let seen = [movies[0], movies[movies.count / 2]]
        let varied = try subject.rank(session.with(shown: seen), among: nil, conditions)
        let rest = plain.svd.places.filter { !seen.contains($0.movie) }
        let expected = rest.enumerated()
            .map { RankedMovie(movie: $1.movie, rank: $0 + 1, score: $1.score, text: $1.text) }
        let found = Ranking(model: .svd, places: Array(varied.svd.places.prefix(expected.count)))
        if let fault = returned(varied, session.with(shown: seen)) { return .fails("seen before: \(fault)") }
        let ranking = Ranking(model: .svd, places: expected)
        if let difference = RankingAgreement.difference(expected: ranking, found: found) {
            return .fails("with movies \(seen[0]) and \(seen[1]) seen in phase 1: \(difference)")
        }
        return .holds(comparisons: 2, remark: unlisted(plain, session))
    }

    /// Says that a rated movie is ranked because phase 1 does not list it, which the service allows.
    private static func unlisted(_ ranking: SubjectRanking, _ session: RecordedSession) -> String? {
        let rated = Set(session.ratings.map(\.movie))
        guard ranking.svd.movies.contains(where: rated.contains) else { return nil }
        return "a movie that was rated and is not in phase 1 is ranked, as the service excludes phase 1 alone"
    }

    /// Says which movie of phase 1 came back.
    private static func returned(_ ranking: SubjectRanking, _ session: RecordedSession) -> String? {
        let shown = Set(session.phase1Movies)
        guard let place = ranking.svd.places.first(where: { shown.contains($0.movie) }) else { return nil }
        let rated = session.ratings.contains { $0.movie == place.movie } ? "rated in" : "seen in"
        return "SVD rank \(place.rank): movie \(place.movie) was \(rated) phase 1 and comes back"
    }
}
