import ColdstartTestSupport
import DatabaseHarness
import Foundation
import PostgresClient
import Testing

extension CommandLineSuite.OfRuns {
    struct VerifyCommandTests {
        private static func tables(_ script: String = "", _ body: (String) async throws -> Void) async throws {
            try await ThrowAwayCluster.with(ThrowAwayCluster.Options()) { cluster in
                let path = Fixtures.packageDirectory + "/scenarios/schema.sql"
                let schema = try String(contentsOfFile: path, encoding: .utf8)
                let database = try await cluster.createDatabase("audited")
                try await PostgresConnection.open(database).execute(script: schema + script)
                try await body("\(database)")
            }
        }

        @Test func `an empty database is sound, and one with a lost set is not`() async throws {
            try await Self.tables { address in
                let harness = try CommandLineHarness()
                let sound = try await harness.run(["db", "verify", "--db", address])
                #expect(sound.status == 0, "\(sound.errors)")
                #expect(sound.output.contains("nothing is wrong"))
                let session = "00000000-0000-4000-8000-000000000001"
                try await PostgresConnection.open(try PostgresAddress(address))
                    .execute(
                        script: """
                            INSERT INTO user_sessions (id, phase) VALUES ('\(session)', 'recommendation');
                            INSERT INTO movie_ratings (session_id, movie_id, rating) VALUES ('\(session)', '1', 5);
                            """
                    )
                let folder = harness.path + "/audit"
                let outcome = try await harness.run(["db", "verify", "--db", address, "--report-dir", folder])
                #expect(outcome.status == 5)
                #expect(outcome.output.contains("sessions without rows  1 session"))
                #expect(outcome.output.contains("see the silent fallback    1"))
                #expect(outcome.output.split(separator: "\n").allSatisfy { $0.count <= 100 })
                let json = try String(contentsOfFile: folder + "/report.json", encoding: .utf8)
                #expect(json.contains("\"kind\" : \"coldstart-audit\""))
                let junit = try String(contentsOfFile: folder + "/junit.xml", encoding: .utf8)
                #expect(junit.contains("<failure type=\"sessions_without_rows\""))
            }
        }

        @Test func `another schema, no server and no address end with their codes`() async throws {
            try await Self.tables("ALTER TABLE recommendations DROP COLUMN display_order") { address in
                let harness = try CommandLineHarness()
                let other = try await harness.run(["db", "verify", "--db", address])
                #expect(other.status == 3)
                #expect(other.errors.contains("the table recommendations has no column display_order"))
                #expect(try await harness.run(["db", "verify", "--db", "host=/nowhere"]).status == 3)
                #expect(try await harness.run(["db", "verify"]).status == 2)
                #expect(try await harness.run(["db", "verify", "--db", address, "--top-k", "0"]).status == 2)
            }
        }
    }
}
