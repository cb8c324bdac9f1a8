package import Domain

/// A session with what it had rated.
package struct CapsuleSession: Hashable, Sendable, Codable {
    /// A rating.
    package struct Given: Hashable, Sendable, Codable {
        /// The movie.
        package var movie: MovieID
        /// The rating, 0 to 10.
        package var rating: Double
        /// When it was given, in microseconds since 1970.
        package var at: Int64
    }

    /// The session.
    package var session: SessionID
    /// The phase of the study that it had reached.
    package var phase: String
    /// Its ratings in the order in which they were given.
    package var ratings: [Given]
    /// The movies that it was shown in phase 1, which are no candidates for it.
    package var phase1Movies: [MovieID]

    /// Copies a recorded session, but for ratings that are held out.
    package init(_ recorded: RecordedSession) {
        session = recorded.id
        phase = recorded.phase
        ratings = recorded.ratings.map {
            Given(movie: $0.movie, rating: $0.value, at: $0.createdAt.microseconds)
        }
        phase1Movies = recorded.phase1Movies
    }

    /// The session as a plan takes it.
    var recorded: RecordedSession {
        RecordedSession(
            id: session,
            phase: phase,
            ratings: ratings.map {
                Rating(movie: $0.movie, value: $0.rating, createdAt: Timestamp(microseconds: $0.at))
            },
            phase1Movies: phase1Movies
        )
    }
}
