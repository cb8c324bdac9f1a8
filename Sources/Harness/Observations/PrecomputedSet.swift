package import Domain

/// SVD rows that the service made for a session before it asked.
package struct PrecomputedSet: Hashable, Sendable {
    /// The session.
    package let session: SessionID
    /// The phase of the rows.
    package let phase: Int
    /// When they were made, from the start of the instance.
    package let moment: Duration
    /// The whole ranking whose best are the rows.
    package let ranking: Ranking

    /// Creates a set.
    package init(session: SessionID, phase: Int, moment: Duration, ranking: Ranking) {
        self.session = session
        self.phase = phase
        self.moment = moment
        self.ranking = ranking
    }
}
