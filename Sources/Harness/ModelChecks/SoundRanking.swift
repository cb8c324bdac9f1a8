import Domain
import RecommendationEngine

/// What every ranking has to be, whatever the session: so many different candidates, in the order of finite scores.
struct SoundRanking {
    /// The session.
    let session: RecordedSession
    /// The movies to choose from.
    let catalogue: [MovieID]
    /// What ranked.
    let subject: any RankingSubject

    /// Returns what is wrong with the SVD model's ranking, `nil` where it is sound.
    ///
    /// - Complexity: O(*n*) in the catalogue.
    func fault(ofSVD ranking: Ranking) -> String? {
        let shown = Set(session.phase1Movies)
        let candidates = Set(catalogue.filter { subject.knows($0) && !shown.contains($0) })
        let wanted = min(Recommender.rerankedMovies, candidates.count)
        let found = Set(ranking.movies)
        if let fault = order(of: ranking) { return fault }
        if let stranger = ranking.movies.first(where: { !candidates.contains($0) }) {
            return "SVD ranks movie \(stranger), which is no candidate of the session"
        }
        guard found.count == wanted else {
            return "expected \(wanted) candidates of \(candidates.count), found \(found.count)"
        }
        return nil
    }

    /// Returns what is wrong with P5's ranking of what it was given, `nil` where it is sound.
    ///
    /// - Complexity: O(*n*) in the places.
    func fault(ofP5 ranking: Ranking, given: Ranking) -> String? {
        let expected = given.movies.filter(subject.isMapped)
        if let fault = order(of: ranking) { return fault }
        if let stranger = ranking.movies.first(where: { !expected.contains($0) }) {
            return "P5 ranks movie \(stranger), which it was not given"
        }
        if let missing = Set(expected).subtracting(ranking.movies).min() {
            return "P5 was given \(expected.count) movies with an internal id, and ranks \(ranking.places.count): "
                + "movie \(missing) is missing"
        }
        // Equal scores keep the order of SVD.
        let places = Dictionary(given.movies.enumerated().map { ($1, $0) }) { first, _ in first }
        for (place, next) in zip(ranking.places, ranking.places.dropFirst())
        where place.score == next.score && places[place.movie, default: 0] > places[next.movie, default: 0] {
            return "P5 rank \(place.rank): movie \(place.movie) stands before movie \(next.movie) of the same score "
                + "\(place.score), which SVD puts first"
        }
        return nil
    }

    /// Returns where a movie comes twice, a rank is not its place, or a score is not finite or higher than the one
    /// before.
    private func order(of ranking: Ranking) -> String? {
        let model = ranking.model.name
        var seen: Set<MovieID> = []
        for (index, place) in ranking.places.enumerated() {
            guard seen.insert(place.movie).inserted else {
                return "\(model) rank \(index + 1): movie \(place.movie) comes a second time"
            }
            guard place.rank == index + 1 else {
                return "\(model) place \(index + 1): movie \(place.movie) calls itself rank \(place.rank)"
            }
            guard place.score.isFinite else {
                return "\(model) rank \(index + 1): movie \(place.movie) scores \(place.score)"
            }
            if index > 0, ranking.places[index - 1].score < place.score {
                return "\(model) rank \(index + 1): movie \(place.movie) scores \(place.score), more than the one "
                    + "before"
            }
        }
        return nil
    }
}
