import Checks
import ColdstartTestSupport
import DatabaseHarness
import Foundation
import PostgresClient
import Replay
import Scenarios
import ServiceUnderTest
import Testing

extension ReplaySuite {
    /// The harness, the service and the audit on a database whose every default is turned the unusual way.
    struct DatabaseDefaultsTests {
        private static let program = URL(fileURLWithPath: "/proc/self/exe").resolvingSymlinksInPath()
            .deletingLastPathComponent().appendingPathComponent("coldstart").path

        @Test(
            .timeLimit(.minutes(10)),
            arguments: [
                RunTarget.simulated, .process(ProcessSettings(program: .coldstart(path: program), speed: .automatic)),
            ]
        )
        func `a run passes, the audit of what it wrote is sound, and nothing is left`(target: RunTarget) async throws {
            try await ThrowAwayCluster.with { cluster in
                let plain = try await PostgresConnection.open(cluster.address)
                let seeder = Seeder(cluster.address, seed: 1)
                let schema = try String(contentsOfFile: ReplayHarness.folder + "/schema.sql", encoding: .utf8)
                try await seeder.createSchema(schema)
                try await seeder.loadCatalogue(try CatalogueReader.read(ReplayHarness.folder + "/catalogue.jsonl"))
                try await plain.execute(script: UnusualDefaults.script(for: "DATABASE postgres"))
                let options = RunOptions(target: target, database: .existing(cluster.address), toolVersion: "test")
                let scenarios = try ScenarioLoader.load([ReplayHarness.folder + "/11-p5-fails.yaml"])
                let result = try await ScenarioRunner(options: options)
                    .run(scenarios, schema: schema, notify: { Issue.record("\($0)") }, record: { _ in })
                #expect(result.exitCode == .passed, "\(result.results.map { $0.failure?.message ?? "" })")
                let audit = try await DatabaseAudit(of: cluster.address).result()
                #expect(audit.isSound && audit.rows == 0)
                let left: Int = try await plain.query("SELECT count(*) FROM user_sessions").single()
                #expect(left == 0)
            }
        }
    }
}
