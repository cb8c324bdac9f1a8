package import Domain
import RecommendationEngine

/// The service's storage in PostgreSQL: the tables of `scenarios/schema.sql`.
///
/// Both models' sets of a session and phase are replaced in one transaction, and writers of the same set wait for each
/// other: otherwise two that run at once would each delete the old set and both insert theirs.
package struct PostgresRecommendationStore: RecommendationStore {
    /// Called at each ``WriteBoundary``; what it throws fails the write as an error of the database would.
    package typealias BoundaryHook = @Sendable (WriteBoundary) async throws -> Void

    private let pool: PostgresPool
    private let onBoundary: BoundaryHook?

    /// Creates a store over connections to a database.
    ///
    /// - Parameters:
    ///   - pool: The connections; one is used for the whole of a write.
    ///   - onBoundary: The hook for faults.
    package init(pool: PostgresPool, onBoundary: BoundaryHook? = nil) {
        self.pool = pool
        self.onBoundary = onBoundary
    }

    /// Creates a store with connections of its own.
    package init(_ address: PostgresAddress, onBoundary: BoundaryHook? = nil) {
        self.init(pool: PostgresPool(address), onBoundary: onBoundary)
    }

    /// The same store with a hook for faults.
    package func observing(_ onBoundary: @escaping BoundaryHook) -> PostgresRecommendationStore {
        PostgresRecommendationStore(pool: pool, onBoundary: onBoundary)
    }

    package func history(of session: SessionID, limit: Int) async throws -> [Rating] {
        let rows = try await pool.withConnection { connection in
            try await connection.query(
                """
                SELECT movie_id::text, rating::float8, created_at::timestamptz FROM movie_ratings
                WHERE session_id = $1::uuid ORDER BY created_at DESC, id DESC LIMIT $2
                """,
                [.session(session), .integer(limit)]
            )
        }
        return try rows.map { row in
            Rating(movie: MovieID(try row.value(0)), value: try row.value(1), createdAt: try row.value(2))
        }
    }

    package func candidates(for session: SessionID, limit: Int) async throws -> [MovieID] {
        let rows = try await pool.withConnection { connection in
            try await connection.query(
                """
                SELECT film.id::text
                FROM (SELECT id, created_at FROM phase2_movies ORDER BY created_at, id LIMIT $2) AS film
                WHERE NOT EXISTS (
                    SELECT FROM session_phase1_movies AS shown
                    WHERE shown.session_id = $1::uuid AND shown.movie_id::text = film.id::text
                )
                ORDER BY film.created_at, film.id
                """,
                [.session(session), .integer(limit)]
            )
        }
        return try rows.map { MovieID(try $0.value(0)) }
    }

    package func replaceRecommendations(
        session: SessionID,
        phase: Int,
        svd: [RecommendationRow],
        p5: [RecommendationRow]
    ) async throws {
        for (model, rows) in [(Model.svd, svd), (.p5, p5)] {
            let belongs = rows.allSatisfy { $0.session == session && $0.phase == phase && $0.model == model }
            precondition(belongs, "rows of another session, phase or model in the \(model.rawValue) set of \(session)")
        }
        try await pool.withConnection { connection in
            func pass(_ moment: WriteBoundary.Moment) async throws {
                try await onBoundary?(
                    WriteBoundary(moment: moment, session: session, phase: phase, backendPID: connection.backendPID)
                )
            }
            try await pass(.beforeTransaction)
            try await connection.withTransaction {
                try await connection.lockSets(of: session, phase: phase)
                try await connection.query(
                    """
                    DELETE FROM recommendations
                    WHERE session_id = $1::uuid AND phase = $2 AND model IN ('svd', 'p5')
                    """,
                    [.session(session), .integer(phase)]
                )
                try await connection.insert(svd)
                try await pass(.betweenSets)
                try await connection.insert(p5)
                try await pass(.beforeCommit)
            }
            try await pass(.afterCommit)
        }
    }
}

extension PostgresConnection {
    /// Makes other writers of a session's sets wait until the transaction ends.
    nonisolated func lockSets(of session: SessionID, phase: Int) async throws {
        try await query(
            "SELECT pg_advisory_xact_lock(hashtextextended('recommendations'::regclass::oid::text || $1, $2))",
            [.session(session), .integer(phase)]
        )
    }

    /// Inserts rows of `recommendations` with one statement.
    ///
    /// - Complexity: O(*n*) in the number of rows; one round trip, none without rows.
    nonisolated func insert(_ rows: [RecommendationRow]) async throws {
        guard !rows.isEmpty else { return }
        try await query(
            """
            INSERT INTO recommendations (session_id, movie_id, score, model, phase, rank, display_order)
            SELECT set.session_id::uuid, set.movie_id, set.score, set.model, set.phase, set.rank, set.display_order
            FROM unnest($1::text[], $2::text[], $3::float8[], $4::text[], $5::bigint[], $6::bigint[], $7::bigint[])
                AS set (session_id, movie_id, score, model, phase, rank, display_order)
            """,
            [
                .sessions(rows.map(\.session)),
                .texts(rows.map(\.movie.text)),
                .doubles(rows.map(\.score)),
                .texts(rows.map(\.model.rawValue)),
                .integers(rows.map(\.phase)),
                .integers(rows.map(\.rank)),
                .integers(rows.map(\.displayOrder)),
            ]
        )
    }
}
