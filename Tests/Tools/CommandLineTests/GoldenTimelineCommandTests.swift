import ColdstartTestSupport
import Foundation
import Testing

extension CommandLineSuite {
    struct GoldenTimelineCommandTests {
        /// Runs `golden timeline` as a person does.
        private func goldenTimeline(_ harness: CommandLineHarness, _ arguments: String...) async throws
            -> CommandLineHarness.Outcome
        {
            try await harness.run(["golden", "timeline"] + arguments, environment: ["CI": ""])
        }

        /// The report of a simulated start whose checkpoint takes so long.
        private func run(
            _ harness: CommandLineHarness,
            _ name: String,
            checkpoint: String,
            expect: String = "{startup: {outcome: ready}}",
            status: Int32 = 0
        ) async throws -> String {
            let scenario = try harness.scenario("expect: \(expect)")
            let text = try String(contentsOfFile: scenario, encoding: .utf8)
                .replacing("checkpoint: 1s", with: "checkpoint: \(checkpoint)")
            try text.write(toFile: scenario, atomically: true, encoding: .utf8)
            let folder = "\(harness.path)/\(name)"
            let run = try await harness.run(["run", scenario, "--report-dir", folder])
            #expect(run.status == status, "\(run.output)\(run.errors)")
            return folder
        }

        @Test func `a golden of a start is made, compared with, and changed by a person alone`() async throws {
            let harness = try CommandLineHarness()
            let golden = harness.path + "/start.json"
            let first = try await run(harness, "first", checkpoint: "1s")
            let made = try await goldenTimeline(harness, "new", first, "--output", golden, "--band", "0.1")
            #expect(made.status == 0, "\(made.errors)")
            #expect(try await goldenTimeline(harness, "check", golden, first).status == 0)

            let slower = try await run(harness, "slower", checkpoint: "2s")
            let inCI = try await goldenTimeline(harness, "check", golden, slower, "--ci")
            #expect(inCI.status == 1)
            #expect(inCI.output.contains("checkpoint took 2.000 s, expected 0.900 s to 1.100 s"), "\(inCI.output)")
            #expect(!FileManager.default.fileExists(atPath: golden + ".pending"))

            #expect(try await goldenTimeline(harness, "check", golden, slower).status == 6)
            let accepted = try await goldenTimeline(harness, "accept", golden, "--by", "somebody")
            #expect(accepted.status == 0, "\(accepted.errors)")
            #expect(try String(contentsOfFile: golden, encoding: .utf8).contains("somebody"))
            #expect(try await goldenTimeline(harness, "check", golden, slower).status == 0)
            #expect(try await goldenTimeline(harness, "accept", golden).status == 2)
        }

        @Test func `a scenario compares its start with a golden`() async throws {
            let harness = try CommandLineHarness()
            let golden = harness.path + "/start.json"
            let first = try await run(harness, "first", checkpoint: "1s")
            let made = try await goldenTimeline(harness, "new", first, "--output", golden, "--band", "0.1")
            #expect(made.status == 0, "\(made.errors)")
            let same = try harness.scenario(named: "same", "expect: {timeline: start.json}")
            #expect(try await harness.run(["run", same]).status == 0)
            let slower = try await run(harness, "slower", checkpoint: "2s", expect: "{timeline: start.json}", status: 1)
            let report = try String(contentsOfFile: slower + "/report.json", encoding: .utf8)
            #expect(report.contains("checkpoint took 2.000 s, expected 0.900 s to 1.100 s"))
        }

        @Test func `a golden that is missing fails with 1, a file that is none with 2`() async throws {
            let harness = try CommandLineHarness()
            let missing = try await goldenTimeline(harness, "check", harness.path + "/none.json", "x")
            #expect(missing.status == 1)
            #expect(try await goldenTimeline(harness, "check", "README.md", "x").status == 2)
        }
    }
}
