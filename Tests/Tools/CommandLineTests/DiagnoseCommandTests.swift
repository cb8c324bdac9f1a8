import ColdstartTestSupport
import Foundation
import Testing

extension CommandLineSuite.OfFiles {
    struct DiagnoseCommandTests {
        private struct Document: Decodable {
            struct Line: Decodable {
                let file: String
                let line: Int
                let column: Int
                let text: String
            }

            struct Verdict: Decodable {
                let subject: [String: String]
                let verdict: String
                let certainty: String
                let cause: String
                let evidence: [Line]
                let against: String?
                let decide: String?
            }

            let schemaVersion: Int
            let verdicts: [Verdict]
        }

        private static let folder = Fixtures.packageDirectory + "/Tests/Fixtures/diagnose"

        private func document(_ output: String) throws -> Document {
            try JSONDecoder().decode(Document.self, from: Data(output.utf8))
        }

        @Test func `the note's two lines say that its configuration no longer wanted it, and what to look up`()
            async throws
        {
            let note = Self.folder + "/made/the-note/note.txt"
            let outcome = try await CommandLineHarness().run(["diagnose", note, "--format", "json"])
            #expect(outcome.status == 4 && outcome.errors.isEmpty, "\(outcome.errors)")
            let document = try document(outcome.output)
            #expect(document.schemaVersion == 1 && document.verdicts.count == 1)
            let verdict = document.verdicts[0]
            #expect(
                verdict.cause == "stopped because its configuration no longer wanted it; no sign of a failed probe"
            )
            #expect(verdict.decide?.contains("latestReadyRevision") == true)
            #expect(verdict.evidence.map(\.text) == ["Shutting down user disabled instance"])
            #expect(verdict.evidence[0].line == 4 && verdict.evidence[0].column == 1)
        }

        @Test func `standard input beside a file gets a verdict for each`() async throws {
            let script = """
                "$COLDSTART" diagnose - "$OTHER" --format json < "$FIRST"
                """
            let outcome = try await CommandLineHarness()
                .shell(
                    script,
                    environment: [
                        "FIRST": Self.folder + "/reported/05-oom-deploy-message-only/input.txt",
                        "OTHER": Self.folder + "/reported/31-image-not-found/input.txt",
                    ]
                )
            #expect(outcome.status == 4, "\(outcome.errors)")
            let verdicts = try document(outcome.output).verdicts
            #expect(verdicts.map(\.verdict) == ["oom", "never-started"])
            #expect(verdicts.map { $0.subject["service"] } == ["stories", "handle"])
        }

        @Test(arguments: [
            ("reported/42-k8s-probe-of-the-mesh-sidecar/events.json", Int32(0)),
            ("reported/11-liveness-kill-blocked-event-loop/input.json", 4),
            ("reported/54-knative-deadline-without-a-failure/describe.txt", 7), ("made/nothing-of-this-name", 3),
        ])
        func `exit codes`(file: String, status: Int32) async throws {
            let outcome = try await CommandLineHarness().run(["diagnose", "\(Self.folder)/\(file)"])
            #expect(outcome.status == status, "\(outcome.output)\(outcome.errors)")
        }

        @Test func `a file without an end is said to be read in part, and is never green`() async throws {
            let file = Self.folder + "/made/running-service/log.json"
            let script = "head -c 400 \"$FILE\" | \"$COLDSTART\" diagnose -"
            let outcome = try await CommandLineHarness().shell(script, environment: ["FILE": file])
            #expect(outcome.status == 7, "\(outcome.output)")
            #expect(outcome.output.contains("not read: standard input:"), "\(outcome.output)")
        }

