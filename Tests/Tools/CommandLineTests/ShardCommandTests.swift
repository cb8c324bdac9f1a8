import ColdstartTestSupport
import Foundation
import Testing

extension CommandLineSuite.OfFiles {
    /// Holds what `merge` makes of shards against the run of the whole.
    struct ShardCommandTests {
        private static let sessions = [
            "--sessions", "scenarios/sessions/demo.jsonl", "--catalogue", "scenarios/catalogue.jsonl",
        ]

        /// What a command left: its end, its output, and its files.
        private struct Left: Equatable {
            var status: Int32
            var output: String
            var errors: String
            var files: [String: String] = [:]
        }

        /// Runs the whole, and for each count the shards and then `merge`; says what both left.
        ///
        /// - Parameters:
        ///   - words: The command; `FOLDER` stands for a folder that is new each time.
        ///   - counts: The numbers of shards.
        ///   - masking: Expressions whose first group is what took real time.
        ///   - compare: Is handed what the whole and the merged shards left.
        /// - Throws: What `compare` throws; the error of the file system.
        private func run(
            _ words: [String],
            into counts: [Int] = [1, 2, 7],
            masking: [String] = [],
            _ compare: (_ whole: Left, _ merged: Left) throws -> Void
        ) async throws {
            let harness = try CommandLineHarness()
            func left(_ outcome: CommandLineHarness.Outcome, in folder: String) throws -> Left {
                var left = Left(status: outcome.status, output: outcome.output, errors: outcome.errors)
                for name in FileManager.default.enumerator(atPath: folder)?.compactMap({ $0 as? String }) ?? [] {
                    guard let text = try? String(contentsOfFile: "\(folder)/\(name)", encoding: .utf8) else { continue }
                    left.files[name] = try masked(text, masking)
                }
                left.output = try masked(left.output.replacing(folder, with: "FOLDER"), masking)
                left.errors = left.errors.replacing(folder, with: "FOLDER")
                left.files = left.files.mapValues { $0.replacing(folder, with: "FOLDER") }
                try? FileManager.default.removeItem(atPath: folder)
                return left
            }
            let folder = harness.path + "/left"
            func own(_ words: [String]) throws -> [String] {
                try FileManager.default.createDirectory(atPath: folder, withIntermediateDirectories: true)
                return words.map { $0.replacing("FOLDER", with: folder) }
            }
            let whole = try left(try await harness.run(try own(words)), in: folder)
            for count in counts {
                let shards = harness.path + "/shards-\(count)"
                for index in 0..<count {
                    let outcome = try await harness.run(
                        try own(words) + ["--shard", "\(index)/\(count)", "--output", shards]
                    )
                    #expect(outcome.status == 0 && outcome.output.isEmpty, "\(outcome.output)\(outcome.errors)")
                }
                try? FileManager.default.removeItem(atPath: folder)
                _ = try own([])
                let merged = try left(try await harness.run(["merge", shards]), in: folder)
                try compare(whole, merged)
            }
        }

        private func masked(_ text: String, _ expressions: [String]) throws -> String {
            try expressions.reduce(text) { text, expression in
                text.replacing(try Regex(expression), with: "…")
            }
        }

        @Test("merged shards of rank print the same bytes", arguments: ["jsonl", "trec", "human"])
        func rank(format: String) async throws {
            let words =
                ["rank", "--bundle", "scenarios/bundle"] + Self.sessions + ["--models", "svd", "--format", format]
            try await run(words + ["--hold-out", "last:12"]) { whole, merged in
                #expect(whole.status == 0 && !whole.output.isEmpty)
                #expect(merged == whole)
            }
        }

