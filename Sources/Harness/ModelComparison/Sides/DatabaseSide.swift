import DatabaseHarness
package import Domain
package import PostgresClient
import RankingMetrics

/// The rows of a database as a side: what a service really wrote.
package enum DatabaseSide {
    /// Reads the rows of sessions, or of all sessions.
    ///
    /// Of each model the list is its rows by rank, and the display list its rows by display order; a session without rows
    /// is one that this side lacks.
    ///
    /// - Parameters:
    ///   - address: The database.
    ///   - phase: The phase of the study.
    ///   - sessions: The sessions; `nil` for all that have rows.
    /// - Returns: The side.
    /// - Throws: `PostgresError`.
    package static func side(_ address: PostgresAddress, phase: Int = 2, sessions: [SessionID]?) async throws
        -> StoredSide
    {
        let reader = RowReader(address)
        let reading =
            if let sessions { try await reader.reading(of: sessions) } else {
                try await reader.reading(ofOthersThan: [])
            }
        let rows = reading.rows.map(\.row).filter { $0.phase == phase }
        var table = MovieTable()
        var content: [(key: String, content: SideSession)] = []
        var repeats = 0
        var start = 0
        while start < rows.count {
            let end = rows[start...].firstIndex { $0.session != rows[start].session } ?? rows.count
            let found = lists(of: rows[start..<end], in: &table)
            repeats += ComparedList.allCases.reduce(0) { $0 + (found[$1]?.repeats ?? 0) }
            content.append((rows[start].session.text, SideSession(lists: found)))
            start = end
        }
        var notes: [String] = []
        if !reading.strange.isEmpty {
            notes.append("\(reading.strange.count) rows are none of the service's, the first: \(reading.strange[0])")
        }
        if repeats > 0 { notes.append("\(repeats) movies stand a second time in a session's list") }
        if rows.count < reading.rows.count {
            notes.append("\(reading.rows.count - rows.count) rows of other phases than \(phase) are left out")
        }
        return StoredSide(
            name: "\(address)",
            kind: "database",
            sessions: content,
            movies: table,
            notes: notes
        )
    }

    private static func lists(
        of rows: ArraySlice<RecommendationRow>,
        in table: inout MovieTable
    ) -> ByList<RankedList?> {
        var lists = ByList<RankedList?>(repeating: nil)
        for model in Model.allCases {
            let own = rows.filter { $0.model == model }.sorted { $0.rank < $1.rank }
            guard !own.isEmpty else { continue }
            lists[ComparedList(model)] = RankedList(own.map { (movie: $0.movie, score: $0.score) }, in: &table)
        }
        let shown = rows.filter { $0.displayOrder != nil }
            .sorted { ($0.displayOrder ?? 0) < ($1.displayOrder ?? 0) }
        if !shown.isEmpty {
            lists.display = RankedList(
                shown.enumerated().map { (movie: $1.movie, score: Double(shown.count - $0)) },
                in: &table
            )
        }
        return lists
    }
}
