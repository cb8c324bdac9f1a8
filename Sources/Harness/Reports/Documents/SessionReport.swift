import Domain
package import ModelComparison

/// A session that takes part in a scenario, in a report: `session`, and `ratings` as they are recorded.
package struct SessionReport: Hashable, Sendable, Codable {
    /// The session's id.
    package var session: String
    /// The ratings in the order in which they were given.
    package var ratings: [SessionRankings.Rated]

    /// Copies a recorded session.
    init(_ session: RecordedSession) {
        self.session = session.id.text
        ratings = session.ratings.map(SessionRankings.Rated.init)
    }
}
