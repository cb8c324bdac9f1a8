import DatabaseHarness
import Domain
import Observations
import PostgresClient
import PostgresTestSupport
import Testing

extension PostgresTests {
    struct AuditReaderTests {
        /// The sessions of an audit in the order in which they come.
        private static func sessions(
            _ address: PostgresAddress,
            meanwhile: () async throws -> Void = {}
        ) async throws -> [AuditedSession] {
            try await AuditReader(address)
                .withSnapshot(phase: 2) { snapshot in
                    try await meanwhile()
                    var sessions: [AuditedSession] = []
                    try await snapshot.forEachSession { sessions.append($0) }
                    return sessions
                }
        }

        /// Ids that are texts in a table are compared by their text.
        private static let types = [
            "", "ALTER TABLE recommendations ALTER session_id TYPE text;",
            "ALTER TABLE user_sessions ALTER id DROP DEFAULT, ALTER id TYPE text;",
        ]

        @Test(arguments: types)
        func `sessions of all tables come in their order, with their rows or without`(types: String) async throws {
            let address = try await freshDatabase()
            try await PostgresConnection.open(address)
                .execute(
                    script: """
                        \(types)
                        ALTER TABLE recommendations ALTER session_id DROP NOT NULL;
                        INSERT INTO user_sessions (id, phase) VALUES
                            ('\(session(1))', 'recommendation'), ('\(session(2))', 'recommendation'),
                            ('\(session(3))', 'phase1'), ('\(session(4))', NULL), ('\(session(9))', 'recommendation');
                        INSERT INTO movie_ratings (session_id, movie_id, rating, created_at) VALUES
                            ('\(session(1))', 'm', 1, '1970-01-02'), ('\(session(4))', 'm', 1, 'infinity'),
                            ('\(session(5))', 'm', 1, '1970-01-03'), ('\(session(5))', 'n', 1, '1970-01-02');
                        INSERT INTO session_phase1_movies (session_id, movie_id) VALUES
                            ('\(session(5))', 'ä,b'), ('\(session(5))', ''), ('\(session(7))', 'c');
                        INSERT INTO recommendations
                            (session_id, movie_id, score, model, phase, rank, display_order, created_at)
                        VALUES
                            (NULL, 'x', 1, 'svd', 2, 1, NULL, '1970-01-02'),
                            ('\(session(2))', 'x', 1, 'svd', 2, 1, 1, '1970-01-02'),
                            ('\(session(5))', 'ä,b', 'NaN', 'p5', 2, 1, 2, '-infinity'),
                            ('\(session(4))', 'x', 1, 'svd', 2, 1, NULL, '1970-01-02'),
                            ('\(session(5))', 'y', 0.5, 'svd', 1, 2, NULL, '1970-01-02');
                        """
                )
            let found = try await Self.sessions(address)
            let names = found.map { "\($0.session ?? "none") \($0.isKnown) \($0.hasAsked) \($0.rows.count)" }
            #expect(
                names == [
                    "\(session(1)) true true 0", "\(session(2)) true true 1", "\(session(4)) true false 1",
                    "\(session(5)) false false 2", "\(session(9)) true true 0", "none false false 1",
                ]
            )
            let day: Int64 = 86_400_000_000
            #expect(found.map(\.ratings) == [1, 0, 1, 2, 0, 0])
            #expect(found.map(\.newestRating?.microseconds) == [day, nil, nil, 2 * day, nil, nil])
            #expect(found.map(\.phase1Movies) == [[], [], [], ["ä,b", ""], [], []])
            let rows = found[3].rows.sorted { ($0.rank ?? 0) < ($1.rank ?? 0) }
            #expect(rows[0].movie == "ä,b" && rows[0].score?.isNaN == true && rows[0].model == "p5")
            #expect(rows[0].phase == 2 && rows[0].displayOrder == 2 && rows[0].createdAt == nil)
            #expect(
                rows[1]
                    == AuditedSession.Row(
                        movie: "y",
                        score: 0.5,
                        model: "svd",
                        phase: 1,
                        rank: 2,
                        displayOrder: nil,
                        createdAt: Timestamp(microseconds: day)
                    )
            )
        }

        @Test func `every row arrives once, however many batches it takes`() async throws {
            let address = try await freshDatabase()
            try await PostgresConnection.open(address)
                .execute(
                    script: """
                        INSERT INTO user_sessions (id, phase)
                        SELECT md5('s' || n)::uuid, 'recommendation' FROM generate_series(1, 2500) n;
                        INSERT INTO recommendations (session_id, movie_id, score, model, phase, rank)
                        SELECT md5('s' || n)::uuid, n || ' ' || rank, 1, 'svd', 2, rank
                        FROM generate_series(1, 2400) n, generate_series(1, 10) rank;
                        """
                )
            let found = try await Self.sessions(address)
            #expect(found.count == 2500 && Set(found.map(\.session)).count == 2500)
            #expect(found.compactMap(\.session) == found.compactMap(\.session).sorted())
            #expect(found.count { $0.rows.isEmpty } == 100)
            for session in found where !session.rows.isEmpty {
                #expect(session.rows.compactMap(\.rank).sorted() == Array(1...10))
                #expect(Set(session.rows.map { $0.movie?.text.split(separator: " ").first }).count == 1)
            }
        }

        @Test(arguments: [true, false])
        func `all tables are read as they were at the beginning, over one connection too`(isAlone: Bool) async throws {
            let owner = try await freshDatabase()
            let connection = try await PostgresConnection.open(owner)
            let schema: String = try await connection.query("SELECT current_schema()::text").single()
            // The limit leaves no connection to share the snapshot with.
            try await connection.execute(
                script: """
                    CREATE ROLE auditor_\(schema) LOGIN CONNECTION LIMIT \(isAlone ? 1 : 2);
                    GRANT USAGE ON SCHEMA \(schema) TO auditor_\(schema);
                    GRANT SELECT ON ALL TABLES IN SCHEMA \(schema) TO auditor_\(schema);
                    INSERT INTO user_sessions (id, phase) VALUES ('\(session(1))', 'recommendation');
                    INSERT INTO recommendations (session_id, movie_id, score, model, phase, rank)
                    VALUES ('\(session(1))', 'x', 1, 'svd', 2, 1);
                    """
            )
            let auditor = try PostgresAddress("\(owner) user=auditor_\(schema)")
            var connections = 0
            let found = try await Self.sessions(auditor) {
                connections =
                    try await connection.query(
                        "SELECT count(*) FROM pg_stat_activity WHERE usename = $1",
                        [.text("auditor_\(schema)")]
                    )
                    .single()
                try await connection.execute(
                    script: """
                        INSERT INTO user_sessions (id, phase) VALUES ('\(session(2))', 'recommendation');
                        UPDATE recommendations SET session_id = '\(session(2))', rank = 2;
                        """
                )
            }
            #expect(connections == (isAlone ? 1 : 2))
            #expect(found.map(\.session) == [session(1).text])
            #expect(found.map { $0.rows.map(\.rank) } == [[1]])
        }
    }
}
