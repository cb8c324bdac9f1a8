import Domain

/// Rows that were read, found by their session without a second copy of them all.
struct RowsBySession {
    private let rows: [StoredRecommendation]
    /// Where each session's rows are; one run each where the rows are ordered by session.
    private let runs: [SessionID: [Range<Int>]]

    /// Finds the runs of each session.
    ///
    /// - Complexity: O(*n*) in the number of rows.
    init(_ rows: [StoredRecommendation]) {
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
    var sessions: some Collection<SessionID> { runs.keys }

    /// The rows of a session in the order in which they were read.
    ///
    /// - Complexity: O(*n*) in the number of the session's rows.
    subscript(session: SessionID) -> [StoredRecommendation] {
        (runs[session] ?? []).flatMap { rows[$0] }
    }
}
