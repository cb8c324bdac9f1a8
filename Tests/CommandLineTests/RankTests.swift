import ColdstartTestSupport
import Foundation
import Testing

extension CommandLineSuite {
    struct RankTests {
        /// One line of the output.
        private struct Line: Decodable {
            struct Place: Decodable {
                let movie_id: String
                let rank: Int
                let score: Double
                let text: String?
            }

            let session_id: String
            let svd: [Place]
            let p5: [Place]
        }

        private func rank(_ harness: CommandLineHarness, _ further: [String]) async throws -> CommandLineHarness.Outcome
        {
            // The first session is enough here: all of them are compared with the goldens elsewhere.
            let sessions = try String(
                contentsOfFile: Fixtures.packageDirectory + "/scenarios/sessions/demo.jsonl",
                encoding: .utf8
            )
            let first = try #require(sessions.split(separator: "\n").first)
            try first.write(toFile: harness.path + "/sessions.jsonl", atomically: true, encoding: .utf8)
            return try await harness.run(
                [
                    "rank", "--bundle", "scenarios/bundle", "--sessions", harness.path + "/sessions.jsonl",
                    "--catalogue",
                    "scenarios/catalogue.jsonl",
                ] + further
            )
        }

        @Test func `a line of JSON holds all places of both models`() async throws {
            let outcome = try await rank(CommandLineHarness(), ["--format", "jsonl", "--top", "3"])
            #expect(outcome.status == 0, "\(outcome.errors)")
            let lines = outcome.output.split(separator: "\n", omittingEmptySubsequences: false)
            #expect(lines.count == 2 && lines.last == "")
            let line = try JSONDecoder().decode(Line.self, from: Data(lines[0].utf8))
            #expect(line.svd.map(\.rank) == Array(1...100))
            #expect(line.p5.map(\.rank) == Array(1...line.p5.count))
            #expect(Set(line.p5.map(\.movie_id)).isSubset(of: line.svd.map(\.movie_id)))
            #expect(line.svd.allSatisfy { $0.text == nil } && line.p5.allSatisfy { $0.text != nil })
        }

        @Test func `a table shows as many places as asked for, within 100 columns`() async throws {
            let outcome = try await rank(CommandLineHarness(), ["--top", "3"])
            #expect(outcome.status == 0, "\(outcome.errors)")
            let lines = outcome.output.split(separator: "\n")
            #expect(lines.count == 5)
            #expect(lines.allSatisfy { $0.count <= 100 })
        }

        @Test(arguments: [
            ("demo", [String]()), ("demo-soft-prompt", ["--soft-prompt"]), ("demo-whole-word", ["--whole-word"]),
            ("demo-biased", ["--svd-ranking", "biased"]), ("demo-expected", ["--scoring", "expected"]),
        ])
        func `each way of ranking puts the golden's films first`(golden: String, options: [String]) async throws {
            struct Golden: Decodable {
                let session_id: String
                let svd_top10: [String]
                let p5_top10: [String]
            }
            let outcome = try await rank(CommandLineHarness(), ["--format", "jsonl"] + options)
            let line = try JSONDecoder().decode(Line.self, from: Data(outcome.output.utf8))
            let lines = try String(
                contentsOfFile: Fixtures.packageDirectory + "/golden/\(golden).jsonl",
                encoding: .utf8
            )
            let expected = try lines.split(separator: "\n").dropFirst()
                .map { try JSONDecoder().decode(Golden.self, from: Data($0.utf8)) }
                .first { $0.session_id == line.session_id }
            #expect(line.svd.prefix(10).map(\.movie_id) == expected?.svd_top10)
            #expect(line.p5.prefix(10).map(\.movie_id) == expected?.p5_top10)
        }

        @Test func `a soft prompt and biased scores change what the models make of the same films`() async throws {
            let without = try await rank(CommandLineHarness(), ["--format", "jsonl"])
            let with = try await rank(CommandLineHarness(), ["--format", "jsonl", "--soft-prompt"])
            #expect(with.status == 0 && with.output != without.output)
            let biased = try await rank(CommandLineHarness(), ["--format", "jsonl", "--svd-ranking", "biased"])
            #expect(biased.status == 0 && biased.output != without.output)
            for other in [["--beams", "3"], ["--scoring", "expected"]] {
                let changed = try await rank(CommandLineHarness(), ["--format", "jsonl"] + other)
                #expect(changed.status == 0 && changed.output != without.output, "\(other)")
            }
            let refused = try await rank(CommandLineHarness(), ["--dropout", "0.1"])
            #expect(refused.status == 2 && refused.errors.contains("--soft-prompt"))
        }

        @Test func `whole-word embeddings change what P5 makes of the same films`() async throws {
            let without = try await rank(CommandLineHarness(), ["--format", "jsonl"])
            let with = try await rank(CommandLineHarness(), ["--format", "jsonl", "--whole-word"])
            #expect(with.status == 0 && with.output != without.output)
        }
    }
}
