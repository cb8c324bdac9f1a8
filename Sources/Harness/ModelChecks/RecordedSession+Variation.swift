import Domain
import RecommendationEngine

extension RecordedSession {
    /// The ratings that the service reads, newest first.
    var readRatings: [Rating] { history(limit: RecommendationPipeline.historyLimit) }

    /// Returns the session with other ratings.
    func with(ratings: [Rating]) -> RecordedSession {
        RecordedSession(id: id, phase: phase, ratings: ratings, phase1Movies: phase1Movies)
    }

    /// Returns the session with ratings given in this order, newest first, a second apart.
    ///
    /// - Parameter newestFirst: Movies and values.
    /// - Returns: The session.
    func with(newestFirst: [(movie: MovieID, value: Double)]) -> RecordedSession {
        let newest = ratings.map(\.createdAt).max() ?? Timestamp(microseconds: 0)
        return with(
            ratings: newestFirst.enumerated()
                .map { place, rating in
                    let moment = newest.advanced(byMicroseconds: -1_000_000 * Int64(place))
                    return Rating(movie: rating.movie, value: rating.value, createdAt: moment)
                }
        )
    }

    /// Returns the session with more movies shown in phase 1.
    func with(shown movies: [MovieID]) -> RecordedSession {
        RecordedSession(id: id, phase: phase, ratings: ratings, phase1Movies: phase1Movies + movies)
    }

    /// The ratings as pairs, newest first.
    var pairs: [(movie: MovieID, value: Double)] { readRatings.map { ($0.movie, $0.value) } }
}
