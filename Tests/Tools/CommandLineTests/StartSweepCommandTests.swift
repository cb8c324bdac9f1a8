import ColdstartTestSupport
import Domain
import Foundation
import Testing

extension CommandLineSuite.OfFiles {
    struct StartSweepCommandTests {
        private static let scenario = Fixtures.packageDirectory + "/scenarios/01-incident-http-probe.yaml"

        @Test func `a sweep says where survival ends, which policy survives, and writes both files`() async throws {
            let harness = try CommandLineHarness()
            let (csv, svg) = (harness.path + "/map.csv", harness.path + "/map.svg")
            let outcome = try await harness.run([
                "sweep", Self.scenario, "--vary", "probe.periodSeconds=1..30", "--vary", "cpu=0.5,1",
                "--vary", "stage.checkpoint=1s..40s", "--csv", csv, "--svg", svg,
            ])
            #expect(outcome.status == 0, "\(outcome.output)\(outcome.errors)")
            #expect(outcome.errors.isEmpty)
            #expect(outcome.output.contains("which stage.checkpoint survives"))
            #expect(outcome.output.contains("least policy that survives every one of 40 conditions"))
            #expect(outcome.output.contains("starts survive"))
            let rows = try String(contentsOfFile: csv, encoding: .utf8)
            let lines = rows.split(separator: "\n")
            #expect(lines.count == 2401)
            #expect(try String(contentsOfFile: svg, encoding: .utf8).hasPrefix("<svg "))
        }

        /// A container whose first lives hang in a stage.
        private func scenario(
            _ harness: CommandLineHarness,
            threshold: Int,
            checkpoint: Int,
            lives: Int
        ) throws -> String {
            let file = try harness.scenario(
                named: "restarted-\(threshold)-\(checkpoint)-\(lives)",
                "expect: {startup: {outcome: ready}}"
            )
            let text = try String(contentsOfFile: file, encoding: .utf8)
                .replacing(
                    "platform: {probe: default}\n",
                    with: """
                        platform:
                          profile: kubernetes
                          probe: {type: http, path: /health, period: 7s, failure_threshold: \(threshold)}
                        faults: [{stage: svd, hangs: on, lives: \(lives)}]

                        """
                )
                .replacing(/checkpoint: \w+/, with: "checkpoint: \(checkpoint)s")
            try text.write(toFile: file, atomically: true, encoding: .utf8)
            return file
        }