        @Test func `merged shards of rank with both models print the same bytes, and what could not be ranked`()
            async throws
        {
            let harness = try CommandLineHarness()
            let files = try ["demo", "no-ratings"]
                .map {
                    try String(
                        contentsOfFile: Fixtures.packageDirectory + "/scenarios/sessions/\($0).jsonl",
                        encoding: .utf8
                    )
                    .split(separator: "\n").prefix(3)
                }
            let path = harness.path + "/sessions.jsonl"
            try files.joined().map { $0 + "\n" }.joined().write(toFile: path, atomically: true, encoding: .utf8)
            let words = ["rank", "--bundle", "scenarios/bundle", "--sessions", path, "--catalogue"]
            try await run(words + ["scenarios/catalogue.jsonl", "--format", "jsonl"], into: [2]) { whole, merged in
                #expect(whole.status == 0 && merged.output == whole.output && merged.status == whole.status)
                // What is said of the model is said where it is opened.
                let said = whole.errors.split(separator: "\n").filter { !$0.contains("checkpoint: ") }
                #expect(
                    !said.isEmpty && merged.errors.split(separator: "\n") == said,
                    "\(whole.errors)\(merged.errors)"
                )
            }
        }

        @Test("merged shards of compare report the same figures", arguments: ["json", "md", "junit", "human"])
        func compare(format: String) async throws {
            let harness = try CommandLineHarness()
            let changed = try ChangedBundle(in: harness)
            try changed.changeSVD()
            let gate = harness.path + "/gate.yaml"
            let masks = [#"("seconds" : )[-0-9.e]+"#, #"("bytes" : )[-0-9a-z.]+"#, #"[-0-9.]+ (ms|s|kB|MB)\b"#]
            try "models: [svd]\nmin_overlap@100: 1\n"
                .write(toFile: gate, atomically: true, encoding: .utf8)
            let words =
                ["compare", "scenarios/bundle", changed.path] + Self.sessions
                + ["--models", "svd", "--hold-out", "last:3", "--gate", gate, "--format", format]
            try await run(words, masking: masks) { whole, merged in
                #expect(whole.status == 1 && !whole.output.isEmpty, "\(whole.errors)")
                #expect(merged.status == whole.status && merged.errors == whole.errors)
                #expect(merged.output == whole.output)
            }
        }

        @Test func `merged shards of check say the same`() async throws {
            let words =
                ["check", "--bundle", "scenarios/bundle"] + Self.sessions
                + [
                    "--svd-limit", "9", "--limit", "1", "--format", "json", "--only", "rating-order", "rated-films",
                    "id-spelling",
                ]
            try await run(words, into: [2, 7], masking: [#"("seconds" : )[-0-9.e]+"#]) { whole, merged in
                #expect(whole.status == 0)
                // What is said of the model is said where it is opened.
                #expect(merged.status == whole.status && merged.output == whole.output)
            }
        }

        @Test func `merged shards of sweep write the same report, table and map`() async throws {
            let words = [
                "sweep", "scenarios/01-incident-http-probe.yaml", "--vary", "cpu=0.5,1", "--vary",
                "probe.failureThreshold=1,2,30", "--vary", "stage.checkpoint=1s..20s", "--starts", "400", "--format",
                "json",
                "--csv", "FOLDER/map.csv", "--svg", "FOLDER/map.svg", "--require-survival",
            ]
            try await run(words, masking: [#"("(seconds|wallSeconds)" : )[-0-9.e]+"#]) { whole, merged in
                #expect(whole.files.count == 2 && !whole.output.isEmpty, "\(whole.errors)")
                #expect(merged == whole)
            }
        }

        @Test func `merged shards of run report the same, and end the same`() async throws {
            let scenarios = [
                "01-incident-http-probe", "02-default-tcp-probe-survives", "05-progressive-hole", "11-p5-fails",
            ]
            .map { "scenarios/\($0).yaml" }
            let masks = [
                #"("wallSeconds" ?: ?)[-0-9.e]+"#, #"time="[0-9.]+""#, #" +[0-9.]+ (ms|s)  (?=[a-z])"#, #"wall [^·]+·"#,
            ]
            try await run(
                ["run"] + scenarios + ["--report-dir", "FOLDER", "--format", "human,json,jsonl,junit", "-v"],
                masking: masks
            ) { whole, merged in
                #expect(whole.status == 0 && whole.files.count >= 7, "\(whole.errors)\(whole.files.keys)")
                #expect(merged.status == whole.status)
                #expect(merged.output == whole.output)
                #expect(merged.files.keys.sorted() == whole.files.keys.sorted())
                for (name, text) in whole.files { #expect(merged.files[name] == text, "\(name)") }
            }
        }

        @Test func `a shard that fails its checks ends with 0, and the merge with the verdict's code`() async throws {
            let harness = try CommandLineHarness()
            let file = try harness.scenario("requests: []\nexpect: {startup: {outcome: killed}}")
            let shards = harness.path + "/shards"
            let whole = try await harness.run(["run", file])
            #expect(whole.status == 4, "\(whole.output)\(whole.errors)")
            let shard = try await harness.run(["run", file, "--shard", "0/1", "--output", shards])
            #expect(shard.status == 0 && shard.output.isEmpty, "\(shard.output)\(shard.errors)")
            #expect(try await harness.run(["merge", shards]).status == 4)
        }

        @Test func `which shard it is comes from the engine's variables, and a contradiction ends it with 2`()
            async throws
        {
            let harness = try CommandLineHarness()
            let words = ["rank", "--bundle", "scenarios/bundle"] + Self.sessions + ["--models", "svd"]
            let shards = ["--output", harness.path + "/shards"]
            let found = try await harness.run(
                words + shards,
                environment: ["JOB_COMPLETION_INDEX": "3", "COLDSTART_SHARDS": "4"]
            )
            #expect(found.status == 0 && found.errors.contains("/shards/shard-3-of-4.jsonl: "), "\(found.errors)")
            let cases: [([String], [String: String], String)] = [
                (shards, ["JOB_COMPLETION_INDEX": "3"], "COLDSTART_SHARDS"),
                (shards + ["--shard", "1/4"], ["JOB_COMPLETION_INDEX": "3", "COLDSTART_SHARDS": "4"], "--shard 1/4"),
                (shards + ["--shard", "4/4"], [:], "shards count from 0"),
                (["--shard", "1/4"], [:], "--output"),
                ([], ["SLURM_ARRAY_TASK_ID": "1", "COLDSTART_SHARDS": "4"], "--output"),
                (shards, [:], "--shard K/N"),
            ]
            for (further, environment, message) in cases {
                let outcome = try await harness.run(words + further, environment: environment)
                #expect(outcome.status == 2 && outcome.output.isEmpty, "\(further) \(environment)")
                #expect(outcome.errors.contains(message), "\(outcome.errors)")
            }
        }

        @Test func `merge refuses what is missing, of other sessions, or no shard`() async throws {
            let harness = try CommandLineHarness()
            let rank = [
                "rank", "--bundle", "scenarios/bundle", "--catalogue", "scenarios/catalogue.jsonl", "--models", "svd",
            ]
            func runShard(_ index: Int, _ sessions: String, _ folder: String) async throws -> String {
                let folder = "\(harness.path)/\(folder)"
                let words = ["--sessions", "scenarios/sessions/\(sessions).jsonl", "--shard", "\(index)/2"]
                let outcome = try await harness.run(rank + words + ["--output", folder])
                #expect(outcome.status == 0, "\(outcome.errors)")
                return "\(folder)/shard-\(index)-of-2.jsonl"
            }
            let first = try await runShard(0, "demo", "a")
            let other = try await runShard(1, "no-ratings", "b")
            for (files, message) in [
                ([first], "1 of 2 shards is missing: 1"),
                ([first, other], "are shards of different things: the file sessions is"),
                ([first, "scenarios/catalogue.jsonl"], "is not the result of a shard"),
                ([harness.path], "holds no shard"),
            ] {
                let outcome = try await harness.run(["merge"] + files)
                #expect(outcome.status == 2 && outcome.output.isEmpty)
                #expect(outcome.errors.contains(message), "\(outcome.errors)")
            }
        }

        @Test func `scenarios are begun in the order of an earlier report, and reported in their own`()
            async throws
        {
            let harness = try CommandLineHarness()
            // None can be run, which takes no time.
            let names = ["first", "second", "third"]
            let files = try names.map { name in
                let file = try harness.scenario(named: name, "requests: []\nexpect: {startup: {outcome: ready}}")
                let text = try String(contentsOfFile: file, encoding: .utf8)
                try text.replacing("scenarios/bundle", with: "scenarios/no-bundle")
                    .write(toFile: file, atomically: true, encoding: .utf8)
                return file
            }
            let report = try await harness.run(["run"] + files + ["--format", "json", "--continue-on-error"])
            #expect(report.status == 3, "\(report.errors)")
            var document = try #require(
                try JSONSerialization.jsonObject(with: Data(report.output.utf8)) as? [String: Any]
            )
            var scenarios = try #require(document["scenarios"] as? [[String: Any]])
            try #require(scenarios.count == 3)
            for (index, seconds) in [1.0, 3.0, 2.0].enumerated() { scenarios[index]["wallSeconds"] = seconds }
            document["scenarios"] = scenarios
            let times = harness.path + "/times.json"
            try JSONSerialization.data(withJSONObject: document).write(to: URL(fileURLWithPath: times))
            let longestFirst = ["--order", "longest-first", "--times", times]
            for (order, begun) in [([], names), (longestFirst, ["second", "third", "first"])] {
                let words = ["run"] + files + ["--format", "jsonl", "--continue-on-error"]
                let whole = try await harness.run(words + order)
                let starts = try whole.output.split(separator: "\n")
                    .map { try JSONDecoder().decode(Event.self, from: Data($0.utf8)) }
                    .filter { $0.event == "scenarioStarted" }
                #expect(whole.status == 3 && starts.map(\.name) == begun, "\(whole.errors)")
            }
            let shards = harness.path + "/shards"
            let words = ["run"] + files + ["--shard", "0/1", "--output", shards]
            let longest = try await harness.run(words + longestFirst)
            #expect(longest.status == 3 && longest.errors.contains("could not be run"), "\(longest.errors)")
            let merged = try await harness.run(["merge", shards, "--format", "json"])
            #expect(merged.status == 3)
            let ordered = try JSONDecoder().decode(Names.self, from: Data(merged.output.utf8))
            #expect(ordered.scenarios.map(\.name) == names, "\(merged.errors)")
            for (further, message) in [
                (["--order", "longest-first"], "--times"), (["--times", times], "--order longest-first"),
                (["--order", "longest-first", "--times", files[0]], "is not the report.json of a run"),
            ] {
                let outcome = try await harness.run(words + further)
                #expect(outcome.status == 2 && outcome.errors.contains(message), "\(outcome.errors)")
            }
        }

        @Test("commands that have one order alone say why", arguments: ["rank", "compare", "check", "sweep"])
        func order(command: String) async throws {
            let harness = try CommandLineHarness()
            let files = Self.sessions + ["--order", "longest-first", "--times", "report.json"]
            let words =
                switch command {
                case "rank", "check": ["--bundle", "scenarios/bundle"] + files
                case "compare": ["scenarios/bundle", "scenarios/bundle"] + files
                default: ["scenarios/01-incident-http-probe.yaml", "--vary", "cpu=1", "--order", "longest-first"]
                }
            let outcome = try await harness.run([command] + words)
            #expect(outcome.status == 2 && outcome.output.isEmpty)
            #expect(outcome.errors.contains("--order longest-first is for coldstart run: "), "\(outcome.errors)")
        }

        /// An event of a run.
        private struct Event: Decodable {
            let event: String
            let name: String?
        }

        /// The scenarios of a report.
        private struct Names: Decodable {
            struct Scenario: Decodable { let name: String }
            let scenarios: [Scenario]
        }
    }
}
