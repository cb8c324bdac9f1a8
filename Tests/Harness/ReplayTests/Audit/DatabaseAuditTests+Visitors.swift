import Checks
import PostgresTestSupport
import Replay
import Testing

extension DatabaseAuditTests {
    /// What is done to a right database of two visitors, and what they then see.
    struct Change: Sendable, CustomTestStringConvertible {
        let sql: String
        let own: Int
        var withoutRows = 0
        var despiteRows = 0
        var withoutP5 = 0

        var testDescription: String { sql }
    }

    private static let second = "session_id = '\(AuditedDatabase.second)'"

    static let changes = [
        Change(sql: "", own: 2),
        Change(sql: "DELETE FROM recommendations", own: 0, withoutRows: 2),
        Change(sql: "DELETE FROM recommendations WHERE \(second)", own: 1, withoutRows: 1),
        Change(sql: "UPDATE recommendations SET phase = 1 WHERE \(second)", own: 1, withoutRows: 1),
        Change(sql: "UPDATE recommendations SET display_order = NULL WHERE \(second)", own: 1, despiteRows: 1),
        Change(sql: "UPDATE recommendations SET display_order = NULL WHERE \(second) AND rank > 1", own: 2),
        // SVD alone: a right list is one of its ten movies.
        Change(
            sql: "DELETE FROM recommendations WHERE model = 'p5';"
                + "UPDATE recommendations SET display_order = rank WHERE \(second)",
            own: 2,
            withoutP5: 2
        ),
        Change(sql: "UPDATE user_sessions SET phase = 'phase1' WHERE id = '\(AuditedDatabase.second)'", own: 1),
        Change(sql: "DELETE FROM user_sessions WHERE id = '\(AuditedDatabase.second)'", own: 1),
        Change(
            sql: "DELETE FROM movie_ratings; DELETE FROM session_phase1_movies; DELETE FROM recommendations",
            own: 0,
            withoutRows: 2
        ),
        Change(sql: "DELETE FROM user_sessions; DELETE FROM recommendations", own: 0),
    ]

    @Test("Visitors who see the silent fallback are counted, and those who do not", arguments: changes)
    func visitors(change: Change) async throws {
        let database = try await AuditedDatabase(change.sql)
        let result = try await DatabaseAudit(of: database.address).result()
        let visitors = result.visitors
        #expect(visitors.asked == change.own + change.withoutRows + change.despiteRows)
        #expect(visitors.own == change.own)
        #expect(visitors.fallbackWithoutRows == change.withoutRows)
        #expect(visitors.fallbackDespiteRows == change.despiteRows)
        #expect(visitors.fallback == change.withoutRows + change.despiteRows)
        #expect(visitors.withoutP5 == change.withoutP5)
    }
}
