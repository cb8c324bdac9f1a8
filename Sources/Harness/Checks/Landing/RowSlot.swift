import Domain

/// A session and a phase of the study, which hold one set of rows.
struct RowSlot: Hashable {
    /// The session.
    let session: SessionID
    /// The phase of the study.
    let phase: Int
}

extension ExpectedSet {
    /// Where the set belongs.
    var slot: RowSlot { RowSlot(session: session, phase: phase) }
}

extension ExpectedRow.Key {
    /// The set that the row belongs to.
    var slot: RowSlot { RowSlot(session: session, phase: phase) }
}
