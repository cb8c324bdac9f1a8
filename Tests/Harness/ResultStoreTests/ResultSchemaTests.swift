import DatabaseHarness
import PostgresClient
import PostgresTestSupport
import Testing

@testable import ResultStore

/// Tests of how the schema comes to be, and of who may do what.
@Suite(.timeLimit(.minutes(10)), .needsPostgres, .sharedCluster)
struct ResultSchemaTests {
    private static let record = ResultRecord(whole: resultFindings(), words: [])
    private static let further = Migration(
        script: "ALTER TABLE {schema}.runs ADD note text; UPDATE {schema}.runs SET note = 'migrated'"
    )

    @Test func `many programs that find nothing make the schema once`() async throws {
        let harness = try ResultHarness()
        let written = try await withThrowingTaskGroup(of: WrittenResult.self) { group in
            for number in 0..<8 {
                group.addTask {
                    try await harness.writer.write(ResultRecord(whole: resultFindings(Double(number)), words: []))
                }
            }
            return try await group.reduce(into: []) { $0.append($1) }
        }
        #expect(Set(written.map(\.run)).count == 8)
        #expect(try await harness.count("migrations") == 1)
    }

    @Test func `an older schema is brought up to date with what is in it, and a newer one is left alone`()
        async throws
    {
        let old = try ResultHarness()
        let run = try await old.writer.write(Self.record).run
        let new = try ResultHarness(old, migrations: Migration.all + [Self.further])
        let early = await #expect(throws: ResultError(.noSchema, "")) { try await new.reader.details(of: run) }
        #expect(early?.message.contains("has version 1, and this program reads version 2") == true)
        #expect(try await new.writer.write(Self.record).run == run)
        let note: String = try await PostgresConnection.open(new.address)
            .query("SELECT note FROM \(new.schema.table("runs"))").single()
        #expect(note == "migrated")
        #expect(try await new.reader.details(of: run).run.exitCode == 0)
        for read in [true, false] {
            let error = await #expect(throws: ResultError(.newerSchema, "")) {
                if read {
                    _ = try await old.reader.details(of: run)
                } else {
                    _ = try await old.writer.write(ResultRecord(whole: resultFindings(99), words: []))
                }
            }
            #expect(error?.message.contains("has version 2, and this program knows versions up to 1") == true)
        }
        #expect(try await new.count("runs") == 1)
    }

    @Test func `a migration that fails leaves the schema as it was`() async throws {
        let old = try ResultHarness()
        _ = try await old.writer.write(Self.record)
        let broken = try ResultHarness(
            old,
            migrations: Migration.all + [Self.further, Migration(script: "SELECT 1 / 0")]
        )
        await #expect(throws: PostgresError.self) { try await broken.writer.write(Self.record) }
        #expect(try await old.writer.write(Self.record).isNew == false)
    }

    @Test func `where there are no results, or another's tables, that is said`() async throws {
        let harness = try ResultHarness()
        await #expect(throws: ResultError(.noSchema, "")) { try await harness.reader.runs(RunFilter(), limit: 1) }
        try await harness.execute("CREATE SCHEMA {schema}; CREATE TABLE {schema}.runs (id int)")
        await #expect(throws: ResultError(.foreignSchema, "")) { try await harness.writer.write(Self.record) }
        try await harness.execute("DROP TABLE {schema}.runs")
        #expect(try await harness.writer.write(Self.record).isNew)
    }

    @Test func `who may only read reads, and is told why he cannot write`() async throws {
        let owner = try ResultHarness()
        let run = try await owner.writer.write(Self.record).run
        try await owner.execute("CREATE ROLE {schema}_reader LOGIN")
        let address = try PostgresAddress("\(owner.address) user=\(owner.schema.name)_reader")
        let reader = try ResultHarness(owner, at: address)
        let refused = await #expect(throws: ResultError(.noRights, "")) { try await reader.reader.details(of: run) }
        #expect(refused?.message.contains("GRANT USAGE ON SCHEMA \(owner.schema.name)") == true)
        try await owner.execute(
            "GRANT USAGE ON SCHEMA {schema} TO {schema}_reader; GRANT SELECT ON ALL TABLES IN SCHEMA {schema} TO {schema}_reader"
        )
        #expect(try await reader.reader.details(of: run).metrics.count == 2)
        #expect(try await reader.reader.runs(RunFilter(), limit: 9).map(\.id) == [run])
        #expect(try await reader.reader.values(of: "start", part: nil, RunFilter()).count == 1)
        await #expect(throws: ResultError(.noRights, "")) {
            try await reader.writer.write(ResultRecord(whole: resultFindings(99), words: []))
        }
        #expect(try await owner.count("runs") == 1)
    }

    @Test func `what a database or a role has set decides nothing`() async throws {
        let cluster = try #require(SharedCluster.current)
        let harness = try ResultHarness(try await cluster.createDatabase("defaults"))
        try await harness.execute(
            """
            CREATE SCHEMA evil; CREATE TABLE evil.runs (id int); CREATE TABLE evil.metrics (id int);
            CREATE FUNCTION evil.lower(text) RETURNS text LANGUAGE sql AS 'SELECT ''evil''';
            ALTER DATABASE defaults SET search_path = evil, pg_catalog;
            ALTER DATABASE defaults SET default_transaction_read_only = on;
            ALTER DATABASE defaults SET default_transaction_isolation = 'serializable';
            ALTER DATABASE defaults SET lock_timeout = 1; ALTER DATABASE defaults SET DateStyle = 'German';
            ALTER DATABASE defaults SET TimeZone = 'Asia/Kathmandu'; ALTER DATABASE defaults SET bytea_output = 'escape';
            """
        )
        let written = try await harness.writer.write(Self.record)
        #expect(written.isNew)
        #expect(try await harness.reader.details(of: written.run).metrics.count == 2)
        #expect(try await harness.reader.values(of: "start", part: nil, RunFilter()).map(\.value) == [10.2])
    }
}
