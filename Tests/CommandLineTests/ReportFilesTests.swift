import Foundation
import Testing

extension CommandLineSuite {
    struct ReportFilesTests {
        @Test func `a report folder gets all reports, and they agree`() async throws {
            let harness = try CommandLineHarness()
            let folder = "\(harness.path)/reports"
            let file = try harness.scenario("expect: {startup: {outcome: ready}, rows: none, visitors: fallback}")
            let outcome = try await harness.run(["run", file, "--report-dir", folder, "--seed", "9"])
            #expect(outcome.status == 0, "\(outcome.output)\(outcome.errors)")

            let json = try #require(
                try JSONSerialization.jsonObject(with: Data(contentsOf: URL(fileURLWithPath: folder + "/report.json")))
                    as? [String: Any]
            )
            #expect(json["schemaVersion"] as? Int == 1)
            #expect(json["seed"] as? Int == 9)
            #expect((json["fingerprints"] as? [Any])?.isEmpty == false)
            let lines = try String(contentsOfFile: folder + "/report.jsonl", encoding: .utf8).split(separator: "\n")
            #expect(lines.count == 4)
            #expect(try String(contentsOfFile: folder + "/junit.xml", encoding: .utf8).contains("<testsuite"))
            #expect(FileManager.default.fileExists(atPath: folder + "/timelines/made-up.txt"))
        }

        @Test func `one machine-readable format alone goes to standard output`() async throws {
            let harness = try CommandLineHarness()
            let file = try harness.scenario("expect: {startup: {outcome: ready}}")
            let outcome = try await harness.run(["run", file, "--format", "json"])
            let json = try JSONSerialization.jsonObject(with: Data(outcome.output.utf8)) as? [String: Any]
            #expect(json?["schemaVersion"] as? Int == 1)
        }

        @Test func `a pipe gets neither colour nor a progress line`() async throws {
            let harness = try CommandLineHarness()
            let file = try harness.scenario("expect: {startup: {outcome: ready}}")
            let outcome = try await harness.run(["run", file, "-v"])
            #expect(!outcome.output.contains("\u{1B}") && !outcome.output.contains("\r"))
            #expect(outcome.output.split(separator: "\n").allSatisfy { $0.count <= 100 })
        }
    }
}
