import Foundation
import Testing

extension CommandLineSuite.OfFiles {
    struct CheckCommandTests {
        private struct Document: Decodable {
            struct Check: Decodable {
                let id: String
                let result: String
                let sessions: [String]
                let comparisons: Int
            }
            let kind: String
            let exitCode: Int32
            let checks: [Check]
        }

        private static let files = [
            "check", "--bundle", "scenarios/bundle", "--sessions", "scenarios/sessions/demo.jsonl", "--catalogue",
            "scenarios/catalogue.jsonl",
        ]

        @Test func `the shipped bundle has every property, in a new process too`() async throws {
            let outcome = try await CommandLineHarness()
                .run(Self.files + ["--format", "json", "--limit", "1", "--svd-limit", "2"])
            #expect(outcome.status == 0, "\(outcome.output)\(outcome.errors)")
            let document = try JSONDecoder().decode(Document.self, from: Data(outcome.output.utf8))
            #expect(document.kind == "coldstart-check" && document.exitCode == 0 && document.checks.count == 14)
            for check in document.checks {
                #expect(check.result == "passed" && check.comparisons > 0 && (1...2).contains(check.sessions.count))
            }
        }

        @Test func `another way of ranking is the same in a new process`() async throws {
            let settings = ["--svd-ranking", "biased", "--scoring", "expected", "--whole-word"]
            let outcome = try await CommandLineHarness()
                .run(Self.files + settings + ["--only", "restart", "--limit", "1"])
            #expect(outcome.status == 0, "\(outcome.output)\(outcome.errors)")
            #expect(outcome.output.contains("✓ restart             1 session, 1 comparison"), "\(outcome.output)")
        }

        @Test func `the new process ranks all sessions also where the variables say that this is a shard`() async throws
        {
            let outcome = try await CommandLineHarness()
                .run(
                    Self.files + ["--shard", "all", "--only", "restart", "--limit", "1"],
                    environment: ["JOB_COMPLETION_INDEX": "1", "COLDSTART_SHARDS": "2"]
                )
            #expect(outcome.status == 0, "\(outcome.output)\(outcome.errors)")
        }

        @Test func `an unknown name ends it with 2 and lists the names`() async throws {
            let outcome = try await CommandLineHarness().run(["check", "--only", "rating-order", "rating-ordr"])
            #expect(outcome.status == 2)
            #expect(outcome.errors.contains("\"rating-ordr\"; there are rating-order, "), "\(outcome.errors)")
        }

        @Test func `--list needs no bundle, anything else does`() async throws {
            let list = try await CommandLineHarness().run(["check", "--list", "--only", "threads"])
            #expect(list.status == 0 && list.output.hasPrefix("threads  SVD and P5\n"), "\(list.output)")
            let outcome = try await CommandLineHarness().run(["check", "--sessions", "s", "--catalogue", "c"])
            #expect(outcome.status == 2 && outcome.errors.contains("--bundle"), "\(outcome.errors)")
        }

        @Test func `sessions without a rating leave no verdict`() async throws {
            let files = Self.files.map { $0.replacing("demo.jsonl", with: "no-ratings.jsonl") }
            let outcome = try await CommandLineHarness().run(files + ["--only", "rating-order", "rated-films"])
            #expect(outcome.status == 7, "\(outcome.output)\(outcome.errors)")
            #expect(outcome.output.contains("? rated-films"), "\(outcome.output)")
        }
    }
}
