import Formats
import PostgresClient

/// What another role sees of the rows that visitors are shown.
struct RoleView: Sendable {
    /// How many displayed rows of each session it sees; sessions of which it sees none are not named.
    let displayed: [ExactText: Int]
    /// What the server said where the role may not read the table at all.
    let refusal: String?

    /// Counts as the role, inside the connection's transaction, and gives the role back.
    ///
    /// - Throws: ``PostgresError``; `roleRefused` where the role does not exist or may not be taken on.
    init(of role: String, phase: Int, _ columns: TableColumns, on connection: PostgresConnection) async throws {
        try await connection.query("SAVEPOINT role_view")
        try await connection.query("SET LOCAL row_security = on")
        try await connection.takeOn(role: role)
        do {
            let rows = try await connection.query(
                """
                SELECT lower(session_id::text), count(*) FROM recommendations
                WHERE display_order IS NOT NULL AND (\(columns.integer("recommendations", "phase"))) = $1
                    AND session_id IS NOT NULL
                GROUP BY 1
                """,
                [.integer(phase)]
            )
            var displayed: [ExactText: Int] = [:]
            for row in rows { displayed[ExactText(try row.value(0))] = try row.value(1) }
            self.displayed = displayed
            refusal = nil
        } catch let error as PostgresError where error.code == .statementFailed && error.sqlState == "42501" {
            displayed = [:]
            refusal = "the role \(role) may not read recommendations"
        }
        // Also undoes the role and the setting.
        try await connection.query("ROLLBACK TO SAVEPOINT role_view")
    }
}
