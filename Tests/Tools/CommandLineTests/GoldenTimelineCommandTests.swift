import ColdstartTestSupport
import Foundation
import Testing

extension CommandLineSuite.OfRuns {
    struct GoldenTimelineCommandTests {
        /// The variables of a person, who may write goldens.
        private let person = ["CI": ""]

        /// Runs `golden timeline` as a person does.
        private func goldenTimeline(_ harness: CommandLineHarness, _ arguments: String...) async throws
            -> CommandLineHarness.Outcome
        {
            try await harness.run(["golden", "timeline"] + arguments, environment: person)
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

        @Test func `the commands for rankings list, reject and accept a start too`() async throws {
            let harness = try CommandLineHarness()
            let golden = harness.path + "/start.json"
            let first = try await run(harness, "first", checkpoint: "1s")
            let made = try await harness.run(
                ["golden", "timeline", "new", first, "--output", golden],
                environment: person
            )
            #expect(made.status == 0, "\(made.output)\(made.errors)")
            let nothing = try await harness.run(["golden", "pending", harness.path], environment: person)
            #expect(nothing.status == 0 && nothing.output.contains("nothing is pending"), "\(nothing.errors)")
            let slower = try await run(harness, "slower", checkpoint: "5s")
            #expect(
                try await harness.run(["golden", "check", "--golden", golden, "--start", slower], environment: person)
                    .status == 6
            )

            let listed = try await harness.run(
                ["golden", "pending", harness.path, "--format", "json"],
                environment: person
            )
            #expect(listed.status == 6, "\(listed.errors)")
            #expect(listed.output.contains("checkpoint took 5.000 s"), "\(listed.output)")
            let shown = try await harness.run(["golden", "pending", golden], environment: person)
            #expect(shown.status == 6 && shown.output.contains("a start, risk medium, open"), "\(shown.output)")
            #expect(
                try await harness.run(["golden", "accept", golden, "--all", "--up-to", "low"], environment: person)
                    .status == 2
            )
            #expect(
                try await harness.run(["golden", "accept", golden, "--session", "x"], environment: person).status == 2
            )

            let words = ["golden", "reject", golden, "--all", "--by", "somebody", "--reason", "too slow"]
            #expect(try await harness.run(words, environment: person).status == 0)
            #expect(try await harness.run(["golden", "pending", golden], environment: person).status == 1)
            // What somebody rejected fails for as long as it is like that, and no longer.
            let again = try await harness.run(
                ["golden", "check", "--golden", golden, "--start", slower],
                environment: person
            )
            #expect(again.status == 1 && again.errors.contains("somebody rejected this start"), "\(again.errors)")
            #expect(
                try await harness.run(["golden", "check", "--golden", golden, "--start", first], environment: person)
                    .status == 0
            )

            let accepted = try await harness.run(
                ["golden", "accept", golden, "--all", "--by", "somebody else"],
                environment: person
            )
            #expect(accepted.status == 0, "\(accepted.errors)")
            #expect(try String(contentsOfFile: golden, encoding: .utf8).contains("somebody else"))
            #expect(
                try await harness.run(["golden", "check", "--golden", golden, "--start", slower], environment: person)
                    .status == 0
            )
            #expect(try await harness.run(["golden", "accept", golden, "--all"], environment: person).status == 2)
        }

        @Test func `a start whose structure changed is accepted with a reason alone`() async throws {
            let harness = try CommandLineHarness()
            let golden = harness.path + "/start.json"
            let first = try await run(harness, "first", checkpoint: "1s")
            #expect(
                try await harness.run(["golden", "timeline", "new", first, "--output", golden], environment: person)
                    .status == 0
            )
            let text = try String(contentsOfFile: golden, encoding: .utf8)
            try text.replacing("\"blocking\"", with: "\"gated\"")
                .write(toFile: golden, atomically: true, encoding: .utf8)
            #expect(
                try await harness.run(["golden", "check", "--golden", golden, "--start", first], environment: person)
                    .status == 6
            )
            let without = try await harness.run(["golden", "accept", golden, "--all"], environment: person)
            #expect(without.status == 2 && without.errors.contains("--reason"), "\(without.errors)")
            let with = try await harness.run(
                ["golden", "accept", golden, "--all", "--reason", "it blocks now"],
                environment: person
            )
            #expect(with.status == 0, "\(with.errors)")
            #expect(try String(contentsOfFile: golden, encoding: .utf8).contains("it blocks now"))
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
