package import Domain

/// One rating that is given while the service runs.
package struct PlannedRating: Hashable, Sendable {
    /// When it is given, from the start of the instance.
    package let at: Duration
    /// Whose it is.
    package internal(set) var session: SessionID
    /// Its place among the session's ratings, the recorded ones included, from 0.
    package let index: Int
    /// The rating, newer than every earlier one of the session.
    package let rating: Rating

    /// Creates a rating.
    package init(at: Duration, session: SessionID, index: Int, rating: Rating) {
        self.at = at
        self.session = session
        self.index = index
        self.rating = rating
    }
}

extension Scenario {
    /// Resolves the ratings of the scenario, in the order in which they are given.
    func plannedRatings(among places: SessionPlaces) throws(ScenarioError) -> [PlannedRating] {
        var planned: [PlannedRating] = []
        var given: [SessionID: Int] = [:]
        let order = ratings.indices.sorted { (ratings[$0].at, $0) < (ratings[$1].at, $1) }
        for new in order.map({ ratings[$0] }) {
            let session = try places.find(new.session.value, at: new.session.location)
            let index = session.ratings.count + given[session.id, default: 0]
            let newest = session.ratings.map(\.createdAt).max() ?? Timestamp(microseconds: 0)
            // A second apart, as those of a visitor are at least.
            let moment = newest.advanced(byMicroseconds: Int64(index + 1) * 1_000_000)
            given[session.id, default: 0] += 1
            planned.append(
                PlannedRating(
                    at: new.at,
                    session: session.id,
                    index: index,
                    rating: Rating(movie: new.movie, value: new.value, createdAt: moment)
                )
            )
        }
        return planned
    }
}
