import ColdstartTestSupport
import Foundation
import Testing

extension CommandLineSuite.OfFiles {
    struct LintCommandTests {
        private struct Document: Decodable {
            struct Finding: Decodable {
                let rule: String
                let severity: String
                let file: String
                let line: Int
                let column: Int
                let message: String
            }
            let schemaVersion: Int
            let findings: [Finding]
            let workloads: Int
            struct NotFollowed: Decodable {
                let module: String
            }
            struct UnansweredRule: Decodable {
                let rule: String
            }
            let notLookedAt: [String]
            let rulesNotLookedAt: [UnansweredRule]
            let modulesNotFollowed: [NotFollowed]
            let exitCode: Int32
        }

        private static let cases = "Tests/Fixtures/lint/"

        private func document(_ outcome: CommandLineHarness.Outcome) throws -> Document {
            try JSONDecoder().decode(Document.self, from: Data(outcome.output.utf8))
        }

        @Test func `an error ends with 1, and JSON alone stands on standard output`() async throws {
            let file = Self.cases + "09-crun-v2-json/service.json"
            let outcome = try await CommandLineHarness().run(["lint", file, "--format", "json"])
            #expect(outcome.status == 1, "\(outcome.errors)")
            let document = try document(outcome)
            #expect(document.schemaVersion == 1 && document.exitCode == 1 && document.workloads == 1)
            #expect(document.findings.map(\.rule) == ["P-annot", "E1", "W8"])
            #expect(document.findings[1].line == 13 && document.findings[1].column == 11)
            #expect(document.findings.allSatisfy { $0.file == file && !$0.message.isEmpty })
        }

        /// A start of a real process says how much memory it takes, and the rule about the limit knows it from the report.
        @Test func `the memory of a measured start is held against the limit`() async throws {
            let harness = try CommandLineHarness()
            let scenario = try harness.scenario("expect: {startup: {outcome: ready}}")
            let report = harness.path + "/run/report.json"
            let run = try await harness.run([
                "run", scenario, "--target", "process", "--report-dir", harness.path + "/run",
            ])
            #expect(run.status == 0, "\(run.output)\(run.errors)")
            let parsed = try JSONSerialization.jsonObject(with: Data(contentsOf: URL(filePath: report)))
            let process = ((parsed as? [String: Any])?["scenarios"] as? [[String: Any]])?.first?["process"]
            let peak = try #require((process as? [String: Any])?["peakMemoryBytes"] as? Int)
            // Models and a runtime: more than nothing, and less than a gibibyte for the shipped bundle.
            let mebibytes = peak >> 20
            #expect((8..<1024).contains(mebibytes), "\(peak)")
            func rules(limit: String, _ arguments: [String]) async throws -> [String] {
                let file = harness.path + "/service.yaml"
                try """
                apiVersion: serving.knative.dev/v1
                kind: Service
                metadata:
                  name: films
                  annotations: {run.googleapis.com/ingress: all}
                spec:
                  template:
                    spec:
                      containers:
                      - image: films
                        ports: [{containerPort: 8080}]
                        resources: {limits: {memory: \(limit)}}
                        startupProbe:
                          httpGet: {path: /ready, port: 8080}
                          periodSeconds: 1
                          failureThreshold: 200

                """
                .write(toFile: file, atomically: true, encoding: .utf8)
                let outcome = try await harness.run(["lint", file, "--format", "json"] + arguments)
                #expect(outcome.status == 0, "\(outcome.output)\(outcome.errors)")
                return try document(outcome).findings.map(\.rule)
            }
            let measured = ["--measured", harness.path + "/run"]
            #expect(try await rules(limit: "\(max(1, mebibytes / 2))Mi", measured).contains("W11"))
            #expect(try await !rules(limit: "\(mebibytes * 2)Mi", measured).contains("W11"))
            #expect(try await !rules(limit: "\(max(1, mebibytes / 2))Mi", []).contains("W11"))
        }

