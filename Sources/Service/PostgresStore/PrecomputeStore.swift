package import Domain
package import PostgresClient
package import RecommendationEngine

/// The storage for recommendations that are made before anybody asks: it adds where there are none, and never replaces.
package struct PrecomputeStore: RecommendationStore {
    /// An active session that has ratings and no recommendations.
    package struct WaitingSession: Hashable, Sendable {
        /// The session.
        package let id: SessionID
        /// When its newest rating was given.
        package let newestRating: Timestamp
    }

    private let pool: PostgresPool
    private let reader: PostgresRecommendationStore
    private let onInsert: @Sendable (_ session: SessionID, _ rows: Int) -> Void

    /// Creates a store.
    ///
    /// - Parameters:
    ///   - pool: The connections.
    ///   - onInsert: Called once rows of a session have landed.
    package init(pool: PostgresPool, onInsert: @escaping @Sendable (_ session: SessionID, _ rows: Int) -> Void) {
        self.pool = pool
        self.reader = PostgresRecommendationStore(pool: pool)
        self.onInsert = onInsert
    }

    private static let waiting = PostgresStatement.Text(
        """
        SELECT session.id::text, rated.newest
        FROM user_sessions AS session
        CROSS JOIN LATERAL (
            SELECT max(created_at)::timestamptz AS newest, count(*) AS ratings
            FROM movie_ratings WHERE session_id = session.id
        ) AS rated
        WHERE session.end_time IS NULL
            AND rated.ratings >= greatest(coalesce(session.minimum_ratings_required, 1), 1)
            AND NOT EXISTS (SELECT FROM recommendations WHERE session_id = session.id AND phase = $1)
        ORDER BY rated.newest DESC, session.id LIMIT $2
        """
    )

    /// Returns the sessions that have not ended, have ratings enough and have no rows, the latest rating first.
    ///
    /// - Throws: ``PostgresError``.
    package func waitingSessions(phase: Int, limit: Int) async throws -> [WaitingSession] {
        let statement = PostgresStatement(Self.waiting, [.integer(phase), .integer(limit)])
        let rows = try await pool.transaction(.read, [statement])[0]
        return
            try rows.compactMap { row in
                let text: String = try row.value(0)
                return SessionID(text).map { id in (id, row) }
            }
            .map { id, row in WaitingSession(id: id, newestRating: try row.value(1)) }
    }

    package func sessionInputs(of session: SessionID, historyLimit: Int) async throws -> SessionInputs {
        try await reader.sessionInputs(of: session, historyLimit: historyLimit)
    }

    package func catalogueFingerprint(limit: Int) async throws -> String {
        try await reader.catalogueFingerprint(limit: limit)
    }

    package func catalogue(limit: Int) async throws -> Catalogue {
        try await reader.catalogue(limit: limit)
    }

    /// Adds the rows where the session has none in this phase by the time its turn to write has come.
    package func replaceRecommendations(
        session: SessionID,
        phase: Int,
        svd: [RecommendationRow],
        p5: [RecommendationRow]
    ) async throws {
        let isInserted = try await pool.withTransaction(.write) { connection in
            try await connection.query(.lock(setsOf: session, phase: phase))
            let isAnswered: Bool =
                try await connection.query(
                    "SELECT EXISTS (SELECT FROM recommendations WHERE session_id = $1::uuid AND phase = $2)",
                    [.session(session), .integer(phase)]
                )
                .single()
            if isAnswered { return false }
            for insertion in PostgresStatement.insertion(of: svd) + PostgresStatement.insertion(of: p5) {
                try await connection.query(insertion)
            }
            return true
        }
        if isInserted { onInsert(session, svd.count + p5.count) }
    }
}
