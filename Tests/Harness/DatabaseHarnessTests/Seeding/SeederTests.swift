import DatabaseHarness
import Domain
import PostgresClient
import PostgresStore
import PostgresTestSupport
import RecommendationEngine
import Testing

extension PostgresTests {
    struct SeederTests {
        private static let tables = ["user_sessions", "movie_ratings", "session_phase1_movies", "recommendations"]

        private func counts(_ address: PostgresAddress) async throws -> [Int] {
            let connection = try await PostgresConnection.open(address)
            var counts: [Int] = []
            for table in Self.tables {
                counts.append(try await connection.query("SELECT count(*) FROM \(table)").single())
            }
            return counts
        }

        @Test func `the schema can be created again over data`() async throws {
            let address = try await freshDatabase()
            let seeder = Seeder(address, seed: 1)
            try await seeder.insert([recorded(session(), at: [1, 2])])
            try await seeder.createSchema(schema)
            #expect(try await counts(address) == [1, 2, 0, 0])
        }

        @Test func `a broken schema is an error with the server's words`() async throws {
            let seeder = Seeder(try await freshDatabase(), seed: 1)
            let error = try await #require(throws: PostgresError.self) {
                try await seeder.createSchema("CREATE TABLE a (b nonsense);")
            }
            #expect(error.description.contains("type \"nonsense\" does not exist"))
        }

        @Test func `the catalogue keeps the file's order`() async throws {
            let address = try await freshDatabase()
            let seeder = Seeder(address, seed: 1)
            let movies = Array(catalogue(9_066).reversed())
            try await seeder.loadCatalogue(catalogue(5))
            try await seeder.loadCatalogue(movies)
            let read = try await PostgresRecommendationStore(address).catalogue(limit: 10_000)
            #expect(read.movies == movies.map(\.id))
        }

        @Test func `removes exactly what it inserted, with rows that came later`() async throws {
            let address = try await freshDatabase()
            let (others, own) = (Seeder(address, seed: 1), Seeder(address, seed: 2))
            try await others.insert([recorded(session(1), at: [1, 2, 3], phase1: ["m1"])])
            let before = try await counts(address)
            try await own.insert([
                recorded(session(2), at: [1, 2], phase1: ["m1", "m2"]), recorded(session(3), at: []),
            ])
            let store = PostgresRecommendationStore(address)
            try await store.replaceRecommendations(
                session: session(2),
                phase: 2,
                svd: rows(.svd, of: session(2)),
                p5: []
            )
            #expect(try await counts(address) == [3, 5, 3, 10])
            #expect(own.sessions == [session(2), session(3)])
            try await own.removeInserted()
            #expect(try await counts(address) == before)
            #expect(own.sessions.isEmpty)
        }

        @Test func `removes also where the task is cancelled`() async throws {
            let address = try await freshDatabase()
            let seeder = Seeder(address, seed: 2)
            try await seeder.insert([recorded(session(2), at: [1, 2])])
            let task = Task {
                try? await Task.sleep(for: .seconds(60))
                try await seeder.removeInserted()
            }
            task.cancel()
            try await task.value
            #expect(try await counts(address) == [0, 0, 0, 0])
        }

        @Test(arguments: tables)
        func `refuses a session of which any table holds rows, and inserts nothing`(table: String) async throws {
            let address = try await freshDatabase()
            let connection = try await PostgresConnection.open(address)
            let statement =
                switch table {
                case "user_sessions": "INSERT INTO user_sessions (id) VALUES ($1::text::uuid)"
                case "movie_ratings":
                    "INSERT INTO movie_ratings (session_id, movie_id, rating) VALUES ($1::text::uuid, 'x', 1)"
                case "session_phase1_movies":
                    "INSERT INTO session_phase1_movies (session_id, movie_id) VALUES ($1::text::uuid, 'x')"
                default:
                    """
                    INSERT INTO recommendations (session_id, movie_id, score, model, phase, rank)
                    VALUES ($1::text::uuid, 'x', 1, 'svd', 2, 1)
                    """
                }
            try await connection.query(statement, [.session(session(2))])
            let before = try await counts(address)
            let seeder = Seeder(address, seed: 1)
            let error = try await #require(throws: PostgresError.self) {
                try await seeder.insert([recorded(session(1), at: [1]), recorded(session(2), at: [1])])
            }
            #expect(error.code == .sessionExists)
            #expect(error.description.contains("session \(session(2)) already has rows in \(table)"))
            #expect(seeder.sessions.isEmpty)
            try await seeder.removeInserted()
            #expect(try await counts(address) == before)
        }

        @Test func `a session that is recorded twice is refused whole`() async throws {
            let address = try await freshDatabase()
            await #expect(throws: PostgresError.self) {
                try await Seeder(address, seed: 1).insert([recorded(session(), at: [1]), recorded(session(), at: [1])])
            }
            #expect(try await counts(address) == [0, 0, 0, 0])
        }
    }
}

struct SeededRowIDsTests {
    @Test func `ids increase within a session, differ between sessions and seeds, and repeat`() throws {
        let ids = SeededRowIDs(seed: 42)
        let own = [0, 1, 15, 16, 4_095, 4_096, 65_535, 65_536, (1 << 28) - 1].map { ids.id(of: session(), index: $0) }
        #expect(own == own.sorted())
        #expect(Set(own).count == own.count)
        #expect(own.allSatisfy { SessionID($0)?.text == $0 })
        #expect(own[3] == SeededRowIDs(seed: 42).id(of: session(), index: 16))
        #expect(own[0] != ids.id(of: session(2), index: 0))
        #expect(own[0] != SeededRowIDs(seed: 43).id(of: session(), index: 0))
    }
}
