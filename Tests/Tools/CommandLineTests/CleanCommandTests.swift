import ColdstartTestSupport
import DatabaseHarness
import Domain
import Foundation
import PostgresClient
import Scenarios
import Testing

extension CommandLineSuite.OfRuns {
    struct CleanCommandTests {
        @Test func `what a killed run left is shown, and removed by the command and by the next run`() async throws {
            try await ThrowAwayCluster.with(ThrowAwayCluster.Options()) { cluster in
                let scenarios = Fixtures.packageDirectory + "/scenarios"
                let database = try await cluster.createDatabase("movies")
                let seeder = Seeder(database, seed: 1)
                try await seeder.createSchema(String(contentsOfFile: scenarios + "/schema.sql", encoding: .utf8))
                try await seeder.loadCatalogue(try CatalogueReader.read(scenarios + "/catalogue.jsonl"))
                let sessions = Array(try SessionReader.read(scenarios + "/sessions/demo.jsonl").prefix(2))
                let connection = try await PostgresConnection.open(database)
                func left() async throws -> Int {
                    try await connection.query("SELECT count(*) FROM user_sessions").single()
                }

                // The lock of this run's mark has nobody to hold it any more.
                let dead = SessionMark.running(key: 7)
                try await Seeder(database, seed: 1, mark: dead).insert(sessions)
                let harness = try CommandLineHarness()
                let shown = try await harness.run(["db", "clean", "--db", "\(database)", "--dry-run"])
                #expect(shown.status == 0, "\(shown.errors)")
                #expect(shown.output.contains("would remove 2 sessions with"))
                #expect(shown.output.contains(sessions[0].id.text))
                #expect(try await left() == 2)
                let cleaned = try await harness.run(["db", "clean", "--db", "\(database)"])
                #expect(cleaned.status == 0 && cleaned.output.contains("removed 2 sessions with"))
                #expect(try await left() == 0)
                #expect(try await harness.run(["db", "clean", "--db", "\(database)"]).output == "nothing to remove\n")

                try await Seeder(database, seed: 1, mark: dead).insert(sessions)
                let run = try await harness.run(["run", scenarios + "/11-p5-fails.yaml", "--db", "\(database)"])
                #expect(run.status == 0, "\(run.output)\(run.errors)")
                #expect(run.errors.contains("removed 2 sessions that an earlier run had left"))
                #expect(try await left() == 0)

                // Two sessions of somebody else's under the same ids are nobody's to remove.
                try await connection.execute(
                    script: "INSERT INTO user_sessions (id) VALUES ('\(sessions[0].id)'), ('\(sessions[1].id)')"
                )
                let refused = try await harness.run(["run", scenarios + "/11-p5-fails.yaml", "--db", "\(database)"])
                #expect(refused.status == 3)
                #expect(refused.output.contains("never touched"), "\(refused.output)")
                #expect(try await left() == 2)
            }
        }

        @Test(arguments: [(["db", "clean"], 2), (["db", "clean", "--db", "host=/nowhere"], 3)])
        func `no address and no server end with their codes`(arguments: [String], code: Int) async throws {
            #expect(try await CommandLineHarness().run(arguments).status == Int32(code))
        }
    }
}
