import DatabaseHarness
import Domain
import Observations
import Scenarios

extension RowReader {
    /// Reads the sets of requests' sessions, each whole.
    ///
    /// - Parameter requests: The requests.
    /// - Returns: The rows of each session, also of phases that no request is for.
    /// - Throws: `PostgresError`.
    func sets(of requests: [PlannedRequest]) async throws -> RowsBySession {
        RowsBySession(try await rows(of: requests.map(\.session.id)))
    }
}

extension PlannedRequest {
    /// Where the rows of the answer go.
    var slot: RowSlot { RowSlot(session: session.id, phase: phase) }
}
