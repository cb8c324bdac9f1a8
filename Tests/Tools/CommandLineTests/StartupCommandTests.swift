import ColdstartTestSupport
import Foundation
import Testing

extension CommandLineSuite.OfRuns {
    struct StartupCommandTests {
        /// The report of a run of a scenario whose stages make 3 s.
        private func run(_ harness: CommandLineHarness, _ arguments: [String] = []) async throws -> String {
            let scenario = try harness.scenario("expect: {startup: {outcome: ready}}")
            let folder = harness.path + "/run"
            let run = try await harness.run(["run", scenario, "--report-dir", folder] + arguments)
            #expect(run.status == 0, "\(run.output)\(run.errors)")
            return folder
        }

        @Test func `blame shows the stages of a simulated start with their CPU time`() async throws {
            let harness = try CommandLineHarness()
            let folder = try await run(harness)
            for report in [folder, folder + "/report.json", folder + "/report.jsonl"] {
                let outcome = try await harness.run(["startup", "blame", report])
                #expect(outcome.status == 0, "\(outcome.output)\(outcome.errors)")
                #expect(outcome.output.contains("checkpoint   1.000 s  1.000 s  0.000 s"), "\(outcome.output)")
                #expect(outcome.output.contains("probe passed @3.004 s"))
                #expect(outcome.output.split(separator: "\n").allSatisfy { $0.count <= 80 })
            }
        }

        @Test func `blame knows the stages of a real process and the CPU time that they used`() async throws {
            let harness = try CommandLineHarness()
            let folder = try await run(harness, ["--target", "process"])
            let outcome = try await harness.run(["startup", "blame", folder, "--format", "json"])
            #expect(outcome.status == 0, "\(outcome.output)\(outcome.errors)")
            let document = try JSONSerialization.jsonObject(with: Data(outcome.output.utf8)) as? [String: Any]
            let spans = try #require(document?["spans"] as? [[String: Any]])
            #expect(
                spans.compactMap { $0["name"] as? String } == [
                    "boot", "environment", "svd", "datamaps", "tokenizer", "checkpoint",
                ]
            )
            #expect(spans.dropFirst().allSatisfy { $0["cpu"] is Double })
            // The boot of the scenario is the boot's time, and no part of the first stage: that never begins before.
            let boot = try #require(spans.first?["to"] as? Double)
            #expect(boot > 0.98, "\(boot)")
        }

        @Test func `plot writes a picture`() async throws {
            let harness = try CommandLineHarness()
            let folder = try await run(harness)
            let file = harness.path + "/start.svg"
            let outcome = try await harness.run(["startup", "plot", folder, "--output", file])
            #expect(outcome.status == 0, "\(outcome.errors)")
            #expect(try String(contentsOfFile: file, encoding: .utf8).contains("checkpoint"))
            #expect(try await harness.run(["startup", "plot", folder, "--output", file]).status == 2)
        }

        @Test func `one start is too few for advice at 0.95 and enough at a half with little confidence`() async throws
        {
            let harness = try CommandLineHarness()
            let folder = try await run(harness)
            let refused = try await harness.run(["startup", "advise", folder])
            #expect(refused.status == 7)
            #expect(refused.errors.contains("needs at least 59"))
            let advised = try await harness.run([
                "startup", "advise", folder, "--quantile", "0.5", "--confidence", "0.4", "--as", "scenario",
            ])
            #expect(advised.status == 0, "\(advised.errors)")
            #expect(advised.output.contains("probe: {type: tcp"))
        }

