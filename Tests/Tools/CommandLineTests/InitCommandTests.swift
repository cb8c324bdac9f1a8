import ColdstartTestSupport
import Foundation
import Testing

extension CommandLineSuite.OfFiles {
    struct InitCommandTests {
        private static let shipped = Fixtures.packageDirectory + "/scenarios"

        private func initialise(_ harness: CommandLineHarness, _ further: [String] = []) async throws
            -> CommandLineHarness.Outcome
        {
            try await harness.run(
                [
                    "init", "--bundle", Self.shipped + "/bundle", "--sessions", Self.shipped + "/sessions/demo.jsonl",
                    "--catalogue", Self.shipped + "/catalogue.jsonl",
                ] + further
            )
        }

        @Test func `of the two scenarios one passes and one fails, and the printed commands run them`() async throws {
            let harness = try CommandLineHarness()
            let folder = harness.path + "/it's a 'new' folder; $HOME"
            let written = try await initialise(harness, ["--output", folder])
            #expect(written.status == 0, "\(written.errors)")
            let files = try FileManager.default.contentsOfDirectory(atPath: folder).sorted()
            #expect(files == ["first-fails.yaml", "first-passes.yaml"])

            let commands = written.output.split(separator: "\n").filter { $0.hasPrefix("  coldstart run ") }
            #expect(commands.count == 2)
            for (command, code, words) in zip3(commands, [0, 1], ["1 passed", "within"]) {
                let script = "coldstart() { \"$COLDSTART\" \"$@\"; }\n" + command
                let run = try await harness.shell(script)
                #expect(run.status == code, "\(run.output)\(run.errors)")
                #expect(run.output.contains(words))
            }
        }

        private func zip3(_ a: [Substring], _ b: [Int32], _ c: [String]) -> [(Substring, Int32, String)] {
            zip(a, zip(b, c)).map { ($0, $1.0, $1.1) }
        }

        @Test func `files that are there stay without --force`() async throws {
            let harness = try CommandLineHarness()
            let mine = harness.path + "/first-fails.yaml"
            try "mine".write(toFile: mine, atomically: true, encoding: .utf8)
            let refused = try await initialise(harness, ["--output", harness.path])
            #expect(refused.status == 2)
            #expect(refused.errors.contains("first-fails.yaml is there already"), "\(refused.errors)")
            #expect(try String(contentsOfFile: mine, encoding: .utf8) == "mine")
            let names = try FileManager.default.contentsOfDirectory(atPath: harness.path).sorted()
            #expect(names == ["errors", "first-fails.yaml", "output"])
            #expect(try await initialise(harness, ["--output", harness.path, "--force"]).status == 0)
            #expect(try String(contentsOfFile: mine, encoding: .utf8).contains("name: first-fails"))
        }

        @Test func `sessions that the models know nothing of are 2, and nothing is written`() async throws {
            let harness = try CommandLineHarness()
            let sessions = harness.path + "/s.jsonl"
            let line = #"{"session_id": "51e5501d-d19e-58e3-8712-f47bd265ce5e", "ratings": []}"#
            try line.write(toFile: sessions, atomically: true, encoding: .utf8)
            let outcome = try await initialise(harness, ["--sessions", sessions, "--output", harness.path])
            #expect(outcome.status == 2)
            #expect(outcome.errors.contains("none of 1 session can be ranked by both models"), "\(outcome.errors)")
            #expect(!FileManager.default.fileExists(atPath: harness.path + "/first-passes.yaml"))
        }
    }

    struct InputTests {
        private static let files = "--bundle scenarios/bundle --catalogue scenarios/catalogue.jsonl --format jsonl"

        @Test(arguments: ["cat \"$FOLDER/s\" | ", ""], ["-", "/dev/stdin", "/dev/fd/0"])
        func `sessions come from standard input as from a file`(before: String, path: String) async throws {
            let harness = try CommandLineHarness()
            let script = """
                head -2 scenarios/sessions/demo.jsonl >"$FOLDER/s"
                "$COLDSTART" rank \(Self.files) --sessions "$FOLDER/s" >"$FOLDER/expected" || exit 9
                \(before)"$COLDSTART" rank \(Self.files) --sessions \(path) \(before.isEmpty ? "<\"$FOLDER/s\"" : "") \
                    >"$FOLDER/found" || exit 8
                cmp "$FOLDER/expected" "$FOLDER/found" && wc -l <"$FOLDER/found"
                """
            let outcome = try await harness.shell(script)
            #expect(outcome.status == 0, "\(outcome.errors)")
            #expect(outcome.output.split(separator: " ").last?.hasPrefix("2") == true, "\(outcome.output)")
        }

        @Test func `a scenario comes through standard input, its paths from the current folder, its tables built in`()
            async throws
        {
            let script = """
                sed 's#bundle: bundle#bundle: scenarios/bundle#; s#file: sessions/#file: scenarios/sessions/#
                s#catalogue: cat#catalogue: scenarios/cat#' scenarios/14-no-ratings.yaml | "$COLDSTART" run -
                """
            let outcome = try await CommandLineHarness().shell(script)
            #expect(outcome.status == 0, "\(outcome.output)\(outcome.errors)")
            #expect(outcome.output.contains("no-ratings"))
        }

        @Test func `one standard input cannot be two files`() async throws {
            let outcome = try await CommandLineHarness()
                .run(["rank", "--bundle", "b", "--sessions", "-", "--catalogue", "-"])
            #expect(outcome.status == 2)
            #expect(outcome.errors.contains("cannot both be standard input"))
        }
    }
}
