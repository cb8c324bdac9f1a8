import Foundation
import Testing

extension CommandLineSuite.OfRuns {
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

        @Test func `of two runs in one folder the second refuses, and the report is the first's`() async throws {
            let harness = try CommandLineHarness()
            let second = try CommandLineHarness()
            let folder = "\(harness.path)/reports"
            let first = try harness.start(
                ["run", "scenarios/16-all-sessions.yaml", "scenarios/11-p5-fails.yaml", "--report-dir", folder]
            )
            while !FileManager.default.fileExists(atPath: folder + "/report.jsonl"), first.isRunning {
                try await Task.sleep(for: .milliseconds(5))
            }
            for arguments in [
                ["run", "scenarios/10-note-probe-refused.yaml"], ["db", "verify", "--db", "host=/none"],
            ] {
                let refused = try await second.run(arguments + ["--report-dir", folder, "--force"])
                #expect(refused.status == 3)
                #expect(refused.errors.contains("another run writes its reports here"), "\(refused.errors)")
            }
            let outcome = await harness.finish(first)
            #expect(outcome.status == 0, "\(outcome.output)\(outcome.errors)")
            let report = try String(contentsOfFile: folder + "/report.json", encoding: .utf8)
            #expect(report.contains("all-sessions") && !report.contains("note-probe-refused"))
            let junit = try String(contentsOfFile: folder + "/junit.xml", encoding: .utf8)
            #expect(junit.contains("all-sessions") && !junit.contains("note-probe-refused"))
            // Once it is over the folder is free, also after a run that was killed.
            let free = ["run", "scenarios/10-note-probe-refused.yaml", "--report-dir", folder]
            #expect(try await second.run(free).status == 0)
            let killed = try harness.start(["run", "scenarios/16-all-sessions.yaml", "--report-dir", folder])
            try await Task.sleep(for: .milliseconds(300))
            kill(killed.processIdentifier, SIGKILL)
            _ = await harness.finish(killed)
            #expect(try await second.run(free).status == 0)
            let timelines = try FileManager.default.contentsOfDirectory(atPath: folder + "/timelines")
            #expect(timelines == ["note-probe-refused.txt"])
        }

        @Test func `a file that no run wrote is 2 without --force and stays`() async throws {
            let harness = try CommandLineHarness()
            let folder = "\(harness.path)/reports"
            try FileManager.default.createDirectory(atPath: folder, withIntermediateDirectories: true)
            try "mine".write(toFile: folder + "/junit.xml", atomically: true, encoding: .utf8)
            for command in [["run", "scenarios/10-note-probe-refused.yaml"], ["db", "verify", "--db", "host=/none"]] {
                let refused = try await harness.run(command + ["--report-dir", folder])
                #expect(refused.status == 2)
                #expect(refused.errors.contains("--force"), "\(refused.errors)")
                #expect(try String(contentsOfFile: folder + "/junit.xml", encoding: .utf8) == "mine")
            }
            let forced = try await harness.run(
                ["run", "scenarios/10-note-probe-refused.yaml", "--report-dir", folder, "--force"]
            )
            #expect(forced.status == 0, "\(forced.errors)")
            #expect(try String(contentsOfFile: folder + "/junit.xml", encoding: .utf8).contains("<testsuite"))
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
