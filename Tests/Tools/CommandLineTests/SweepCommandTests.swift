import ColdstartTestSupport
import Foundation
import Testing

extension CommandLineSuite.OfRuns {
    struct SweepCommandTests {
        private static let scenario = Fixtures.packageDirectory + "/scenarios/04-progressive-survives.yaml"
        private static let oneCell = ["--only", "kill", "--only", "before_commit"]

        @Test func `a service killed before the commit keeps the earlier set, which is 0 and in every report`()
            async throws
        {
            let harness = try CommandLineHarness()
            let folder = harness.path + "/sweep"
            let outcome = try await harness.run(
                ["sweep-faults", Self.scenario] + Self.oneCell + ["--report-dir", folder]
            )
            #expect(outcome.status == 0, "\(outcome.output)\(outcome.errors)")
            #expect(outcome.output.contains("before_commit  ✓ no answer, earlier set"))
            #expect(outcome.output.contains("1 cell: 1 passed"))
            #expect(outcome.output.split(separator: "\n").allSatisfy { $0.count <= 100 })
            let json = try String(contentsOfFile: folder + "/report.json", encoding: .utf8)
            #expect(json.contains("\"exitCode\" : 0"))
            #expect(try String(contentsOfFile: folder + "/junit.xml", encoding: .utf8).contains("before_commit"))
        }

        @Test(arguments: [(["/bin/false"], "did not get ready"), (["/nowhere/service"], "cannot start the command")])
        func `7 for a service that never serves, with what became of it`(command: [String], words: String) async throws
        {
            let harness = try CommandLineHarness()
            let outcome = try await harness.run(
                ["sweep-faults", Self.scenario] + Self.oneCell + ["--command"] + command
            )
            #expect(outcome.status == 7)
            #expect(outcome.output.contains(words))
        }

        @Test(arguments: [
            (["nowhere.yaml"], "nowhere.yaml: cannot be opened"),
            ([scenario, "--only", "nonsense"], "known are kill, timeout, cut"),
            ([scenario, "--format", "jsonl"], "a sweep is no run"),
            ([scenario, "--format", "json,junit"], "needs --report-dir"),
            ([scenario, "--schema", "nowhere.sql"], "nowhere.sql: cannot be opened: No such file or directory"),
        ])
        func `2 for bad usage, said in words`(arguments: [String], words: String) async throws {
            let outcome = try await CommandLineHarness().run(["sweep-faults"] + arguments)
            #expect(outcome.status == 2)
            #expect(outcome.errors.contains(words), "\(outcome.errors)")
        }
    }
}
