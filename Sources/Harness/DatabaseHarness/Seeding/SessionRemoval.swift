import Domain
import PostgresClient

/// Takes sessions with all their rows out of a database, inside a transaction.
struct SessionRemoval: Sendable {
    /// The tables that hold rows of sessions with the column of the session's id, in the order of removal.
    static let tables = [
        (name: "recommendations", column: "session_id"), (name: "movie_ratings", column: "session_id"),
        (name: "session_phase1_movies", column: "session_id"), (name: "user_sessions", column: "id"),
    ]

    private let sessions: [SessionID]

    /// Creates a removal.
    init(of sessions: [SessionID]) {
        self.sessions = sessions
    }

    /// Removes them.
    ///
    /// - Throws: ``PostgresError``.
    func run(on connection: PostgresConnection) async throws {
        for (table, column) in Self.tables {
            try await connection.query(
                "DELETE FROM \(table) WHERE \(column) = ANY ($1::text[]::uuid[])",
                [.sessions(sessions)]
            )
        }
    }

    /// Removes what the transaction has inserted, and takes that back: rights, row security, triggers, foreign keys and
    /// publications of the database may all be in the way, and are found out before anything lands.
    ///
    /// - Throws: ``PostgresError`` (`notRemovable`) where they would stay.
    func rehearse(on connection: PostgresConnection) async throws {
        try await connection.query("SAVEPOINT removal")
        do {
            try await insertRecommendation(on: connection)
            try await run(on: connection)
            let left = try await counts(on: connection)
            if let index = left.firstIndex(where: { $0 > 0 }) {
                throw PostgresError(
                    .notRemovable,
                    "\(left[index]) rows of the table \(Self.tables[index].name) stay when they are deleted, by a trigger or a "
                        + "rule of the database"
                )
            }
        } catch let error as PostgresError where error.code == .statementFailed || error.code == .notRemovable {
            throw PostgresError(
                .notRemovable,
                "the sessions that the run would insert could not be removed again, so nothing was inserted: "
                    + error.message,
                sqlState: error.sqlState
            )
        }
        try await connection.query("ROLLBACK TO SAVEPOINT removal")
    }

    /// Inserts a row such as the service writes, where the connection's user may.
    private func insertRecommendation(on connection: PostgresConnection) async throws {
        guard let session = sessions.first else { return }
        try await connection.query("SAVEPOINT recommendation")
        do {
            try await connection.query(
                """
                INSERT INTO recommendations (session_id, movie_id, score, model, phase, rank)
                SELECT $1::uuid, id::text, 0, 'svd', 2, 1 FROM phase2_movies LIMIT 1
                """,
                [.session(session)]
            )
        } catch let error as PostgresError where error.code == .statementFailed {
            // Then it is the service's user alone who may.
            try await connection.query("ROLLBACK TO SAVEPOINT recommendation")
        }
    }

    /// How many rows each table holds, in the order of ``tables``.
    private func counts(on connection: PostgresConnection) async throws -> [Int] {
        let counts = Self.tables.map { table, column in
            "(SELECT count(*) FROM \(table) WHERE \(column) = ANY ($1::text[]::uuid[]))"
        }
        let rows = try await connection.query("SELECT \(counts.joined(separator: ", "))", [.sessions(sessions)])
        guard let row = rows.first else { return [] }
        return try Self.tables.indices.map { try row.value($0) }
    }
}