        @Test func `a rule that the measured run says nothing to is named`() async throws {
            let harness = try CommandLineHarness()
            let scenario = try harness.scenario("expect: {startup: {outcome: ready}}")
            let run = try await harness.run(["run", scenario, "--report-dir", harness.path + "/run"])
            #expect(run.status == 0, "\(run.output)\(run.errors)")
            let file = Self.cases + "05-crun-v1-disabled-service/service.yaml"
            let measured = ["lint", file, "--measured", harness.path + "/run/report.json"]
            let text = try await harness.run(measured)
            #expect(text.output.contains("W11 was not looked at: the measured run holds no memory"), "\(text.output)")
            let json = try await harness.run(measured + ["--format", "json"])
            #expect(try document(json).rulesNotLookedAt.map(\.rule) == ["W11"])
            let unmeasured = try await harness.run(["lint", file, "--format", "json"])
            #expect(try document(unmeasured).rulesNotLookedAt.isEmpty)
        }

        @Test func `warnings alone end with 0, and with 1 where they count`() async throws {
            let file = Self.cases + "05-crun-v1-disabled-service/service.yaml"
            let harness = try CommandLineHarness()
            #expect(try await harness.run(["lint", file]).status == 0)
            #expect(try await harness.run(["lint", file, "--strict"]).status == 1)
        }

        @Test func `the console shows place, line, caret and correction, in 80 columns`() async throws {
            let file = Self.cases + "31-k8s-success-threshold/deployment.yaml"
            let outcome = try await CommandLineHarness().run(["lint", file], environment: ["COLUMNS": "80"])
            #expect(outcome.output.contains("\(file):14:13  error P4"), "\(outcome.output)")
            #expect(outcome.output.contains("    write: successThreshold: 1"), "\(outcome.output)")
            #expect(outcome.output.contains("2 errors, 0 warnings, 0 hints; 1 workload in 1 file"), "\(outcome.output)")
            #expect(outcome.output.split(separator: "\n").allSatisfy { $0.count <= 80 })
            #expect(!outcome.output.contains("\u{1B}"))
        }

        @Test func `nothing to look at is 7, an unreadable file 3, a wrong word 2`() async throws {
            let harness = try CommandLineHarness()
            let nothing = "\(harness.path)/values.yaml"
            try "a: 1\n".write(toFile: nothing, atomically: true, encoding: .utf8)
            let outcome = try await harness.run(["lint", nothing, "--format", "json"])
            #expect(outcome.status == 7)
            #expect(try document(outcome).notLookedAt == [nothing])
            let missing = try await harness.run(["lint", "\(harness.path)/none.yaml"])
            #expect(missing.status == 3 && missing.errors.contains("none.yaml"), "\(missing.errors)")
            #expect(try await harness.run(["lint"]).status == 2)
            let unknown = try await harness.run(["lint", "--explain", "E99"])
            #expect(unknown.status == 2 && unknown.errors.contains("E1, "), "\(unknown.errors)")
        }

        @Test func `a local module is read with the file that calls it, and corrected in nothing that nobody named`()
            async throws
        {
            let harness = try CommandLineHarness()
            let module = harness.path + "/modules/web"
            try FileManager.default.createDirectory(atPath: module, withIntermediateDirectories: true)
            let text = """
                variable "period" {}
                resource "google_cloud_run_v2_service" "a" {
                  template {
                    containers {
                      image = "a"
                      startup_probe {
                        timeout_seconds = 20
                        period_seconds  = var.period
                        tcp_socket {}
                      }
                    }
                  }
                }

                """
            try text.write(toFile: module + "/main.tf", atomically: true, encoding: .utf8)
            let root = harness.path + "/main.tf"
            try
                "module \"web\" {\n  source = \"./modules/web\"\n  period = 10\n}\nmodule \"b\" {\n  source = \"example/b\"\n}\n"
                .write(toFile: root, atomically: true, encoding: .utf8)
            let outcome = try await harness.run(["lint", root, "--format", "json"])
            #expect(outcome.status == 1, "\(outcome.errors)")
            let document = try document(outcome)
            #expect(document.findings.map { "\($0.rule) \($0.line)" } == ["E1 7"])
            #expect(document.findings.first?.file == module + "/main.tf")
            #expect(document.findings.first?.message.contains("module \"web\" at \(root):1") == true)
            #expect(document.modulesNotFollowed.map(\.module) == ["b"])
            let shown = try await harness.run(["lint", root])
            #expect(shown.output.contains("module \"b\""), "\(shown.output)")
            #expect(try await harness.run(["lint", root, "--fix"]).status == 1)
            #expect(try String(contentsOfFile: module + "/main.tf", encoding: .utf8) == text)
            #expect(try await harness.run(["lint", root, module + "/main.tf", "--fix"]).status == 0)
        }

