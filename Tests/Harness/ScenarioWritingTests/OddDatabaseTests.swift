import ColdstartTestSupport
import DatabaseHarness
import Domain
import Foundation
import PostgresClient
import PostgresStore
import PostgresTestSupport
import RecommendationEngine
import ScenarioWriting
import Scenarios
import Testing

/// What `record` writes `run` reads, whatever a database holds.
@Suite("Recording of odd databases", .sharedCluster, .timeLimit(.minutes(10)))
struct OddDatabaseTests {
    /// Values that PostgreSQL stores and a recording may not be able to hold.
    private enum Odd {
        static let moments = [
            "2024-01-02", "9999-12-31 23:59:59.999999+00", "10000-01-01", "20231-05-01", "0044-03-15 BC", "infinity",
            "-infinity", "0001-01-01 00:00+00", "1969-12-31 23:59:59.999999+00", "294276-12-31", "4713-01-01 BC",
        ]
        static let ratings = ["8", "0", "10", "NaN", "11", "-0.5", "7.123456789012345678", "10.0000001", "1e-300"]
        static let ids = [
            "1", "", " ", "0012", String(repeating: "x", count: 200), String(repeating: "x", count: 201),
            "\u{E9}", "e\u{301}", "千\u{1F3AC}", "\u{1}\t\n", "\"quoted\\'", "\u{2028}", "12345678901234567890123",
        ]
        static let titles = [
            nil, "", "plain", "\u{7F}\u{1}", "a\r\nb", "\u{202E}turned", String(repeating: "t", count: 5000),
        ]
        static let years = [nil, 0, 1994, 9999, 10_000, -5, Int(Int32.max)]
        static let phases = [nil, "", "recommendation", "phase1", "\n"]
    }

    /// Fills the tables at random; ids of movies may come twice, as in a view.
    private static func fill(_ connection: PostgresConnection, using random: inout SplitMix64) async throws {
        let tables = "recommendations, user_sessions, movie_ratings, session_phase1_movies, phase2_movies"
        try await connection.execute(
            script: """
                TRUNCATE \(tables); ALTER TABLE phase2_movies DROP CONSTRAINT phase2_movies_pkey;
                ALTER TABLE user_sessions DROP CONSTRAINT user_sessions_pkey;
                ALTER TABLE movie_ratings ALTER movie_id DROP NOT NULL, ALTER rating DROP NOT NULL,
                    ALTER created_at DROP NOT NULL;
                ALTER TABLE phase2_movies ALTER id DROP NOT NULL
                """
        )
        for _ in 0..<Int.random(in: 1...12, using: &random) {
            try await connection.query(
                "INSERT INTO phase2_movies (id, title, year) VALUES ($1, ($2::text[])[1], ($3::bigint[])[1])",
                [
                    .text(Odd.ids.randomElement(using: &random) ?? ""),
                    .texts([Odd.titles.randomElement(using: &random) ?? nil]),
                    .integers([Odd.years.randomElement(using: &random) ?? nil]),
                ]
            )
        }
        for number in 0..<Int.random(in: 1...4, using: &random) {
            let session = "aaaaaaaa-0000-4000-8000-00000000000\(number)"
            for _ in 0..<Int.random(in: 1...5, using: &random) / 4 + 1 {
                try await connection.query(
                    "INSERT INTO user_sessions (id, phase) VALUES ($1::text::uuid, ($2::text[])[1])",
                    [.text(session), .texts([Odd.phases.randomElement(using: &random) ?? nil])]
                )
            }
            for _ in 0..<Int.random(in: 0...6, using: &random) {
                try await connection.query(
                    """
                    INSERT INTO movie_ratings (session_id, movie_id, rating, created_at) VALUES ($1::text::uuid,
                        nullif($2, ' '), $3::text::numeric, $4::text::timestamptz)
                    """,
                    [
                        .text(session), .text(Odd.ids.randomElement(using: &random) ?? ""),
                        .text(Odd.ratings.randomElement(using: &random) ?? "1"),
                        .text(Odd.moments.randomElement(using: &random) ?? "2024-01-02"),
                    ]
                )
            }
            try await connection.query(
                "INSERT INTO session_phase1_movies (session_id, movie_id) VALUES ($1::text::uuid, $2)",
                [.text(session), .text(Odd.ids.randomElement(using: &random) ?? "")]
            )
        }
    }

