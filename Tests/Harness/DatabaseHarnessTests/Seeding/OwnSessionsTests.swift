import Domain
import PostgresClient
import PostgresTestSupport
import Testing

@testable import DatabaseHarness

struct SessionMarkTests {
    @Test(arguments: [
        SessionMark.running(key: 0), .running(key: .max), .running(key: 0xA_0B), .unguarded, .kept, .unmarked,
    ])
    func `a mark is read as it was written`(mark: SessionMark) {
        #expect(SessionMark(userID: mark.userID) == mark)
    }

    @Test(arguments: ["", "visitor", "coldstart-", "coldstarter", "coldstart-0123456789ABCDEF", "coldstart-123"])
    func `no other text is a mark`(text: String) {
        #expect(SessionMark(userID: text) == nil)
    }
}

extension PostgresTests {
    struct OwnSessionsTests {
        private typealias State = OwnSessions.Session.State

        private func states(_ sessions: [OwnSessions.Session]) -> [String: State] {
            Dictionary(uniqueKeysWithValues: sessions.map { ($0.id, $0.state) })
        }

        @Test func `a run that lives keeps its sessions, and one that has ended loses them`() async throws {
            let address = try await freshDatabase()
            let own = OwnSessions(address)
            try await RunGuard.with(address) { runGuard in
                guard case .running = runGuard.mark else {
                    Issue.record("no lock: \(runGuard.mark)")
                    return
                }
                try await Seeder(address, seed: 1, mark: runGuard.mark).insert([recorded(session(1), at: [1, 2])])
                let result = try await own.remove(.all)
                #expect(result.removed.isEmpty && states(result.left) == [session(1).text: .running])
            }
            // The run is over and has not removed its session.
            let preview = try await own.preview(of: .leftOver)
            #expect(preview.removed.map(\.rows) == [3] && preview.left.isEmpty)
            #expect(try await own.remove(.leftOver).removed.map(\.id) == [session(1).text])
            #expect(try await own.remove(.leftOver) == own.preview(of: .all))
        }

        @Test func `what was kept, and what a pooler makes uncertain, goes when all is asked for`() async throws {
            let address = try await freshDatabase()
            let connection = try await PostgresConnection.open(address)
            let seeders = [SessionMark.kept, .unguarded, .unguarded, .unmarked]
                .map { Seeder(address, seed: 1, mark: $0) }
            for (number, seeder) in seeders.enumerated() {
                try await seeder.insert([recorded(session(number), at: [1])])
            }
            try await connection.query(
                "UPDATE user_sessions SET start_time = now() - interval '25 hours' WHERE id = $1::text::uuid",
                [.session(session(2))]
            )
            let first = try await OwnSessions(address).remove(.leftOver)
            #expect(Set(first.removed.map(\.id)) == [session(2).text, session(3).text])
            #expect(states(first.left) == [session(0).text: .kept, session(1).text: .uncertain])
            #expect(try await OwnSessions(address).remove(.all).removed.count == 2)
        }

        /// Rows that somebody else gave a session of ours, or a session that is somebody else's.
        @Test(arguments: [
            "INSERT INTO movie_ratings (session_id, movie_id, rating) SELECT id, 'x', 1 FROM user_sessions",
            "INSERT INTO session_phase1_movies (session_id, movie_id) SELECT id, 'x' FROM user_sessions",
            "UPDATE user_sessions SET user_id = 'coldstart fan'", "UPDATE user_sessions SET user_id = NULL",
        ])
        func `a session that others write to is never removed`(statement: String) async throws {
            let address = try await freshDatabase()
            try await Seeder(address, seed: 1, mark: .unmarked).insert([recorded(session(), at: [1], phase1: ["f"])])
            let connection = try await PostgresConnection.open(address)
            try await connection.query(statement)
            #expect(try await OwnSessions(address).remove(.all).removed.isEmpty)
            #expect(try await connection.query("SELECT count(*) FROM user_sessions").single(Int.self) == 1)
        }

        /// What may stand in the way of a removal, and whether a word of it is in the message.
        @Test(arguments: [
            ("CREATE PUBLICATION p_SCHEMA FOR TABLE SCHEMA.session_phase1_movies", "55000"),
            ("CREATE PUBLICATION q_SCHEMA FOR TABLE SCHEMA.movie_ratings", nil),
            (
                "CREATE RULE stay AS ON DELETE TO recommendations DO INSTEAD NOTHING; INSERT INTO phase2_movies (id) VALUES ('f')",
                ""
            ),
            (
                """
                CREATE FUNCTION stay() RETURNS trigger LANGUAGE plpgsql AS 'BEGIN RETURN NULL; END';
                CREATE TRIGGER stay BEFORE DELETE ON movie_ratings FOR EACH ROW EXECUTE FUNCTION stay()
                """,
                ""
            ),
        ])
        func `nothing is inserted that could not be removed again`(script: String, state: String?) async throws {
            let address = try await freshDatabase()
            let connection = try await PostgresConnection.open(address)
            let name: String = try await connection.query("SELECT current_schema::text").single()
            try await connection.execute(script: script.replacing("SCHEMA", with: name))
            let seeder = Seeder(address, seed: 1, mark: .unguarded)
            let sessions = [recorded(session(), at: [1, 2], phase1: ["f"])]
            guard let state else {
                try await seeder.insert(sessions)
                try await seeder.removeInserted()
                return
            }
            let error = try await #require(throws: PostgresError.self) { try await seeder.insert(sessions) }
            #expect(error.code == .notRemovable && error.sqlState ?? "" == state, "\(error)")
            #expect(error.description.contains("nothing was inserted"))
            for table in ["user_sessions", "movie_ratings", "session_phase1_movies", "recommendations"] {
                #expect(try await connection.query("SELECT count(*) FROM \(table)").single(Int.self) == 0)
            }
            // A database of the run's own goes as a whole.
            try await Seeder(address, seed: 1).insert(sessions)
        }

        @Test func `what cannot be removed any more is named with the command that does it later`() async throws {
            let address = try await freshDatabase()
            let seeder = Seeder(address, seed: 1, mark: .unguarded)
            try await seeder.insert([recorded(session(), at: [1])])
            let connection = try await PostgresConnection.open(address)
            try await connection.execute(
                script: """
                    CREATE FUNCTION no() RETURNS trigger LANGUAGE plpgsql AS $$ BEGIN RAISE 'not today'; END $$;
                    CREATE TRIGGER no BEFORE DELETE ON user_sessions FOR EACH ROW EXECUTE FUNCTION no()
                    """
            )
            let error = try await #require(throws: PostgresError.self) { try await seeder.removeInserted() }
            #expect(error.code == .notRemovable)
            for part in [
                "is left in the database, 1 in number", session().text, "not today", "coldstart db clean --all --db '",
            ] {
                #expect(error.description.contains(part), "\(error)")
            }
            try await connection.execute(script: "DROP TRIGGER no ON user_sessions")
            #expect(try await OwnSessions(address).remove(.all).removed.map(\.id) == [session().text])
        }
    }
}
