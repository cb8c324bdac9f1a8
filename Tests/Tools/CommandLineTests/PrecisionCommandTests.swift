import ColdstartTestSupport
import Foundation
import Testing

extension CommandLineSuite {
    struct PrecisionCommandTests {
        private static let files = ["--catalogue", "scenarios/catalogue.jsonl"]

        /// The first sessions of the demo, in a file of the harness.
        private func sessions(_ count: Int, in harness: CommandLineHarness) throws -> [String] {
            let path = Fixtures.packageDirectory + "/scenarios/sessions/demo.jsonl"
            let lines = try String(contentsOfFile: path, encoding: .utf8).split(separator: "\n").prefix(count)
            let file = harness.path + "/sessions.jsonl"
            try lines.joined(separator: "\n").write(toFile: file, atomically: true, encoding: .utf8)
            return ["--sessions", file] + Self.files
        }

        private func rank(_ harness: CommandLineHarness, _ options: [String]) async throws -> CommandLineHarness.Outcome
        {
            try await harness.run(
                ["rank", "--bundle", "scenarios/bundle", "--format", "trec"] + sessions(3, in: harness) + options
            )
        }

        @Test func `rank prints float32's rankings, says how they were decided, and keeps the bound`() async throws {
            let harness = try CommandLineHarness()
            let exact = try await rank(harness, [])
            let kept = ["--precision", "verified", "--calibrations", harness.path + "/bounds"]
            let first = try await rank(harness, kept)
            #expect(first.status == 0, "\(first.errors)")
            #expect(first.output == exact.output && !exact.errors.contains("precision verified"))
            #expect(first.errors.contains(" prompts decided in int8, "), "\(first.errors)")
            let file = try #require(FileManager.default.contentsOfDirectory(atPath: harness.path + "/bounds").first)
            let second = try await rank(harness, kept)
            #expect(second.output == exact.output && second.errors == first.errors)
            let path = harness.path + "/bounds/" + file
            let text = try String(contentsOfFile: path, encoding: .utf8)
            let lie = text.replacing(#/"bounds":\[[^\]]*\]/#, with: #""bounds":[0.5]"#)
            try lie.write(toFile: path, atomically: true, encoding: .utf8)
            let refused = try await rank(harness, kept)
            #expect(refused.status == 2 && refused.output.isEmpty)
            #expect(refused.errors.contains("\(file): bounds: found [0.5]"), "\(refused.errors)")
        }

        @Test func `an error beyond the bound ends rank and compare with 3 and the case`() async throws {
            let harness = try CommandLineHarness()
            let folder = harness.path + "/bounds"
            let kept = ["--precision", "verified", "--calibrations", folder]
            #expect(try await rank(harness, kept).status == 0)
            let file = try #require(FileManager.default.contentsOfDirectory(atPath: folder).first)
            let text = try String(contentsOfFile: folder + "/" + file, encoding: .utf8)
            // Consistent in itself, and wrong: as if int8 had never erred.
            let none = "\"errors\":[" + Array(repeating: "0", count: 40).joined(separator: ",") + "]"
            let lie = text.replacing(#/"bounds":\[[^\]]*\]/#, with: #""bounds":[0,0,0,0,0]"#)
                .replacing(#/"errors":\[[^\]]*\]/#, with: none)
                .replacing(#/"lead":[0-9.e-]+/#, with: #""lead":0"#)
            try lie.write(toFile: folder + "/" + file, atomically: true, encoding: .utf8)
            let ranked = try await rank(harness, kept)
            #expect(ranked.status == 3)
            for part in ["precision verified: session ", ", movie ", ", step ", "the bound is 0.0"] {
                #expect(ranked.errors.contains(part), "\(ranked.errors)")
            }
            let compared = try await harness.run(
                ["compare", "scenarios/bundle", "scenarios/bundle"] + sessions(3, in: harness) + kept
            )
            #expect(compared.status == 3 && compared.errors.contains("precision verified: session "))
        }

        @Test func `compare and check report what was decided`() async throws {
            let harness = try CommandLineHarness()
            let inputs = try sessions(3, in: harness) + ["--precision", "verified", "--format", "json"]
            let compared = try await harness.run(["compare", "scenarios/bundle", "scenarios/bundle"] + inputs)
            #expect(compared.status == 0, "\(compared.errors)")
            struct Document: Decodable {
                struct Precision: Decodable {
                    struct Bound: Decodable { let bounds: [Double] }
                    let bound: Bound
                    let decided: Int
                    let again: Int
                }
                struct Side: Decodable { let precision: Precision? }
                let new: Side?
                let precision: Precision?
            }
            let side = try JSONDecoder().decode(Document.self, from: Data(compared.output.utf8)).new?.precision
            #expect((200...300).contains(side.map { $0.decided + $0.again } ?? 0))
            #expect(try #require(side).bound.bounds.allSatisfy { $0 > 0 })
            let options = ["--bundle", "scenarios/bundle", "--only", "threads", "--limit", "1"]
            let checked = try await harness.run(["check"] + options + inputs)
            #expect(checked.status == 0, "\(checked.errors)")
            let precision = try JSONDecoder().decode(Document.self, from: Data(checked.output.utf8)).precision
            #expect(try #require(precision).decided > 0)
        }

        @Test(arguments: [
            (["--precision", "verified", "--beams", "2"], "needs greedy decoding"),
            (["--precision", "verified", "--scoring", "expected"], "needs --scoring text"),
            (["--precision", "int8"], "--precision"), (["--calibrations", "b"], "without --precision verified"),
        ])
        func `what cannot be verified is refused by name`(options: [String], named: String) async throws {
            let outcome = try await rank(CommandLineHarness(), options)
            #expect(outcome.status == 2 && outcome.output.isEmpty)
            #expect(outcome.errors.contains(named), "\(outcome.errors)")
        }
    }
}
