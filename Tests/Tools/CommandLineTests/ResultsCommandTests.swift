import DatabaseHarness
import Foundation
import PostgresClient
import Testing

extension CommandLineSuite {
    /// Writes results with every command that can, and reads them.
    struct ResultsCommandTests {
        private static let password = "hush-51c0ffee-password"
        private static let sessions = [
            "--sessions", "scenarios/sessions/demo.jsonl", "--catalogue", "scenarios/catalogue.jsonl",
        ]
        private static let scenarios = ["01-incident-http-probe", "02-default-tcp-probe-survives"]
            .map { "scenarios/\($0).yaml" }

        /// A server, and a harness whose `$RESULTS` is its database with a password that it does not ask for.
        private static func with(
            _ body: (_ harness: CommandLineHarness, _ run: Run, ThrowAwayCluster) async throws -> Void
        ) async throws {
            try await ThrowAwayCluster.with { cluster in
                let harness = try CommandLineHarness()
                let address = "\(cluster.address) password=\(Self.password)"
                try await body(harness, Run(harness: harness, address: address), cluster)
            }
        }

        /// Runs commands that know the database, and looks for the password in what they leave.
        struct Run {
            let harness: CommandLineHarness
            let address: String

            func callAsFunction(
                _ arguments: [String],
                _ status: Int32 = 0,
                variables: [String: String] = [:]
            ) async throws -> CommandLineHarness.Outcome {
                let outcome = try await harness.run(
                    arguments.map { $0 == "RESULTS" ? address : $0 },
                    environment: variables
                )
                #expect(outcome.status == status, "\(arguments): \(outcome.output)\(outcome.errors)")
                #expect(!(outcome.output + outcome.errors).contains(password))
                return outcome
            }

            /// A document that a command prints.
            func document(_ arguments: [String]) async throws -> [String: Any] {
                let outcome = try await self(arguments + ["--results", "RESULTS", "--format", "json"])
                return try #require(
                    try JSONSerialization.jsonObject(with: Data(outcome.output.utf8)) as? [String: Any]
                )
            }
        }

