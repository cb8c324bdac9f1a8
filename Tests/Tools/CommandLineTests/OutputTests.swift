import ColdstartTestSupport
import Foundation
import Testing

extension CommandLineSuite.OfFiles {
    struct OutputTests {
        private static let scenario = "scenarios/10-note-probe-refused.yaml"
        private static let files = """
            --bundle scenarios/bundle --sessions scenarios/sessions/demo.jsonl --catalogue scenarios/catalogue.jsonl
            """

        static let commands = [
            "--help", "--version", "help run", "list scenarios", "run \(scenario) --list", "run \(scenario)",
            "run \(scenario) -q", "run \(scenario) --format json", "run \(scenario) --format jsonl",
            "run \(scenario) --format junit", "rank \(files) --top 1", "rank \(files) --format jsonl",
            "doctor", "init \(files) --output \"$FOLDER/new\"",
        ]

        @Test("output that is lost is 3, with one line that says so", arguments: commands, [">/dev/full", ">&-"])
        func lost(command: String, redirection: String) async throws {
            try #require(FileManager.default.fileExists(atPath: "/dev/full"), "only where /dev/full exists")
            let outcome = try await CommandLineHarness().shell("\"$COLDSTART\" \(command) \(redirection)")
            #expect(outcome.status == 3, "\(outcome.errors)")
            let lines = outcome.errors.split(separator: "\n")
            #expect(lines.last?.hasPrefix("coldstart: standard output: cannot be written: ") == true)
            // Beside it rank says what it has to say of the checkpoint.
            #expect(lines.count { !$0.contains("checkpoint") } == 1, "\(outcome.errors)")
        }

        @Test("a usage error that nobody can be told of is 3")
        func lostUsage() async throws {
            try #require(FileManager.default.fileExists(atPath: "/dev/full"), "only where /dev/full exists")
            #expect(try await CommandLineHarness().shell("\"$COLDSTART\" rum 2>/dev/full").status == 3)
            #expect(try await CommandLineHarness().shell("\"$COLDSTART\" rum >/dev/full").status == 2)
        }

        @Test(
            "a closed pipe ends a command as it ends others: by SIGPIPE, without a word",
            arguments: ["--help", "list scenarios", "run scenarios --filter progressive", "rank \(files)", "doctor"]
        )
        func closedPipe(command: String) async throws {
            // The tests' own process ignores SIGPIPE, as NIO does, and hands that on.
            let script = """
                { perl -e '$SIG{PIPE} = "DEFAULT"; exec @ARGV' "$COLDSTART" \(command); echo $? >"$FOLDER/status"; } | true
                cat "$FOLDER/status"
                """
            let outcome = try await CommandLineHarness().shell(script)
            #expect(outcome.errors.split(separator: "\n").filter { !$0.contains("checkpoint") } == [])
            #expect(outcome.output == "141\n")
        }

        @Test("a closed pipe is lost output where SIGPIPE was ignored from the start")
        func ignoredSignal() async throws {
            let script = """
                { trap '' PIPE; "$COLDSTART" list scenarios; echo $? >"$FOLDER/status"; } | true
                cat "$FOLDER/status"
                """
            let outcome = try await CommandLineHarness().shell(script)
            #expect(outcome.output == "3\n")
            #expect(outcome.errors.hasPrefix("coldstart: standard output: cannot be written: "))
        }

        @Test("a run with report files goes on when nobody reads its text any more")
        func filesStay() async throws {
            let script = """
                "$COLDSTART" run scenarios --filter progressive --report-dir "$FOLDER/r" | true
                tail -1 "$FOLDER/r/report.jsonl" | cut -c1-60
                ls "$FOLDER/r" "$FOLDER/r/timelines"
                """
            let outcome = try await CommandLineHarness().shell(script)
            #expect(outcome.output.contains("\"runFinished\""), "\(outcome.output)\(outcome.errors)")
            #expect(outcome.output.contains("junit.xml") && outcome.output.contains("progressive-hole.txt"))
        }

        @Test("a report file that cannot be written is 3", arguments: ["report.json", "report.jsonl", "junit.xml"])
        func lostFile(name: String) async throws {
            let script = """
                mkdir -p "$FOLDER/r/\(name)/x"
                "$COLDSTART" run \(Self.scenario) --report-dir "$FOLDER/r" --force
                """
            let outcome = try await CommandLineHarness().shell(script)
            #expect(outcome.status == 3, "\(outcome.output)")
            #expect(outcome.errors.contains(name), "\(outcome.errors)")
        }
    }
}
