import DatabaseHarness
import Domain
import Observations
import Scenarios

extension RowReader {
    /// Reads the sets of requests' sessions, each whole.
    ///
    /// - Parameter requests: The requests.
    /// - Returns: The rows of each session and phase that has any, also of phases that no request is for.
    /// - Throws: `PostgresError`.
    func sets(of requests: [PlannedRequest]) async throws -> [RowSlot: [StoredRecommendation]] {
        let rows = try await rows(of: requests.map(\.session.id))
        var sets: [RowSlot: [StoredRecommendation]] = [:]
        // They are ordered by session and phase: each set is a run, and takes no more memory than it needs, as answers
        // keep it for the whole of a run.
        var start = 0
        while start < rows.count {
            let slot = RowSlot(rows[start].row)
            let end = rows[start...].firstIndex { RowSlot($0.row) != slot } ?? rows.count
            sets[slot] = Array(rows[start..<end])
            start = end
        }
        return sets
    }
}

extension PlannedRequest {
    /// Where the rows of the answer go.
    var slot: RowSlot { RowSlot(session: session.id, phase: phase) }
}