        @Test func `runs are written once, listed, shown, and make a history with a picture`() async throws {
            try await Self.with { harness, run, _ in
                let words = ["run"] + Self.scenarios + ["--results", "RESULTS", "--release", "v1"]
                let first = try await run(words)
                #expect(first.output.contains("2 scenarios: 2 passed"))
                #expect(first.errors.contains("results of run: written to run 1"), "\(first.errors)")
                let again = try await run(words + ["--format", "json"])
                #expect(again.errors.contains("results of run: the same as in run 1"), "\(again.errors)")
                let named = ["--release", "v2", "--results", "DATABASE", "--run-name", "7"]
                _ = try await run(["run", Self.scenarios[1]] + named, variables: ["DATABASE": run.address])
                let list = try await run(["results", "list", "--results", "RESULTS"])
                let lines = list.output.split(separator: "\n")
                #expect(lines.count == 3 && lines.allSatisfy { $0.count <= 80 }, "\(list.output)")
                #expect(lines[1].contains("v2") && lines[2].contains("2 scenarios"))
                let runs = try #require(
                    try await run.document(["results", "list", "--scenario", "incident-http-probe"])["runs"] as? [Any]
                )
                #expect(runs.count == 1)
                let show = try await run(["results", "show", "1", "--results", "RESULTS"])
                #expect(show.output.split(separator: "\n").allSatisfy { $0.count <= 80 })
                #expect(show.output.contains("start.listening") && show.output.contains("run 1"))
                let picture = harness.path + "/start.svg"
                let trend = try await run(["results", "trend", "start", "--results", "RESULTS", "--svg", picture])
                #expect(trend.output.contains("default-tcp-probe-survives") && trend.output.contains("v2"))
                #expect(try String(contentsOfFile: picture, encoding: .utf8).hasSuffix("</svg>\n"))
                let document = try await run.document(["results", "trend", "START"])
                #expect(document["releases"] as? [String] == ["v1", "v2"] && document["metric"] as? String == "start")
                let unknown = try await run(["results", "trend", "none", "--results", "RESULTS"], 2)
                #expect(unknown.errors.contains("there are") && unknown.errors.contains("start.readyFull"))
                _ = try await run(["results", "trend", "start", "--release", "v9", "--results", "RESULTS"], 7)
                _ = try await run(["results", "show", "9", "--results", "RESULTS"], 2)
            }
        }

        @Test func `shards come one by one, and their merge is the run`() async throws {
            try await Self.with { harness, run, _ in
                let shards = harness.path + "/shards"
                for command in [
                    ["run"] + Self.scenarios,
                    ["compare", "scenarios/bundle", "scenarios/bundle", "--models", "svd"] + Self.sessions,
                    ["check", "--bundle", "scenarios/bundle"] + Self.sessions
                        + ["--only", "rating-order", "--svd-limit", "5", "--limit", "1"],
                    ["sweep", Self.scenarios[0], "--vary", "cpu=0.5,1"],
                ] {
                    let name = command[0]
                    let words = command + ["--results", "RESULTS", "--release", name, "--output", "\(shards)/\(name)"]
                    let first = try await run(words + ["--shard", "2/3"])
                    #expect(first.errors.contains("shard 2 of 3: written to run"), "\(first.errors)")
                    _ = try await run(words + ["--shard", "0/3"])
                    let open = try await run(["results", "list", "--release", name, "--results", "RESULTS"])
                    #expect(open.output.contains("open") && open.output.contains("2/3"), "\(open.output)")
                    _ = try await run(words + ["--shard", "1/3"])
                    let merged = try await run(
                        ["merge", "\(shards)/\(name)"],
                        variables: ["COLDSTART_RESULTS": run.address]
                    )
                    #expect(merged.errors.contains("results of \(name): written to run"), "\(merged.errors)")
                    let again = try await run(["merge", "\(shards)/\(name)", "--results", "RESULTS"])
                    #expect(again.errors.contains("the same as in run"), "\(again.errors)")
                    let runs = try #require(
                        try await run.document(["results", "list", "--release", name])["runs"] as? [[String: Any]]
                    )
                    #expect(runs.count == 1 && runs[0]["exitCode"] as? Int == 0 && runs[0]["written"] as? Int == 3)
                    let id = try #require(runs[0]["run"] as? Int)
                    let details = try await run.document(["results", "show", "\(id)"])
                    #expect((details["metrics"] as? [Any])?.isEmpty == false)
                }
                let overlap = try await run(["results", "trend", "overlap@10", "--list", "svd", "--results", "RESULTS"])
                #expect(overlap.output.contains("Overlap@10  svd  compare"), "\(overlap.output)")
            }
        }

        @Test func `what cannot be written is said, after the report, and the stronger code counts`() async throws {
            try await Self.with { harness, run, cluster in
                let command = ["run", Self.scenarios[1]]
                for (words, message) in [
                    (["--results", "postgresql://a:\(Self.password)@b@c/d"], "--results"),
                    (["--results", "NOT_SET"], "the variable NOT_SET"),
                    (["--results", "RESULTS", "--results-schema", "x; y"], "--results-schema"),
                    (["--results", "RESULTS", "--release", ""], "--release"),
                ] {
                    let outcome = try await run(command + words, 2)
                    #expect(outcome.errors.contains(message) && outcome.output.isEmpty, "\(outcome.errors)")
                }
                _ = try await run(["results", "list"], 2)
                let none = try await run(["results", "list", "--results", "RESULTS"], 3)
                #expect(none.errors.contains("has no results in the schema coldstart"))
                try await PostgresConnection.open(cluster.address).execute(script: "CREATE ROLE reader LOGIN")
                let reader = ["--results", "\(cluster.address) user=reader"]
                let refused = try await run(command + reader, 3)
                #expect(refused.output.contains("1 scenario: 1 passed"))
                #expect(refused.errors.contains("nothing was written: the user may not write results"))
                let gate = harness.path + "/gate.yaml"
                try "models: [svd]\nmax_overlap@10: 0\n".write(toFile: gate, atomically: true, encoding: .utf8)
                let comparison =
                    ["compare", "scenarios/bundle", "scenarios/bundle", "--models", "svd", "--gate", gate]
                    + Self.sessions
                _ = try await run(comparison + ["--results", "RESULTS"], 1)
                _ = try await run(comparison + reader, 3)
                let list = try await run.document(["results", "list", "--command", "compare"])
                #expect((list["runs"] as? [[String: Any]])?.map { $0["exitCode"] as? Int } == [1])
                try await PostgresConnection.open(cluster.address)
                    .execute(script: "INSERT INTO coldstart.migrations (version) VALUES (99)")
                let newer = try await run(command + ["--results", "RESULTS"], 3)
                #expect(newer.errors.contains("a newer Coldstart"), "\(newer.errors)")
            }
        }
    }
}
