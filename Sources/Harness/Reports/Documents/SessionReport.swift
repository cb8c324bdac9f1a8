package import Domain

/// A session that takes part in a scenario, in a report: `session`, and `ratings` as they are recorded.
package struct SessionReport: Hashable, Sendable, Codable {
    /// One rating.
    package struct Rated: Hashable, Sendable, Codable {
        /// The movie.
        package var movie: MovieID
        /// The rating, 0 to 10.
        package var rating: Double
    }

    /// The session's id.
    package var session: String
    /// The ratings in the order in which they were given.
    package var ratings: [Rated]

    /// Copies a recorded session.
    init(_ session: RecordedSession) {
        self.session = session.id.text
        ratings = session.ratings.map { Rated(movie: $0.movie, rating: $0.value) }
    }
}
