import DatabaseHarness
import Foundation
import PostgresClient

/// `coldstart db verify` over a million rows of `recommendations`, all as they should be.
struct AuditFigure {
    /// The program `coldstart`.
    let program: String
    /// The tables of the database.
    let schema: String
    /// How often it runs.
    let rounds: Int

    /// Sessions with ratings, phase-1 movies and both models' sets of ten: twenty rows each.
    private static let rows = """
        INSERT INTO phase2_movies (id, title, created_at)
        SELECT n::text, 'Movie ' || n, '2020-01-01'::timestamptz + n * interval '1 us'
        FROM generate_series(1, 9066) AS n;
        INSERT INTO user_sessions (id, phase, created_at)
        SELECT md5('s' || n)::uuid, 'recommendation', '2020-01-01' FROM generate_series(1, 50000) AS n;
        INSERT INTO movie_ratings (session_id, movie_id, rating, created_at)
        SELECT md5('s' || n)::uuid, (9000 + r)::text, r % 11, '2020-01-02'
        FROM generate_series(1, 50000) AS n, generate_series(1, 14) AS r;
        INSERT INTO session_phase1_movies (session_id, movie_id)
        SELECT md5('s' || n)::uuid, (9000 + r)::text FROM generate_series(1, 50000) AS n, generate_series(1, 15) AS r;
        INSERT INTO recommendations (session_id, movie_id, score, model, phase, rank, display_order, created_at)
        SELECT md5('s' || n)::uuid, ((n * 7 + r * 13 + CASE model WHEN 'svd' THEN 0 ELSE 131 END) % 8900 + 1)::text,
            5.0 - r * 0.1, model, 2, r,
            CASE WHEN r <= 5 THEN 2 * r - CASE model WHEN 'svd' THEN 1 ELSE 0 END END, '2020-01-03'
        FROM generate_series(1, 50000) AS n, unnest(ARRAY['svd', 'p5']) AS model, generate_series(1, 10) AS r;
        ANALYZE;
        """

    /// Measures; an audit that finds something fails the figure.
    func measure() async throws -> Figure {
        let schema = try String(contentsOfFile: schema, encoding: .utf8)
        return try await ThrowAwayCluster.with { cluster in
            try await Seeder(cluster.address, seed: 1).createSchema(schema)
            try await PostgresConnection.open(cluster.address).execute(script: Self.rows)
            var series = Series()
            // The first run warms the server's memory up and does not count.
            for round in 0...rounds {
                let timing = try ProgramRun.time(
                    [program, "db", "verify", "--db", cluster.address.withSecrets, "--format", "json"]
                )
                if round > 0 { series.add(timing) }
            }
            return Figure(
                name: "db verify, 1,000,000 rows",
                unit: .seconds,
                coldstart: series.seconds,
                aim: .audit,
                note: "\(Quantity.text(series.cpu, .seconds)) of its own processor time; "
                    + "throw-away PostgreSQL \(cluster.version) on a Unix socket"
            )
        }
    }
}
