package import PostgresClient

/// A database of two sessions with whole, right rows, for tests that then break one thing.
package struct AuditedDatabase {
    /// The first session.
    package static let first = "00000000-0000-4000-8000-00000000000a"
    /// The second session.
    package static let second = "00000000-0000-4000-8000-00000000000b"

    /// Where it is.
    package let address: PostgresAddress
    /// A connection to it.
    package let connection: PostgresConnection

    /// Movies `f1` to `f30`; SVD ranks `f1`…`f10`, P5 `f11`…`f20`; five of each are displayed, SVD begins.
    private static let rows = """
        INSERT INTO phase2_movies (id, created_at)
        SELECT 'f' || n, '2020-01-01'::timestamptz + n * interval '1 second' FROM generate_series(1, 30) n;
        INSERT INTO user_sessions (id, phase) VALUES ('\(first)', 'recommendation'), ('\(second)', 'recommendation');
        INSERT INTO movie_ratings (session_id, movie_id, rating, created_at)
        SELECT id, 'f' || 20 + n, n, '2020-01-02' FROM user_sessions, generate_series(1, 3) n;
        INSERT INTO session_phase1_movies (session_id, movie_id)
        SELECT id, 'f' || 20 + n FROM user_sessions, generate_series(1, 5) n;
        INSERT INTO recommendations (session_id, movie_id, score, model, phase, rank, display_order, created_at)
        SELECT id, 'f' || rank + CASE model WHEN 'svd' THEN 0 ELSE 10 END, 9 - rank / 8.0, model, 2, rank,
            CASE WHEN rank <= 5 THEN 2 * rank - CASE model WHEN 'svd' THEN 1 ELSE 0 END END, '2020-01-03'
        FROM user_sessions, unnest(ARRAY['svd', 'p5']) model, generate_series(1, 10) rank;
        """

    /// Creates the database and breaks it.
    package init(_ script: String = "") async throws {
        address = try await freshDatabase()
        connection = try await PostgresConnection.open(address)
        try await connection.execute(script: Self.rows + script)
    }
}
