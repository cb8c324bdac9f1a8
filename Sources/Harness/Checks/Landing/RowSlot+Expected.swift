import Observations

extension ExpectedSet {
    /// Where the set belongs.
    var slot: RowSlot { RowSlot(session: session, phase: phase) }
}

extension ExpectedRow.Key {
    /// The set that the row belongs to.
    var slot: RowSlot { RowSlot(session: session, phase: phase) }
}
