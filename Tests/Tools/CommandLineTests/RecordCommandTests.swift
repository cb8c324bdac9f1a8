import ColdstartTestSupport
import DatabaseHarness
import Domain
import Foundation
import Scenarios
import Testing

extension CommandLineSuite.OfRuns {
    struct RecordCommandTests {
        private static let scenarios = Fixtures.packageDirectory + "/scenarios"

        /// Lends a database with the shipped catalogue and the first three recorded sessions.
        private static func database(_ body: (String, [RecordedSession]) async throws -> Void) async throws {
            try await ThrowAwayCluster.with(ThrowAwayCluster.Options()) { cluster in
                let database = try await cluster.createDatabase("recorded")
                let seeder = Seeder(database, seed: 1)
                try await seeder.createSchema(String(contentsOfFile: scenarios + "/schema.sql", encoding: .utf8))
                try await seeder.loadCatalogue(try CatalogueReader.read(scenarios + "/catalogue.jsonl"))
                let sessions = Array(try SessionReader.read(scenarios + "/sessions/demo.jsonl").prefix(3))
                try await seeder.insert(sessions)
                try await body("\(database)", sessions)
            }
        }

        @Test func `what is recorded runs as it stands, under other session ids, and is not written over`() async throws
        {
            try await Self.database { address, sessions in
                let harness = try CommandLineHarness()
                let file = harness.path + "/visit.yaml"
                let arguments = ["record", "--db", address, "--output", file, "--bundle", Self.scenarios + "/bundle"]
                let outcome = try await harness.run(arguments)
                #expect(outcome.status == 0, "\(outcome.errors)")

                let recorded = try SessionReader.read(harness.path + "/visit.sessions.jsonl")
                #expect(recorded.count == 3)
                #expect(Set(recorded.map(\.id)).isDisjoint(with: sessions.map(\.id)))
                #expect(Set(recorded.map(\.ratings.count)) == Set(sessions.map(\.ratings.count)))

                let run = try await harness.run(["run", file])
                #expect(run.status == 0, "\(run.output)\(run.errors)")
                #expect(run.output.contains("1 passed"))

                let again = try await harness.run(arguments)
                #expect(again.status == 2)
                #expect(again.errors.contains("--force"), "\(again.errors)")
                #expect(try await harness.run(arguments + ["--force"]).status == 0)

                let none = try await harness.run(arguments + ["--force", "--since", "2999-01-01"])
                #expect(none.status == 2)
                #expect(try SessionReader.read(harness.path + "/visit.sessions.jsonl").count == 3)
                let files = try FileManager.default.contentsOfDirectory(atPath: harness.path)
                #expect(files.allSatisfy { !$0.hasSuffix(".part") }, "\(files)")
            }
        }

        @Test(arguments: [
            (["--output", "visit.yaml"], 2, "name the database with --db"),
            (["--db", "host=/nowhere", "--output", "visit.yaml"], 3, "/nowhere"),
            (["--db", "postgresql://[a", "--output", "visit.yaml"], 2, "--db"),
            (["--db", "host=/nowhere"], 2, "--output"),
        ])
        func `nothing is left of a recording that fails`(arguments: [String], code: Int32, words: String) async throws {
            let harness = try CommandLineHarness()
            let arguments = arguments.map { $0 == "visit.yaml" ? harness.path + "/visit.yaml" : $0 }
            let outcome = try await harness.run(["record"] + arguments)
            #expect(outcome.status == code)
            #expect(outcome.errors.contains(words), "\(outcome.errors)")
            let left = try FileManager.default.contentsOfDirectory(atPath: harness.path)
            #expect(Set(left) == ["output", "errors"])
        }
    }
}
