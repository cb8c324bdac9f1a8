import Checks
import PostgresClient
import PostgresTestSupport
import Replay
import Testing

@Suite("Audit of a database", .sharedCluster, .timeLimit(.minutes(10)))
struct DatabaseAuditTests {
    private static let a = "session_id = '\(AuditedDatabase.first)'"

    /// One defect: what is done to a right database, and the one class that must be found.
    struct Defect: Sendable, CustomTestStringConvertible {
        let kind: AuditClass
        var count = 1
        let sql: String
        let text: String

        var testDescription: String { "\(kind.rawValue): \(text)" }
    }

    private static let extraRow = """
        INSERT INTO recommendations (session_id, movie_id, score, model, phase, rank, created_at)
        VALUES ('\(AuditedDatabase.first)', 'f25x', 1, 'svd', 2, 11, '2020-01-03');
        """

    static let defects = [
        Defect(
            kind: .sessionsWithoutRows,
            sql: "DELETE FROM recommendations WHERE \(a)",
            text: "3 ratings and no row in phase 2"
        ),
        Defect(
            kind: .sessionsWithoutRows,
            sql: "UPDATE recommendations SET phase = 1 WHERE \(a)",
            text: "3 ratings and no row in phase 2"
        ),
        Defect(
            kind: .rowsNeverShown,
            sql: "UPDATE recommendations SET display_order = NULL WHERE \(a)",
            text: "20 rows, none with a display_order"
        ),
        Defect(
            kind: .partialSets,
            sql: "DELETE FROM recommendations WHERE \(a) AND model = 'p5' AND rank = 10",
            text: "9 of 10 rows"
        ),
        Defect(
            kind: .rankGaps,
            sql: "UPDATE recommendations SET rank = 11 WHERE \(a) AND model = 'p5' AND rank = 10",
            text: "rank 10 is missing"
        ),
        Defect(
            kind: .rankGaps,
            sql: "UPDATE recommendations SET rank = 2147483647 WHERE \(a) AND model = 'p5' AND rank = 10",
            text: "rank 10 to 2147483646 is missing"
        ),
        Defect(
            kind: .rankRepeats,
            sql: "UPDATE recommendations SET rank = 9 WHERE \(a) AND model = 'svd' AND rank = 10",
            text: "rank 9 more than once"
        ),
        Defect(
            kind: .duplicates,
            sql: "UPDATE recommendations SET movie_id = 'f1' WHERE \(a) AND model = 'svd' AND rank = 10",
            text: "movie f1 2 times"
        ),
        Defect(
            kind: .scoresOutOfOrder,
            sql: "UPDATE recommendations SET score = 99 WHERE \(a) AND model = 'svd' AND rank = 10",
            text: "rank 9 and 10: score 7.875 before 99.0"
        ),
        Defect(
            kind: .scoresNotFinite,
            sql: "UPDATE recommendations SET score = 'NaN' WHERE \(a) AND model = 'svd' AND rank = 10",
            text: "movie f10, rank 10: score nan"
        ),
        Defect(
            kind: .displayGaps,
            sql: "UPDATE recommendations SET display_order = NULL WHERE \(a) AND display_order = 7",
            text: "place 7 of 10 is missing"
        ),
        Defect(
            kind: .displayRepeats,
            sql: "UPDATE recommendations SET display_order = 10 WHERE \(a) AND model = 'svd' AND rank = 6",
            text: "place 10 more than once"
        ),
        Defect(
            kind: .displayStrangers,
            sql: "UPDATE recommendations SET display_order = 11 WHERE \(a) AND model = 'svd' AND rank = 6",
            text: "movie f6 at place 11"
        ),
        Defect(
            kind: .displayOutOfTurn,
            sql: "UPDATE recommendations SET display_order = 5 - display_order WHERE \(a) AND display_order IN (2, 3)",
            text: "place 2 is movie f2 of svd"
        ),
        Defect(
            kind: .phase1Movies,
            sql: "INSERT INTO session_phase1_movies VALUES ('\(AuditedDatabase.first)', 'f10')",
            text: "movie f10, rank 10"
        ),
        Defect(
            kind: .unknownMovies,
            sql: "UPDATE recommendations SET movie_id = 'f31' WHERE \(a) AND model = 'svd' AND rank = 10",
            text: "movie f31, rank 10"
        ),
        Defect(
            kind: .staleSets,
            count: 2,
            sql: "INSERT INTO movie_ratings (session_id, movie_id, rating, created_at) "
                + "VALUES ('\(AuditedDatabase.first)', 'f30', 5, '2020-01-08')",
            text: "5 days older than the newest rating"
        ),
        Defect(
            kind: .mixedSets,
            sql: "UPDATE recommendations SET created_at = '2020-01-02 21:00' WHERE \(a) AND model = 'p5' AND rank = 3",
            text: "created 3 h apart"
        ),
        Defect(
            kind: .unknownSessions,
            sql: "DELETE FROM user_sessions WHERE id = '\(AuditedDatabase.first)'",
            text: "20 rows"
        ),
        Defect(
            kind: .strangeRows,
            sql: "ALTER TABLE recommendations DROP CONSTRAINT recommendations_model_check;"
                + extraRow + "UPDATE recommendations SET model = 'svd2' WHERE movie_id = 'f25x'",
            text: "movie f25x: model is \"svd2\""
        ),
        Defect(
            kind: .strangeRows,
            sql: "ALTER TABLE recommendations ALTER rank DROP NOT NULL;"
                + extraRow + "UPDATE recommendations SET rank = NULL WHERE movie_id = 'f25x'",
            text: "movie f25x: rank is NULL"
        ),
        Defect(
            kind: .strangeRows,
            sql: "ALTER TABLE recommendations ALTER session_id DROP NOT NULL;"
                + extraRow + "UPDATE recommendations SET session_id = NULL WHERE movie_id = 'f25x'",
            text: "movie f25x: session_id is NULL"
        ),
        Defect(
            kind: .strangeRows,
            sql: "ALTER TABLE recommendations ALTER rank TYPE text;"
                + extraRow + "UPDATE recommendations SET rank = 'two' WHERE movie_id = 'f25x'",
            text: "movie f25x: rank is no whole number"
        ),
        Defect(
            kind: .strangeRows,
            sql: "ALTER TABLE recommendations ALTER rank TYPE numeric;"
                + extraRow + "UPDATE recommendations SET rank = 1e40 WHERE movie_id = 'f25x'",
            text: "movie f25x: rank is no whole number"
        ),
        Defect(
            kind: .scoresNotFinite,
            sql: "ALTER TABLE recommendations ALTER score TYPE numeric;"
                + "UPDATE recommendations SET score = -1e400 WHERE \(a) AND model = 'svd' AND rank = 10",
            text: "score -inf"
        ),
    ]