        @Test func `lines for people fit 80 columns`() async throws {
            let harness = try CommandLineHarness()
            let file = Self.folder + "/reported/40-k8s-startup-probe-refused/describe.txt"
            // Names longer than a line are broken; this one is not.
            try FileManager.default.copyItem(atPath: file, toPath: harness.path + "/pod.txt")
            let outcome = try await harness.run(["diagnose", harness.path + "/pod.txt"])
            for line in outcome.output.split(separator: "\n") { #expect(line.count <= 80, "\(line)") }
            #expect(outcome.output.contains("pod.txt:17:82"), "\(outcome.output)")
        }

        @Test func `JUnit has a failure for a death and none for who lives`() async throws {
            let file = Self.folder + "/reported/07-user-disabled-is-the-old-revision/input.json"
            let outcome = try await CommandLineHarness().run(["diagnose", file, "--format", "junit"])
            #expect(outcome.output.contains("tests=\"2\" failures=\"1\" errors=\"0\""), "\(outcome.output)")
            #expect(outcome.output.contains("<failure type=\"superseded\""), "\(outcome.output)")
        }

        @Test func `Markdown begins with a table of the subjects`() async throws {
            let file = Self.folder + "/reported/31-image-not-found/input.txt"
            let outcome = try await CommandLineHarness().run(["diagnose", file, "--format", "markdown"])
            let text = outcome.output
            #expect(text.contains("| revision handle-00042-fow | never-started | certain |"), "\(text)")
        }

        @Test func `patterns of a file name the stages, and a mistake in them is shown in its place`() async throws {
            let harness = try CommandLineHarness()
            let patterns = harness.path + "/patterns.yaml"
            let log = harness.path + "/out.log"
            try "2026-10-01T10:00:00Z go\n2026-10-01T10:00:01Z weights in\n2026-10-01T10:00:04.5Z weights out\n"
                .write(toFile: log, atomically: true, encoding: .utf8)
            try "stages:\n  - {stage: weights, begins: weights in, ends: weights out}\n"
                .write(toFile: patterns, atomically: true, encoding: .utf8)
            let outcome = try await harness.run(["diagnose", log, "--patterns", patterns])
            #expect(outcome.output.contains("weights    3.500"), "\(outcome.output)")
            try "stages:\n  - {name: weights}\n".write(toFile: patterns, atomically: true, encoding: .utf8)
            let refused = try await harness.run(["diagnose", log, "--patterns", patterns])
            #expect(refused.status == 2 && refused.errors.contains("patterns.yaml:2:6"), "\(refused.errors)")
        }

        /// Cases by what their start came to, in the words of a scenario's expectations.
        private static let starts: [(name: String, words: [String])] = [
            ("reported/01-tcp-default-wrong-port", ["outcome: killed", "attempts: 1"]),
            ("reported/07-user-disabled-is-the-old-revision", ["outcome: ready"]),
            (
                "reported/11-liveness-kill-blocked-event-loop",
                ["outcome: ready", "reason: \"The instance has been shut"]
            ),
            ("reported/27-cpu-starved-after-ready", ["outcome: ready"]),
            ("reported/40-k8s-startup-probe-refused", ["outcome: killed", "reason: \"failed startup probe"]),
            ("reported/44-k8s-oom-during-start", ["outcome: exited"]),
            ("made/http-status-in-three-lines", ["outcome: killed"]), ("made/loopback", ["outcome: killed"]),
            ("made/exit-3-then-cancelled", ["outcome: exited", "reason: \"Container called exit(3)"]),
            ("made/exit-1-long-after-ready", ["outcome: ready", "reason: \"Container called exit(1)"]),
            ("made/sigabrt", ["outcome: exited", "reason: \"Container terminated on signal 6"]),
            ("made/memory-then-signal-9-newest-first", ["reason: \"Container terminated on signal 9"]),
            ("made/running-service", ["outcome: ready"]), ("made/k8s-exit-1-in-a-loop", ["outcome: exited"]),
            ("made/k8s-segfault-139", ["outcome: exited"]), ("made/k8s-readiness-only", ["outcome: ready"]),
            ("made/k8s-liveness-kill-in-events", ["outcome: ready", "reason: \"failed liveness probe"]),
        ]

        /// The inputs of a case.
        private static func inputs(of name: String) throws -> [String] {
            let files = try FileManager.default.contentsOfDirectory(atPath: "\(folder)/\(name)").sorted()
            return files.filter { !["expect.yaml", "what.md"].contains($0) }.map { "\(folder)/\(name)/\($0)" }
        }

        @Test func `scenarios from logs end as the logs say, whatever ended the instance`() async throws {
            let harness = try CommandLineHarness()
            let shipped = Fixtures.packageDirectory + "/scenarios"
            let drafts = harness.path + "/drafts"
            try FileManager.default.createDirectory(atPath: drafts, withIntermediateDirectories: true)
            for (number, start) in Self.starts.enumerated() {
                let draft = "\(drafts)/\(number).yaml"
                let drafted = try await harness.run(
                    ["diagnose"] + Self.inputs(of: start.name)
                        + [
                            "--scenario", draft, "--bundle", shipped + "/bundle", "--sessions",
                            shipped + "/sessions/demo.jsonl", "--catalogue", shipped + "/catalogue.jsonl",
                        ]
                )
                let text = try #require(
                    try? String(contentsOfFile: draft, encoding: .utf8),
                    "\(start.name): \(drafted.output)\(drafted.errors)"
                )
                for words in start.words + ["# Not in the log: "] {
                    #expect(text.contains(words), "\(start.name), \(words):\n\(text)")
                }
                // Names are unique in a run.
                try text.replacing("name: from-log-", with: "name: case-\(number)-")
                    .write(toFile: draft, atomically: true, encoding: .utf8)
            }
            let run = try await harness.run(["run", drafts, "--schema", shipped + "/schema.sql"])
            #expect(run.status == 0, "\(run.output)\(run.errors)")
            #expect(run.output.contains("\(Self.starts.count) scenarios: \(Self.starts.count) passed"), "\(run.output)")
        }

        /// A line of Cloud Run's platform, or of the program, so many milliseconds after ten o'clock.
        private static func entry(at milliseconds: Int, _ text: String, isProgram: Bool = false) throws -> String {
            let seconds = String(format: "%02d.%03d", milliseconds / 1000, milliseconds % 1000)
            let name = isProgram ? "run.googleapis.com%2Fstdout" : "run.googleapis.com%2Fvarlog%2Fsystem"
            let entry: [String: Any] = [
                "timestamp": "2026-10-01T10:00:\(seconds)Z", "logName": "projects/p/logs/\(name)", "textPayload": text,
                "resource": [
                    "type": "cloud_run_revision",
                    "labels": ["service_name": "films", "revision_name": "films-00007-abc"],
                ],
                "labels": ["instanceId": "00aa11"],
            ]
            return String(decoding: try JSONSerialization.data(withJSONObject: entry), as: UTF8.self)
        }

