package import Domain

/// Takes ratings out of recorded sessions, so that rankings can be judged by them.
///
/// The last ratings in time are held out, the practice for sessions (leave-last-out; Meng et al., "Exploring Data Splitting
/// Strategies for the Evaluation of Recommendation Models", RecSys 2020). A held-out movie that was rated high enough is
/// worth its rating; a rating below that makes it worth nothing. It is a candidate again: that phase 1 showed it is what a
/// side is not told.
package struct HoldOut: Hashable, Sendable {
    /// How many of a session's last ratings are held out, beside those that the recording marks.
    package let last: Int
    /// The lowest rating of a movie that is relevant, 0 to 10.
    package let leastRating: Double

    /// The lowest rating of a relevant movie where none is given.
    package static let defaultLeastRating = 7.0

    /// Creates a rule.
    ///
    /// - Precondition: `last` is not negative.
    package init(last: Int, leastRating: Double = HoldOut.defaultLeastRating) {
        precondition(last >= 0, "\(last) ratings held out")
        self.last = last
        self.leastRating = leastRating
    }

    /// Splits a session; one with no more ratings than are held out keeps them all, and nothing is known of it.
    ///
    /// - Returns: The session without what is held out, and what was, the last first.
    /// - Complexity: O(*n* log *n*) in the number of ratings.
    package func split(_ session: RecordedSession) -> (kept: RecordedSession, heldOut: [Rating]) {
        guard session.ratings.count > last, last > 0 else {
            return (session.offering(session.heldOut, ratings: session.ratings), session.heldOut)
        }
        let order = session.ratings.indices.sorted {
            (session.ratings[$0].createdAt, $0) > (session.ratings[$1].createdAt, $1)
        }
        let out = Set(order.prefix(last))
        let heldOut = order.prefix(last).map { session.ratings[$0] } + session.heldOut
        let ratings = session.ratings.indices.filter { !out.contains($0) }.map { session.ratings[$0] }
        return (session.offering(heldOut, ratings: ratings), heldOut)
    }

    /// A recorded session to be compared, without what is held out, by which it is judged.
    package func compared(_ session: RecordedSession) -> ComparedSession {
        let (kept, heldOut) = split(session)
        guard !heldOut.isEmpty else { return ComparedSession(kept) }
        let relevant = heldOut.filter { $0.value >= leastRating && $0.value > 0 }
            .map { Relevance.Judgement(movie: $0.movie, gain: $0.value) }
        return ComparedSession(kept, relevant: relevant)
    }

    /// What is held out, in words; `nil` where no rule says so and no rating is marked.
    ///
    /// - Parameter isMarked: Whether the recording marks ratings.
    /// - Returns: The words.
    package func source(isMarked: Bool) -> String? {
        let parts = (last > 0 ? ["the last \(last) ratings"] : []) + (isMarked ? ["ratings marked as held out"] : [])
        return parts.isEmpty ? nil : parts.joined(separator: " and ")
    }
}

extension RecordedSession {
    /// The session with these ratings, in which held-out movies are candidates, unless one of the ratings is of them.
    fileprivate func offering(_ heldOut: [Rating], ratings: [Rating]) -> RecordedSession {
        let offered = Set(heldOut.map(\.movie)).subtracting(ratings.map(\.movie))
        return RecordedSession(
            id: id,
            phase: phase,
            ratings: ratings,
            phase1Movies: phase1Movies.filter { !offered.contains($0) }
        )
    }
}