    @Test("A right database is sound, and says what visitors see")
    func sound() async throws {
        let database = try await AuditedDatabase()
        let result = try await DatabaseAudit(of: database.address).result()
        #expect(result.groups.filter { $0.count > 0 }.map(\.kind) == [])
        #expect(result.exitCode == .passed)
        #expect(
            result.summary.map { "\($0.model ?? "") \($0.phase ?? 0) \($0.rows) \($0.sessions)" } == [
                "svd 2 20 2", "p5 2 20 2",
            ]
        )
        #expect(result.visitors.asked == 2 && result.visitors.own == 2 && result.visitors.fallback == 0)
    }

    @Test("Each defect is found, and nothing else", arguments: defects)
    func found(defect: Defect) async throws {
        let database = try await AuditedDatabase(defect.sql)
        let result = try await DatabaseAudit(of: database.address).result()
        #expect(
            result.groups.filter { $0.count > 0 }.map { "\($0.kind.rawValue) \($0.count)" } == [
                "\(defect.kind.rawValue) \(defect.count)"
            ]
        )
        let example = try #require(result.groups.first { $0.kind == defect.kind }?.examples.first)
        #expect(example.text.contains(defect.text), "\(example.text)")
        #expect(result.exitCode == .landingFailed)
    }

    @Test("Every class has a defect that is tested")
    func everyClass() {
        // The hidden rows have a test of their own below.
        #expect(Set(Self.defects.map(\.kind)).union([.hiddenRows]) == Set(AuditClass.allCases))
    }

    @Test("Row security that hides rows shows in the role's view, and only there")
    func hidden() async throws {
        let database = try await AuditedDatabase()
        let schema: String = try await database.connection.query("SELECT current_schema()::text").single()
        try await database.connection.execute(
            script: """
                CREATE ROLE anon_\(schema);
                GRANT USAGE ON SCHEMA \(schema) TO anon_\(schema);
                GRANT SELECT ON recommendations TO anon_\(schema);
                ALTER TABLE recommendations ENABLE ROW LEVEL SECURITY;
                CREATE POLICY mine ON recommendations TO anon_\(schema)
                USING (session_id <> '\(AuditedDatabase.first)');
                """
        )
        #expect(try await DatabaseAudit(of: database.address).result().isSound)
        let result = try await DatabaseAudit(of: database.address, role: "anon_\(schema)").result()
        let wrong = result.groups.filter { $0.count > 0 }
        #expect(wrong.map(\.kind) == [.hiddenRows])
        #expect(wrong.first?.examples.map(\.text) == ["the role sees 0 of 10 displayed rows"])
        #expect(result.visitors.own == 1 && result.visitors.fallbackDespiteRows == 1)

        try await database.connection.execute(script: "REVOKE SELECT ON recommendations FROM anon_\(schema)")
        let refused = try await DatabaseAudit(of: database.address, role: "anon_\(schema)").result()
        #expect(refused.groups.first { $0.kind == .hiddenRows }?.count == 3)
        #expect(refused.visitors.fallback == 2)
    }

    @Test("An audit that row security would mislead is refused")
    func subjectToRowSecurity() async throws {
        let database = try await AuditedDatabase()
        let schema: String = try await database.connection.query("SELECT current_schema()::text").single()
        try await database.connection.execute(
            script: """
                CREATE ROLE reader_\(schema) LOGIN PASSWORD 'x';
                GRANT USAGE ON SCHEMA \(schema) TO reader_\(schema);
                GRANT SELECT ON ALL TABLES IN SCHEMA \(schema) TO reader_\(schema);
                ALTER TABLE recommendations ENABLE ROW LEVEL SECURITY;
                """
        )
        let address = try PostgresAddress("\(database.address) user=reader_\(schema)")
        await #expect { try await DatabaseAudit(of: address).result() } throws: { error in
            "\(error)".contains("row-level security")
        }
    }

    @Test("Another schema is refused with the column that is missing", arguments: ["display_order", "session_id"])
    func anotherSchema(column: String) async throws {
        let database = try await AuditedDatabase("ALTER TABLE recommendations DROP COLUMN \(column) CASCADE")
        await #expect { try await DatabaseAudit(of: database.address).result() } throws: { error in
            (error as? PostgresError)?.code == .wrongSchema
                && "\(error)".contains("the table recommendations has no column \(column)")
        }
    }

    @Test("An audit changes nothing, and a table of other types than the schema's is read as far as it goes")
    func strangeTypes() async throws {
        let database = try await AuditedDatabase(
            """
            ALTER TABLE recommendations ALTER session_id TYPE text, ALTER phase TYPE smallint, ALTER rank TYPE float8,
                ALTER display_order TYPE text, ALTER score TYPE text, ALTER created_at TYPE timestamp;
            """
        )
        #expect(try await DatabaseAudit(of: database.address).result().isSound)
        try await database.connection.execute(
            script:
                "INSERT INTO recommendations VALUES (gen_random_uuid(), 'no uuid', '', 'x', 'svd', 2, 'NaN', '-', '2020-01-03')"
        )
        let result = try await DatabaseAudit(of: database.address).result()
        #expect(result.groups.filter { $0.count > 0 }.map(\.kind) == [.unknownSessions, .strangeRows])
    }
}
