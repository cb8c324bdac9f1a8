import Domain
import PostgresTestSupport
import RankingMetrics
import Testing

@testable import ModelComparison

@Suite("Rows of a database as a side", .sharedCluster)
struct DatabaseSideTests {
    private static func content(_ side: StoredSide, _ session: String) throws -> (SideSession?, MovieTable) {
        var table = MovieTable()
        let content = try side.rankings(of: [ComparedSession(key: session)], in: &table)
        return (content[0], table)
    }

    @Test("each model's rows by rank are its list, and those with a display order the visitor's")
    func lists() async throws {
        let database = try await AuditedDatabase()
        let side = try await DatabaseSide.side(database.address, sessions: nil)
        #expect(side.sessions == [AuditedDatabase.first, AuditedDatabase.second])
        let (content, table) = try Self.content(side, AuditedDatabase.first)
        let lists = try #require(content).lists
        #expect(lists.svd?.movies.map { table[$0].text } == (1...10).map { "f\($0)" })
        #expect(lists.p5?.movies.map { table[$0].text } == (11...20).map { "f\($0)" })
        let shown = (1...5).flatMap { ["f\($0)", "f\($0 + 10)"] }
        #expect(lists.display?.movies.map { table[$0].text } == shown)
        #expect(lists.svd?.scores.first == 9 - 1 / 8.0)
        #expect(side.notes.isEmpty)
    }

    @Test("a session without rows is lacking, and what is none of the service's is said")
    func lacking() async throws {
        let database = try await AuditedDatabase(
            """
            DELETE FROM recommendations WHERE session_id = '\(AuditedDatabase.second)';
            UPDATE recommendations SET phase = 3 WHERE model = 'p5';
            INSERT INTO recommendations (session_id, movie_id, score, model, phase, rank)
            VALUES ('\(AuditedDatabase.first)', 'f3', 1, 'svd', 2, 11);
            """
        )
        let ids = [AuditedDatabase.first, AuditedDatabase.second].compactMap { SessionID($0) }
        let side = try await DatabaseSide.side(database.address, sessions: ids)
        #expect(side.sessions == [AuditedDatabase.first])
        let (content, _) = try Self.content(side, AuditedDatabase.first)
        #expect(content?.lists.p5 == nil)
        #expect(content?.lists.svd?.count == 10)
        #expect(side.notes.count == 2, "\(side.notes)")
        #expect(try Self.content(side, AuditedDatabase.second).0 == nil)
    }
}
