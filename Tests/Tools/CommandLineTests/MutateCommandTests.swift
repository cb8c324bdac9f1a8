import Foundation
import Testing

extension CommandLineSuite.OfRuns {
    struct MutateCommandTests {
        private struct Document: Decodable {
            struct Mutant: Decodable {
                let id: String
                let result: String
                let caughtBy: [[String: String]]
            }
            let kind: String
            let exitCode: Int32
            let mutants: [Mutant]
        }

        private func scenario(in harness: CommandLineHarness) throws -> String {
            try harness.scenario("requests: [{at: 10s, session: 1, expect: {status: 200}}]\nexpect: {rows: {svd: 10}}")
        }

        @Test func `1 where a mutant survives, with who caught the others`() async throws {
            let harness = try CommandLineHarness()
            let only = ["--only", "perturb-factor", "--only", "truncate-write", "--format", "json"]
            let outcome = try await harness.run(["mutate", try scenario(in: harness)] + only)
            #expect(outcome.status == 1, "\(outcome.output)\(outcome.errors)")
            let document = try JSONDecoder().decode(Document.self, from: Data(outcome.output.utf8))
            #expect(document.kind == "coldstart-mutate" && document.exitCode == 1)
            #expect(document.mutants.map(\.result) == ["survived", "caught"])
            #expect(document.mutants[0].caughtBy.isEmpty)
            #expect(document.mutants[1].caughtBy.contains { $0["check"]?.hasPrefix("landing") == true })
        }

        @Test func `an unknown mutant ends it with 2 and lists the names`() async throws {
            let outcome = try await CommandLineHarness().run(["mutate", "--only", "drop-everything"])
            #expect(outcome.status == 2 && outcome.errors.contains("there are perturb-factor, "), "\(outcome.errors)")
        }

        @Test func `--list names the mutants and needs no scenario`() async throws {
            let outcome = try await CommandLineHarness().run(["mutate", "--list", "--only", "drop-tie-rule"])
            #expect(outcome.status == 0 && outcome.output.hasPrefix("drop-tie-rule\n  "), "\(outcome.output)")
        }
    }
}