        @Test func `a rule's page says why and what is not verified`() async throws {
            let outcome = try await CommandLineHarness().run(["lint", "--explain", "p12"])
            #expect(outcome.status == 0)
            #expect(outcome.output.hasPrefix("P12  info  "), "\(outcome.output)")
            #expect(outcome.output.contains("unverified"), "\(outcome.output)")
        }

        @Test func `a folder stands for its files, in one module where they are Terraform`() async throws {
            let harness = try CommandLineHarness()
            let folder = "\(harness.path)/module"
            try FileManager.default.createDirectory(atPath: folder, withIntermediateDirectories: true)
            try "variable \"timeout\" { default = 20 }\n"
                .write(toFile: folder + "/variables.tf", atomically: true, encoding: .utf8)
            try """
            resource "google_cloud_run_v2_service" "a" {
              template {
                containers {
                  image = "a"
                  startup_probe {
                    timeout_seconds = var.timeout
                    tcp_socket {}
                  }
                }
              }
            }
            """
            .write(toFile: folder + "/main.tf", atomically: true, encoding: .utf8)
            let outcome = try await harness.run(["lint", folder, "--format", "json"])
            let document = try document(outcome)
            #expect(document.findings.map(\.rule) == ["E1"], "\(outcome.output)")
            #expect(document.findings.first?.line == 6)
        }

        @Test func `--fix changes the value and no other byte`() async throws {
            let harness = try CommandLineHarness()
            let file = "\(harness.path)/service.json"
            let source = URL(filePath: Fixtures.path("lint/09-crun-v2-json/service.json"))
            let text = try String(contentsOf: source, encoding: .utf8)
            try text.write(toFile: file, atomically: true, encoding: .utf8)
            let outcome = try await harness.run(["lint", file, "--fix"])
            #expect(outcome.status == 1, "the annotation is left")
            let words = outcome.output.split(whereSeparator: \.isWhitespace).joined(separator: " ")
            #expect(words.contains("1 correction written"), "\(outcome.output)")
            let fixed = try String(contentsOfFile: file, encoding: .utf8)
            #expect(fixed == text.replacing("\"timeoutSeconds\": 5", with: "\"timeoutSeconds\": 3"))
        }

        @Test func `annotations and SARIF name the same places as JSON`() async throws {
            let file = Self.cases + "37-k8s-liveness-threshold-one/deployment.yaml"
            let harness = try CommandLineHarness()
            let github = try await harness.run(["lint", file, "--format", "github"])
            #expect(github.output.hasPrefix("::warning file=\(file),line=16,col=11,title=P10::"), "\(github.output)")
            struct SARIF: Decodable {
                struct Run: Decodable {
                    struct Result: Decodable {
                        let ruleId: String
                        let ruleIndex: Int
                        let level: String
                    }
                    let results: [Result]
                }
                let version: String
                let runs: [Run]
            }
            let sarif = try await harness.run(["lint", file, "--format", "sarif"])
            let document = try JSONDecoder().decode(SARIF.self, from: Data(sarif.output.utf8))
            #expect(document.version == "2.1.0")
            #expect(document.runs.first?.results.map(\.ruleId) == ["P10"])
            #expect(document.runs.first?.results.first?.level == "warning")
        }
    }
}
