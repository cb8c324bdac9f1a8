package import Domain

/// Rows that were read, found by their session without a second copy of them all.
package struct RowsBySession: Sendable {
    private let rows: [StoredRecommendation]
    /// Where each session's rows are; one run each where the rows are ordered by session.
    private let runs: [SessionID: [Range<Int>]]

    /// Finds the runs of each session.
    ///
    /// - Complexity: O(*n*) in the number of rows.
    package init(_ rows: [StoredRecommendation]) {
        self.rows = rows
        var runs: [SessionID: [Range<Int>]] = [:]
        var start = 0
        while start < rows.count {
            let session = rows[start].row.session
            let end = rows[start...].firstIndex { $0.row.session != session } ?? rows.count
            runs[session, default: []].append(start..<end)
            start = end
        }
        self.runs = runs
    }

    /// The sessions that have rows, in no order.
    package var sessions: some Collection<SessionID> { runs.keys }

    /// The rows of a session in the order in which they were read; a part of all rows where they are one run.
    package subscript(session: SessionID) -> ArraySlice<StoredRecommendation> {
        guard let own = runs[session] else { return [] }
        return own.count == 1 ? rows[own[0]] : own.flatMap { rows[$0] }[...]
    }

    /// The rows of a session and phase in the order in which they were read; a part of all rows where they are one run.
    package subscript(slot: RowSlot) -> ArraySlice<StoredRecommendation> {
        let own = self[slot.session]
        guard let first = own.firstIndex(where: { $0.row.phase == slot.phase }),
            let last = own.lastIndex(where: { $0.row.phase == slot.phase })
        else { return [] }
        let run = own[first...last]
        return run.allSatisfy { $0.row.phase == slot.phase } ? run : run.filter { $0.row.phase == slot.phase }[...]
    }
}
