import ColdstartTestSupport
import Foundation
import Testing

extension CommandLineSuite.OfRuns {
    struct ReportCommandTests {
        @Test func `a run writes the page that report makes of its JSON, and only where it is asked for`() async throws
        {
            let harness = try CommandLineHarness()
            let folder = "\(harness.path)/reports"
            let scenarios = ["scenarios/04-progressive-survives.yaml", "scenarios/16-all-sessions.yaml"]
            let options = ["--format", "human,json,html", "--report-dir", folder]
            let outcome = try await harness.run(["run"] + scenarios + options)
            #expect(outcome.status == 0, "\(outcome.output)\(outcome.errors)")
            let written = try String(contentsOfFile: folder + "/report.html", encoding: .utf8)
            let made = try await harness.run(["report", folder + "/report.json"])
            #expect(made.status == 0 && made.errors.isEmpty, "\(made.errors)")
            #expect(made.output.replacing(folder + "/report.json", with: "report.json") == written)
            #expect(written.contains("All 2 scenarios passed"))
            // The two largest of the shipped scenarios: all of them together have five times as much, and may have 2 MB.
            #expect(written.utf8.count < 400_000)

            let plain = try await harness.run(["run", "scenarios/10-note-probe-refused.yaml", "--report-dir", folder])
            #expect(plain.status == 0)
            #expect(!FileManager.default.fileExists(atPath: folder + "/report.html"))
        }

        @Test func `a page alone goes to standard output, and beside another needs a folder`() async throws {
            let harness = try CommandLineHarness()
            let run = try await harness.run(["run", "scenarios/10-note-probe-refused.yaml", "--format", "html"])
            #expect(run.status == 0 && run.output.hasPrefix("<!DOCTYPE html>"), "\(run.errors)")
            let both = try await harness.run(["run", "scenarios/10-note-probe-refused.yaml", "--format", "html,human"])
            #expect(both.status == 2 && both.errors.contains("--report-dir"))
        }

        @Test func `a report comes through a pipe, and a page goes into a new file`() async throws {
            let harness = try CommandLineHarness()
            let script = """
                "$COLDSTART" diagnose Tests/Fixtures/diagnose/made/the-note/note.txt --format json \
                    | "$COLDSTART" report - --output "$FOLDER/page.html"
                """
            let outcome = try await harness.shell(script)
            #expect(outcome.status == 0 && outcome.output.isEmpty, "\(outcome.errors)")
            let page = try String(contentsOfFile: "\(harness.path)/page.html", encoding: .utf8)
            #expect(page.contains("standard input") && page.contains("The lines that show it"))
            let again = try await harness.shell(script)
            #expect(again.status == 2, "\(again.errors)")
            #expect(try String(contentsOfFile: "\(harness.path)/page.html", encoding: .utf8) == page)
        }

        @Test(
            "what is no report is 2, with the file and what was expected",
            arguments: [
                ("README.md", "expected"), ("Tests/Fixtures/metrics/names.json", "expected the JSON of coldstart run"),
                ("no-such.json", "no-such.json"),
            ]
        )
        func refusals(file: String, words: String) async throws {
            let outcome = try await CommandLineHarness().run(["report", file])
            #expect(outcome.status == 2 && outcome.output.isEmpty)
            #expect(outcome.errors.contains(file) && outcome.errors.contains(words), "\(outcome.errors)")
        }

        @Test func `a page alone in a folder is told of: how the run ended, and where the page lies`() async throws {
            let harness = try CommandLineHarness()
            let folder = "\(harness.path)/reports"
            let scenario = "scenarios/10-note-probe-refused.yaml"
            let alone = try await harness.run(["run", scenario, "--format", "html", "--report-dir", folder])
            #expect(alone.status == 0 && alone.output == "The scenario passed: \(folder)/report.html\n")
            let both = try await harness.run(["run", scenario, "--format", "human,html", "--report-dir", folder])
            #expect(!both.output.contains("report.html") && both.output.contains("reports in"))
        }

        @Test(
            "schema prints the schema that reports are held against",
            arguments: ["report", "compare", "diagnose", "sweep", "sweep-faults", "audit"]
        )
        func schemas(name: String) async throws {
            let outcome = try await CommandLineHarness().run(["schema", name])
            let path = Fixtures.packageDirectory + "/Sources/Harness/Reports/Schemas/\(name).schema.json"
            #expect(outcome.status == 0)
            #expect(try outcome.output == String(contentsOfFile: path, encoding: .utf8))
        }

        @Test func `a schema that there is not is 2`() async throws {
            #expect(try await CommandLineHarness().run(["schema", "none"]).status == 2)
        }
    }
}
