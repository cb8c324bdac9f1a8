package import Domain

/// A session and a phase of the study, which hold one set of rows.
package struct RowSlot: Hashable, Sendable {
    /// The session.
    package let session: SessionID
    /// The phase of the study.
    package let phase: Int

    /// Creates a slot.
    package init(session: SessionID, phase: Int) {
        self.session = session
        self.phase = phase
    }

    /// The slot that a row is in.
    package init(_ row: RecommendationRow) {
        self.init(session: row.session, phase: row.phase)
    }
}
