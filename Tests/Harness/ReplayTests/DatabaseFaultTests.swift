import Checks
import ColdstartTestSupport
import Foundation
import Observations
import Replay
import Scenarios
import Testing

extension ReplaySuite {
    /// Faults on the way to the database, in a small scenario that SVD answers alone.
    struct DatabaseFaultTests {
        /// Runs the scenario with faults and an expected status of its second request.
        private func run(_ faults: String, second status: Int, earlierSet: String) async throws -> ScenarioResult {
            let folder = try TemporaryFolder()
            let shipped = ReplayHarness.folder
            let text = """
                name: small
                teaches: A test.
                platform: {probe: default, request_timeout: 20s}
                service: {strategy: progressive, bundle: \(shipped)/bundle}
                stages: {boot: 1s, svd: 1s, datamaps: 100ms, tokenizer: 100ms, checkpoint: 300s}
                faults: \(faults.split(separator: "\n").joined(separator: " "))
                sessions: {file: \(shipped)/sessions/demo.jsonl, select: first 1}
                catalogue: \(shipped)/catalogue.jsonl
                requests:
                  - {at: 5s, session: 1, expect: {status: 200, svd_saved: 10}}
                  - {at: 10s, session: 1, expect: {status: \(status)}}
                  - {at: 60s, session: 1, expect: {status: 200, svd_saved: 10}}
                expect:
                  rows: {svd: 10, p5: 0, earlier_set: \(earlierSet)}
                  visitors: recommendations
                """
            let path = try folder.write(Array(text.utf8), to: "small.yaml")
            let schema = try String(contentsOfFile: shipped + "/schema.sql", encoding: .utf8)
            let options = RunOptions(toolVersion: "test")
            let results = try await ScenarioRunner(options: options)
                .run(try ScenarioLoader.load([path]), schema: schema, notify: { _ in }, record: { _ in })
                .results
            return try #require(results.first)
        }

        @Test(arguments: [
            (
                """
                {database: latency, delay: 5ms, jitter: 2ms, from: 8s, to: 12s},
                {database: bandwidth, bytes_per_second: 1000000, request: 2},
                {database: cut, request: 2, at: before_first_set}
                """, 500
            ),
            ("{database: refuse, from: 9s, to: 11s}", 500),
            ("{database: reset, request: 2, after_bytes: 100, direction: to_service}", 500),
            ("{database: black_hole, request: 2, at: before_transaction}", 504),
            ("{database: server_killed, from: 8s}", 200),
            ("{database: server_killed, from: 8s, restart_after: 20s}", 500),
        ])
        func `faults fire, leave their proof and cost no row`(fault: String, status: Int) async throws {
            let result = try await run("[\(fault)]", second: status, earlierSet: "replaced")
            let wrong = result.verdicts.filter { $0.outcome != .passed }.map { "\($0.check): \($0.message)" }
            #expect(result.exitCode == .passed, "\(wrong) \(result.failure?.message ?? "")")
            #expect(result.observation?.receipts.isEmpty == false)
        }

        @Test func `a fault whose moment never comes leaves no verdict`() async throws {
            let fault = "[{database: cut, request: 2, at: between_sets}]"
            let result = try await run(fault, second: 200, earlierSet: "replaced")
            // SVD alone writes one set, so that there is nothing between two.
            #expect(result.exitCode == .inconclusive)
        }
    }
}