    /// What PostgreSQL itself says a recording can hold.
    private static let countable = """
        SELECT
            (SELECT count(*) FROM movie_ratings), (SELECT count(DISTINCT id) FROM phase2_movies
                WHERE octet_length(id) BETWEEN 1 AND 200),
            (SELECT count(*) FROM movie_ratings WHERE rating BETWEEN 0 AND 10 AND octet_length(movie_id) BETWEEN 1 AND 200
                AND created_at >= '0001-01-01 00:00+00' AND created_at < '10000-01-01 00:00+00'),
            (SELECT count(*) FROM phase2_movies)
        """

    @Test("What was recorded is read again whole, and what was left out is counted", arguments: 1...40)
    func roundTrip(seed: UInt64) async throws {
        var random = SplitMix64(seed: seed)
        let database = try await AuditedDatabase()
        try await Self.fill(database.connection, using: &random)
        let counts = try await database.connection.query(Self.countable)[0]
        let (all, movies): (Int, Int) = (try counts.value(0), try counts.value(1))
        let (recordable, allMovies): (Int, Int) = (try counts.value(2), try counts.value(3))
        for isRaw in [true, false] {
            let folder = try TemporaryFolder()
            let path = folder.path + "/visit.yaml"
            let recording = DatabaseRecording(
                of: database.address,
                includesRows: true,
                pseudonyms: isRaw ? nil : SessionPseudonyms(key: Array("sixteen bytes and".utf8)),
                bundle: Fixtures.packageDirectory + "/scenarios/bundle"
            )
            let summary: DatabaseRecording.Summary
            do {
                summary = try await recording.write(to: path, schema: ServiceSchema.text, toolVersion: "test")
            } catch let error as PostgresError {
                // The one database that cannot be recorded is one without movies.
                #expect(movies == 0 && "\(error)".contains("holds no movie"), "seed \(seed): \(error)")
                #expect(try FileManager.default.contentsOfDirectory(atPath: folder.path) == [])
                continue
            }
            #expect(summary.ratings + summary.leftOut.ratings == all, "seed \(seed)")
            guard summary.sessions > 0 else {
                #expect(recordable == 0, "seed \(seed)")
                continue
            }
            #expect(summary.movies == movies && summary.movies + summary.leftOut.movies == allMovies, "seed \(seed)")
            let scenarios = try ScenarioLoader.load([path])
            let sessions = try SessionReader.read(folder.path + "/visit.sessions.jsonl")
            #expect(try scenarios[0].plan(sessions: sessions).requests.count == summary.sessions)
            #expect(sessions.reduce(0) { $0 + $1.ratings.count } == summary.ratings)
            #expect(try CatalogueReader.read(folder.path + "/visit.catalogue.jsonl").count == movies)
            if isRaw { #expect(summary.ratings == recordable, "seed \(seed)") }
            // The databases of a run take them too.
            let fresh = try await AuditedDatabase()
            try await fresh.connection.execute(script: "TRUNCATE user_sessions, phase2_movies")
            let seeder = Seeder(fresh.address, seed: 1)
            try await seeder.loadCatalogue(try CatalogueReader.read(folder.path + "/visit.catalogue.jsonl"))
            try await fresh.connection.execute(script: "TRUNCATE movie_ratings, session_phase1_movies, recommendations")
            try await seeder.insert(sessions)
            for session in sessions {
                let store = PostgresRecommendationStore(fresh.address)
                let history = try await store.sessionInputs(of: session.id, historyLimit: 50).history
                #expect(history == session.history(limit: 50), "seed \(seed)")
            }
        }
    }
}