        @Test(arguments: ["default", "{type: http, path: /health, period: 1s, failure_threshold: 60}"])
        func `a run under the advised probe survives, and the linter has nothing against it`(probe: String) async throws
        {
            let harness = try CommandLineHarness()
            func scenario(_ name: String, _ platform: String) throws -> String {
                let file = try harness.scenario(named: name, "expect: {startup: {outcome: ready}}")
                let text = try String(contentsOfFile: file, encoding: .utf8)
                    .replacing("platform: {probe: default}\n", with: platform)
                try text.write(toFile: file, atomically: true, encoding: .utf8)
                return file
            }
            let recorded = try scenario("recorded", "platform: {probe: \(probe)}\n")
            let folder = harness.path + "/run"
            #expect(try await harness.run(["run", recorded, "--report-dir", folder]).status == 0)
            let advised = try await harness.run([
                "startup", "advise", folder, "--quantile", "0.5", "--confidence", "0.4", "--margin", "1", "--as",
                "scenario",
            ])
            #expect(advised.status == 0, "\(advised.errors)")
            for (form, name) in [
                ("cloud-run", "service.yaml"), ("kubernetes", "deployment.yaml"), ("terraform", "main.tf"),
                ("gcloud", "deploy.sh"),
            ] {
                let written = try await harness.run([
                    "startup", "advise", folder, "--quantile", "0.5", "--confidence", "0.4", "--as", form,
                ])
                let file = "\(harness.path)/\(name)"
                try written.output.write(toFile: file, atomically: true, encoding: .utf8)
                let lint = try await harness.run(["lint", file])
                #expect(lint.status == 0, "\(lint.output)\(lint.errors)")
            }
            let run = try await harness.run(["run", try scenario("advised", advised.output)])
            #expect(run.status == 0, "\(advised.output)\(run.output)\(run.errors)")
        }

        /// 59 pods as `kubectl get pods -o json` shows them, of which the slowest was ready 40 s after its container began.
        private static func pods() throws -> Data {
            func time(_ second: Int) -> String { "2026-10-01T12:00:" + (second < 10 ? "0" : "") + "\(second)Z" }
            let probe: [String: Any] = [
                "httpGet": ["path": "/health", "port": 8080], "periodSeconds": 5, "failureThreshold": 60,
            ]
            let pods = (1...59)
                .map { number -> [String: Any] in
                    [
                        "apiVersion": "v1", "kind": "Pod", "metadata": ["name": "films-6c9d-\(number)"],
                        "spec": ["containers": [["name": "films", "image": "films:1", "startupProbe": probe]]],
                        "status": [
                            "conditions": [
                                [
                                    "type": "ContainersReady", "status": "True",
                                    "lastTransitionTime": time(min(40, 10 + number)),
                                ]
                            ],
                            "containerStatuses": [
                                ["name": "films", "ready": true, "state": ["running": ["startedAt": time(0)]]]
                            ],
                        ],
                    ]
                }
            return try JSONSerialization.data(withJSONObject: ["kind": "List", "apiVersion": "v1", "items": pods])
        }

        @Test func `the probe advised from pods passes the linter, and a container as slow as the slowest survives it`()
            async throws
        {
            let harness = try CommandLineHarness()
            let pods = harness.path + "/pods.json"
            try Self.pods().write(to: URL(filePath: pods))
            let written = try await harness.run(["startup", "advise", "--logs", pods, "--as", "kubernetes"])
            #expect(written.status == 0, "\(written.errors)")
            #expect(written.output.contains("kind: Deployment") && written.output.contains("path: /health"))
            let file = harness.path + "/deployment.yaml"
            try written.output.write(toFile: file, atomically: true, encoding: .utf8)
            let lint = try await harness.run(["lint", file, "--strict"])
            #expect(lint.status == 0, "\(lint.output)\(lint.errors)")

            let advised = try await harness.run(["startup", "advise", "--logs", pods, "--as", "scenario"])
            let scenario = try harness.scenario("expect: {startup: {outcome: ready, restarts: 0}}")
            let text = try String(contentsOfFile: scenario, encoding: .utf8)
                .replacing("platform: {probe: default}\n", with: advised.output)
                .replacing("checkpoint: 1s", with: "checkpoint: 38s")
            try text.write(toFile: scenario, atomically: true, encoding: .utf8)
            let run = try await harness.run(["run", scenario])
            #expect(run.status == 0, "\(advised.output)\(run.output)\(run.errors)")
        }

        @Test(arguments: [
            (["blame", "README.md"], "no report of a run"),
            (["blame", "Sources"], "holds neither report.json"),
            (["advise", "nowhere"], "nowhere"),
            (["advise", "x", "--quantile", "1"], "--quantile lies above 0 and below 1"),
        ])
        func `2 for bad usage, said in words`(arguments: [String], words: String) async throws {
            let outcome = try await CommandLineHarness().run(["startup"] + arguments)
            #expect(outcome.status == 2)
            #expect(outcome.errors.contains(words), "\(outcome.errors)")
        }
    }
}