        /// The startup probe of a container that is restarted, by number of failures and stage, as `run` judges each.
        @Test func `a sweep over a container that is restarted says of each combination what a run of it says`()
            async throws
        {
            let harness = try CommandLineHarness()
            var generator = SplitMix64(seed: 13)
            var outcomes: Set<String> = []
            for lives in 1...2 {
                let csv = "\(harness.path)/\(lives).csv"
                let swept = try await harness.run([
                    "sweep", try scenario(harness, threshold: 3, checkpoint: 1, lives: lives), "--vary",
                    "probe.failureThreshold=1..6", "--vary", "stage.checkpoint=1s..30s", "--csv", csv,
                ])
                #expect(swept.status == 0, "\(swept.output)\(swept.errors)")
                let rows = try String(contentsOfFile: csv, encoding: .utf8).split(separator: "\n").dropFirst()
                    .map { $0.split(separator: ",", omittingEmptySubsequences: false).map(String.init) }
                #expect(rows.count == 180)
                for _ in 0..<6 {
                    let row = try #require(rows.randomElement(using: &generator))
                    let (threshold, checkpoint) = (try #require(Int(row[0])), try #require(Int(row[1])))
                    let run = try await harness.run([
                        "run", try scenario(harness, threshold: threshold, checkpoint: checkpoint, lives: lives),
                        "--format",
                        "json",
                    ])
                    let report = try JSONSerialization.jsonObject(with: Data(run.output.utf8)) as? [String: Any]
                    let startup = ((report?["scenarios"] as? [[String: Any]])?.first)?["startup"] as? [String: Any]
                    #expect(startup?["outcome"] as? String == row[8], "\(row) \(run.output.prefix(4000))\(run.errors)")
                    #expect((row[4] == "1") == (run.status == 0), "\(row)")
                    outcomes.insert("\(row[8]) \(row.last ?? "")")
                }
            }
            #expect(outcomes.isSuperset(of: ["ready 1", "killed 0"]), "\(outcomes)")
        }

        @Test func `the text and the page of a sweep say how many starts survive only after a restart`() async throws {
            let harness = try CommandLineHarness()
            let arguments = [
                "sweep", try scenario(harness, threshold: 3, checkpoint: 1, lives: 1), "--vary",
                "stage.checkpoint=1s..60s",
            ]
            let text = try await harness.run(arguments)
            #expect(text.status == 0 && text.output.contains("0 in the first life, "), "\(text.output)")
            let document = try await harness.run(arguments + ["--format", "json"])
            let parsed = try JSONSerialization.jsonObject(with: Data(document.output.utf8)) as? [String: Any]
            let restarts = try #require(parsed?["restarts"] as? [String: Any])
            let survived = try #require(parsed?["survived"] as? Int)
            #expect(survived > 0 && restarts["survived"] as? Int == survived && restarts["watch"] as? Double == 600)
            let file = harness.path + "/sweep.json"
            try document.output.write(toFile: file, atomically: true, encoding: .utf8)
            let page = try await harness.run(["report", file])
            #expect(page.status == 0, "\(page.errors)")
            #expect(page.output.contains("\(survived) of them did so only after a restart"))
        }

        @Test func `JSON is alone on standard output`() async throws {
            let outcome = try await CommandLineHarness()
                .run([
                    "sweep", Self.scenario, "--vary", "stage.checkpoint=1s..20s", "--format", "json",
                ])
            #expect(outcome.status == 0)
            let document = try JSONSerialization.jsonObject(with: Data(outcome.output.utf8)) as? [String: Any]
            #expect(document?["started"] as? Int == 20)
            #expect((document?["cliffs"] as? [String: Any])?["some"] as? Int == 1)
        }

        @Test func `where nothing survives that is said, and 1 where survival is required`() async throws {
            let arguments = ["sweep", Self.scenario, "--vary", "probe.failureThreshold=1,2"]
            let asked = try await CommandLineHarness().run(arguments + ["--require-survival"])
            #expect(asked.status == 1)
            #expect(asked.output.contains("no policy survives this"))
            #expect(try await CommandLineHarness().run(arguments).status == 0)
        }

        @Test(arguments: [
            (["--vary", "probe.timeoutSeconds=11,12"], "refuses every combination"),
            (["--vary", "stage.checkpoint=9s..3s"], "nothing would be simulated"),
        ])
        func `7 where nothing is started`(arguments: [String], words: String) async throws {
            let outcome = try await CommandLineHarness().run(["sweep", Self.scenario] + arguments)
            #expect(outcome.status == 7)
            #expect(outcome.errors.contains(words), "\(outcome.errors)")
        }

        @Test(arguments: [
            ([], "--vary is missing"),
            (["--vary", "probe.perodSeconds=1"], "did you mean `probe.periodSeconds`?"),
            (["--vary", "cpu=1", "--starts", "9"], "needs at least 381 starts"),
            (["--vary", "cpu=1,2", "--svg", "README.md"], "README.md"),
            (["--vary", "stages=measured:nowhere"], "nowhere"),
            (["--vary", "stages=measured:README.md"], "no report of a run"),
        ])
        func `2 for bad usage, said in words`(arguments: [String], words: String) async throws {
            let outcome = try await CommandLineHarness().run(["sweep", Self.scenario] + arguments)
            #expect(outcome.status == 2)
            #expect(outcome.errors.contains(words), "\(outcome.errors)")
        }

        @Test func `stages are drawn from the report of a run`() async throws {
            let harness = try CommandLineHarness()
            let scenario = try harness.scenario("expect: {startup: {outcome: ready}}")
            let run = try await harness.run(["run", scenario, "--report-dir", harness.path + "/run"])
            #expect(run.status == 0, "\(run.output)\(run.errors)")
            let outcome = try await harness.run([
                "sweep", scenario, "--vary", "stages=measured:\(harness.path)/run", "--vary",
                "probe.timeoutSeconds=1,3,5,200",
            ])
            #expect(outcome.status == 0, "\(outcome.output)\(outcome.errors)")
            // The stages of the scenario make 3 s; a TCP attempt of 3 s begins a little after the start.
            #expect(outcome.output.contains("drawn from 1 recorded start"))
            #expect(outcome.output.contains("3,000 of 4,000 starts survive"))
        }
    }
}
