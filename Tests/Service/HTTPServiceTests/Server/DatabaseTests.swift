import DatabaseHarness
import Domain
import Foundation
import HTTPService
import Logging
import PostgresClient
import PostgresStore
import PostgresTestSupport
import RecommendationEngine
import Testing

/// The service over a real database.
@Suite(.timeLimit(.minutes(10)), .serialized, .needsPostgres)
struct DatabaseTests {
    private struct Database {
        let address: PostgresAddress
        let rowReader: RowReader
        let cluster: ThrowAwayCluster
    }

    private func withDatabase(_ sessions: [SessionID], _ body: (Database) async throws -> Void) async throws {
        try await ThrowAwayCluster.with { cluster in
            let seeder = Seeder(cluster.address, seed: 1)
            try await seeder.createSchema(schema)
            let contents = MemoryStore.Contents.shipped
            try await seeder.loadCatalogue(
                contents.candidates.map { CatalogueMovie(id: $0, title: $0.text, year: nil, genre: nil) }
            )
            let ratings = contents.histories[visitor] ?? []
            try await seeder.insert(
                sessions.map {
                    RecordedSession(id: $0, phase: "recommendation", ratings: ratings, phase1Movies: ["858"])
                }
            )
            try await body(
                Database(address: cluster.address, rowReader: RowReader(cluster.address), cluster: cluster)
            )
        }
    }

    private func withServer(
        _ configuration: ServiceConfiguration,
        _ body: (RawClient) async throws -> Void
    ) async throws {
        let (ports, port) = AsyncStream.makeStream(of: Int.self)
        let server = RecommendationServer(
            configuration,
            generator: SplitMix64(seed: 1),
            logger: Logger(label: "test") { _ in ServiceLogHandler(format: .text, output: LogOutput { _ in }) },
            load: withoutP5,
            onListening: { port.yield($0) }
        )
        try await withThrowingTaskGroup(of: Void.self) { group in
            group.addTask { try await server.run() }
            for await number in ports {
                let client = RawClient(port: number)
                while try await !client.request("GET", "/health").body.contains("ready_basic") {}
                try await body(client)
                break
            }
            await server.stop()
            try await group.waitForAll()
        }
    }

    @Test("rows land, side by side for many sessions, and a lost database is 500 with the old rows intact")
    func landsRows() async throws {
        let sessions = (1...20).map { SessionID("00000000-0000-4000-8000-0000000000\($0 + 10)")! }
        try await withDatabase(sessions) { database in
            var configuration = shippedConfiguration()
            configuration.database = database.address
            try await withServer(configuration) { client in
                try await withThrowingTaskGroup(of: Int.self) { group in
                    for session in sessions {
                        group.addTask {
                            try await client.request("POST", "/recommend", body: #"{"session_id":"\#(session)"}"#)
                                .status
                        }
                    }
                    for try await status in group { #expect(status == 200) }
                }
                let rows = try await database.rowReader.rows(of: sessions)
                #expect(rows.count == 200)
                #expect(!rows.contains { $0.row.movie == "858" })

                await database.cluster.stop()
                let answer = try await client.request(
                    "POST",
                    "/recommend",
                    body: #"{"session_id":"\#(sessions[0])"}"#
                )
                #expect(answer.status == 500)
                #expect(answer.body.hasPrefix(#"{"detail":""#))
                #expect(!answer.body.contains("SELECT movie_id"))
            }
        }
    }

    @Test("a movie that leaves the catalogue leaves the answers within the bound", arguments: [0, 100])
    func seesTheCatalogueChange(milliseconds: Int) async throws {
        let session = SessionID("00000000-0000-4000-8000-000000000011")!
        try await withDatabase([session]) { database in
            var configuration = shippedConfiguration()
            configuration.database = database.address
            configuration.catalogueRefresh = .milliseconds(milliseconds)
            try await withServer(configuration) { client in
                func movies() async throws -> Set<MovieID> {
                    let answer = try await client.request(
                        "POST",
                        "/recommend",
                        body: #"{"session_id":"\#(session)"}"#
                    )
                    #expect(answer.status == 200)
                    return Set(try await database.rowReader.rows(of: [session]).map(\.row.movie))
                }
                let before = try await movies()
                // Twelve movies less the one of phase 1, of which ten are recommended.
                #expect(before.count == 10)
                let connection = try await PostgresConnection.open(database.address)
                let first = try #require(before.first)
                try await connection.query("DELETE FROM phase2_movies WHERE id = $1", [.text(first.text)])
                try await Task.sleep(for: .milliseconds(milliseconds))
                let after = try await movies()
                #expect(!after.contains(first))
                #expect(!after.contains("858"))
                #expect(after.isSuperset(of: before.subtracting([first])))
            }
        }
    }

    @Test("a catalogue that a session has seen all of is refused like an empty one", arguments: [0, 100])
    func refusesWithoutCandidates(milliseconds: Int) async throws {
        let session = SessionID("00000000-0000-4000-8000-000000000011")!
        try await withDatabase([session]) { database in
            var configuration = shippedConfiguration()
            configuration.database = database.address
            configuration.catalogueRefresh = .milliseconds(milliseconds)
            let connection = try await PostgresConnection.open(database.address)
            try await connection.execute(script: "DELETE FROM phase2_movies WHERE id <> '858'")
            try await withServer(configuration) { client in
                let answer = try await client.request("POST", "/recommend", body: #"{"session_id":"\#(session)"}"#)
                #expect(answer.status == 400)
                #expect(answer.body.contains("no candidates"))
            }
        }
    }

    @Test("precomputing gives rows to sessions that have none, and leaves answers alone")
    func precomputes() async throws {
        let answered = SessionID("00000000-0000-4000-8000-000000000011")!
        let waiting = SessionID("00000000-0000-4000-8000-000000000012")!
        try await withDatabase([answered, waiting]) { database in
            var configuration = shippedConfiguration()
            configuration.database = database.address
            configuration.precomputeInterval = .milliseconds(20)
            let pool = PostgresPool(database.address)
            let known = RecommendationRow(
                session: answered,
                movie: "1",
                score: 1,
                model: .svd,
                phase: 2,
                rank: 1,
                displayOrder: 1
            )
            try await PostgresRecommendationStore(pool: pool)
                .replaceRecommendations(session: answered, phase: 2, svd: [known], p5: [])
            try await withServer(configuration) { client in
                while try await database.rowReader.rows(of: [waiting]).isEmpty {
                    try await Task.sleep(for: .milliseconds(10))
                }
                try await Task.sleep(for: .milliseconds(60))
                #expect(try await database.rowReader.rows(of: [waiting]).count == 10)
                #expect(try await database.rowReader.rows(of: [answered]).map(\.row) == [known])
                let metrics = try await client.request("GET", "/metrics").body
                #expect(metrics.contains("coldstart_precomputed_sessions_total 1\n"))
            }
            // Whoever writes second in a race finds the set there.
            try await PrecomputeStore(pool: pool, onInsert: { _, _ in Issue.record("an answer was replaced") })
                .replaceRecommendations(session: answered, phase: 2, svd: [known], p5: [])
        }
    }
}