        /// Logs whose instances a gRPC probe asked, with what their drafts say.
        ///
        /// How Cloud Run words such a line is unverified.
        private static func logsOfGRPC() throws -> [(log: String, words: [String], missing: [String])] {
            let began = try entry(at: 0, "Starting new instance. Reason: AUTOSCALING - no existing capacity.")
            let probe = "for container \"films-1\" on port 8080."
            let failed = try entry(
                at: 8231,
                "STARTUP GRPC probe failed 5 times consecutively \(probe) The instance was not started."
            )
            let passed = try entry(at: 10_231, "STARTUP GRPC probe succeeded after 3 attempts \(probe)")
            let described = """
                Name:         films-7b97564cf4-9xgqg
                Containers:
                  films:
                    State:          STATE
                    Ready:          READY
                    Startup:        grpc <pod>:8080  delay=0s timeout=1s period=5s #success=1 #failure=4

                """
            let killed = "Normal   Killing    11m   kubelet   Container films failed startup probe, will be restarted"
            let events =
                "Events:\n  Type     Reason     Age   From      Message\n  ----     ------     ----  ----      -------\n"
            return [
                ([began, passed].joined(separator: "\n"), ["outcome: ready", "attempts: 3", "grpc_health: on"], []),
                ([began, failed].joined(separator: "\n"), ["outcome: killed", "attempts: 5"], []),
                (
                    [began, try entry(at: 1000, "Uvicorn running on http://0.0.0.0:8080", isProgram: true), failed]
                        .joined(separator: "\n"), ["outcome: killed", "attempts: 5", "it answers none here"],
                    ["grpc_health"]
                ),
                (
                    [
                        began, passed,
                        try entry(
                            at: 45_300,
                            "LIVENESS GRPC probe failed 3 times consecutively \(probe) The instance has been shut down."
                        ),
                    ]
                    .joined(separator: "\n"),
                    ["outcome: ready", "service: no-such-service", "reason: \"The instance has been shut down"], []
                ),
                (
                    described.replacing("STATE", with: "Waiting").replacing("READY", with: "False") + events + "  "
                        + killed + "\n", ["outcome: killed", "profile: kubernetes", "failure_threshold: 4"], []
                ),
                (
                    described.replacing("STATE", with: "Running\n      Started:      Thu, 01 Oct 2026 10:00:00 +0000")
                        .replacing("READY", with: "True"),
                    ["outcome: ready", "profile: kubernetes", "grpc_health: on"], []
                ),
            ]
        }

        @Test func `a start that a gRPC probe asked is drafted with one, and runs as the log says`() async throws {
            let harness = try CommandLineHarness()
            let shipped = Fixtures.packageDirectory + "/scenarios"
            let drafts = harness.path + "/drafts"
            try FileManager.default.createDirectory(atPath: drafts, withIntermediateDirectories: true)
            let logs = try Self.logsOfGRPC()
            for (number, start) in logs.enumerated() {
                let (input, draft) = ("\(harness.path)/\(number).txt", "\(drafts)/\(number).yaml")
                try start.log.write(toFile: input, atomically: true, encoding: .utf8)
                let drafted = try await harness.run([
                    "diagnose", input, "--scenario", draft, "--bundle", shipped + "/bundle", "--sessions",
                    shipped + "/sessions/demo.jsonl", "--catalogue", shipped + "/catalogue.jsonl",
                ])
                let text = try #require(
                    try? String(contentsOfFile: draft, encoding: .utf8),
                    "\(number): \(drafted.output)\(drafted.errors)"
                )
                for words in start.words + ["type: grpc"] {
                    #expect(text.contains(words), "\(number), \(words):\n\(text)")
                }
                for words in start.missing { #expect(!text.contains(words), "\(number), \(words):\n\(text)") }
                try text.replacing("name: from-log-", with: "name: case-\(number)-")
                    .write(toFile: draft, atomically: true, encoding: .utf8)
            }
            let run = try await harness.run(["run", drafts, "--schema", shipped + "/schema.sql"])
            #expect(run.status == 0, "\(run.output)\(run.errors)")
            #expect(run.output.contains("\(logs.count) scenarios: \(logs.count) passed"), "\(run.output)")
        }

        @Test func `a log without a start gives no scenario, and says why`() async throws {
            let harness = try CommandLineHarness()
            let scenario = harness.path + "/start.yaml"
            let file = Self.folder + "/reported/31-image-not-found/input.txt"
            let outcome = try await harness.run(["diagnose", file, "--scenario", scenario])
            #expect(outcome.status == 4 && outcome.errors.contains("no container ran"), "\(outcome.errors)")
            #expect(!FileManager.default.fileExists(atPath: scenario))
        }
    }
}
