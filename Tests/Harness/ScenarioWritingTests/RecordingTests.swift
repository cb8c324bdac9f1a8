import Checks
import ColdstartTestSupport
import DatabaseHarness
import Domain
import Foundation
import PostgresClient
import PostgresTestSupport
import Replay
import ScenarioWriting
import Scenarios
import Testing

@Suite("Recording of a database", .sharedCluster, .timeLimit(.minutes(10)))
struct RecordingTests {
    private static let bundle = Fixtures.packageDirectory + "/scenarios/bundle"
    private static let catalogue = Fixtures.packageDirectory + "/scenarios/catalogue.jsonl"
    private static let shipped = Fixtures.packageDirectory + "/scenarios/sessions/demo.jsonl"

    /// A database with the shipped catalogue and the first sessions of the shipped recording.
    private static func database(sessions count: Int) async throws -> (PostgresAddress, [RecordedSession]) {
        let database = try await AuditedDatabase()
        let tables = "recommendations, user_sessions, movie_ratings, session_phase1_movies"
        try await database.connection.execute(script: "TRUNCATE \(tables)")
        let sessions = Array(try SessionReader.read(shipped).prefix(count))
        let seeder = Seeder(database.address, seed: 3)
        try await seeder.loadCatalogue(try CatalogueReader.read(catalogue))
        try await seeder.insert(sessions)
        return (database.address, sessions)
    }

    private static func record(
        _ address: PostgresAddress,
        to folder: TemporaryFolder,
        _ filter: RecordingFilter = RecordingFilter(),
        pseudonyms: SessionPseudonyms?
    ) async throws -> DatabaseRecording.Summary {
        try await DatabaseRecording(
            of: address,
            filter: filter,
            includesRows: true,
            pseudonyms: pseudonyms,
            bundle: bundle
        )
        .write(to: folder.path + "/visit.yaml", schema: ServiceSchema.text, toolVersion: "test")
    }

    @Test("A raw recording gives back sessions, ratings and movies as they were")
    func raw() async throws {
        let (address, sessions) = try await Self.database(sessions: 3)
        let folder = try TemporaryFolder()
        let summary = try await Self.record(address, to: folder, pseudonyms: nil)
        #expect(summary.sessions == 3 && summary.leftOut == LeftOut())
        let recorded = try SessionReader.read(folder.path + "/visit.sessions.jsonl")
        for session in sessions {
            let copy = try #require(recorded.first { $0.id == session.id })
            #expect(copy.history(limit: 50) == session.history(limit: 50))
            #expect(Set(copy.phase1Movies) == Set(session.phase1Movies))
            #expect(copy.phase == session.phase)
        }
        let movies = try CatalogueReader.read(folder.path + "/visit.catalogue.jsonl")
        #expect(movies == (try CatalogueReader.read(Self.catalogue)))
    }

    @Test("A recording without --raw holds no id of the database, keeps what decides rankings, and shifts times")
    func pseudonyms() async throws {
        let (address, sessions) = try await Self.database(sessions: 3)
        let folder = try TemporaryFolder()
        let pseudonyms = SessionPseudonyms(key: Array("sixteen bytes and".utf8))
        _ = try await Self.record(address, to: folder, pseudonyms: pseudonyms)
        for file in ["visit.yaml", "visit.sessions.jsonl", "visit.rows.jsonl"] {
            let text = try String(contentsOfFile: folder.path + "/" + file, encoding: .utf8)
            #expect(!sessions.contains { text.contains($0.id.text) })
            #expect(!text.contains("sixteen bytes"))
        }
        let recorded = try SessionReader.read(folder.path + "/visit.sessions.jsonl")
        for session in sessions {
            let copy = try #require(recorded.first { $0.id == pseudonyms.pseudonym(of: session.id) })
            let (old, new) = (session.history(limit: 50), copy.history(limit: 50))
            #expect(old.map(\.movie) == new.map(\.movie) && old.map(\.value) == new.map(\.value))
            #expect(new.last?.createdAt == RecordingLines.firstMoment)
            let shifts = Set(zip(old, new).map { $0.createdAt.microseconds - $1.createdAt.microseconds })
            #expect(shifts.count == 1 && shifts != [0])
        }
    }

    @Test("A recording runs: every answer comes and every row lands")
    func run() async throws {
        let (address, _) = try await Self.database(sessions: 2)
        let folder = try TemporaryFolder()
        _ = try await Self.record(address, to: folder, pseudonyms: .random())
        let scenarios = try ScenarioLoader.load([folder.path + "/visit.yaml"])
        let schema = try String(contentsOfFile: folder.path + "/schema.sql", encoding: .utf8)
        let result = try await ScenarioRunner(options: RunOptions(toolVersion: "test"))
            .run(scenarios, schema: schema, notify: { _ in }, record: { _ in })
        #expect(result.exitCode == .passed)
        #expect(result.results.first?.ledger?.count(of: .landed) == 40)
    }

    @Test("Sessions are chosen by id, by moment and by number, newest first")
    func filters() async throws {
        let (address, sessions) = try await Self.database(sessions: 4)
        func ids(_ filter: RecordingFilter) async throws -> [SessionID] {
            let folder = try TemporaryFolder()
            let summary = try await Self.record(address, to: folder, filter, pseudonyms: nil)
            guard summary.sessions > 0 else {
                #expect(try FileManager.default.contentsOfDirectory(atPath: folder.path) == [])
                return []
            }
            return try SessionReader.read(folder.path + "/visit.sessions.jsonl").map(\.id)
        }
        func start(_ session: RecordedSession) -> Timestamp {
            session.ratings.map(\.createdAt).min() ?? RecordingLines.firstMoment
        }
        let newest = sessions.sorted { (start($0), $1.id.text) > (start($1), $0.id.text) }
        #expect(try await ids(RecordingFilter()) == newest.map(\.id))
        #expect(try await ids(RecordingFilter(limit: 1)) == [newest[0].id])
        #expect(try await ids(RecordingFilter(sessions: [newest[2].id])) == [newest[2].id])
        let later = start(newest[0]).advanced(byMicroseconds: 1)
        #expect(try await ids(RecordingFilter(since: later)) == [])
    }
}
