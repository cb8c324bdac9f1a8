import ColdstartTestSupport
import Foundation
import Testing

extension CommandLineSuite.OfFiles {
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
            let notes: [String]
            let tensors: [String: Int]
        }

        private func rank(
            _ harness: CommandLineHarness,
            _ further: [String],
            environment: [String: String] = [:]
        ) async throws -> CommandLineHarness.Outcome {
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
                ] + further,
                environment: environment
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
            #expect(line.notes.isEmpty)
            #expect(line.tensors == ["checkpoint": 47, "backbone": 1])
            #expect(outcome.errors.contains("gave 47 of the model's 48 tensors"), "\(outcome.errors)")
        }

        /// A checkpoint of one tensor, the demo model's last norm of the encoder.
        private func checkpoint(_ value: Float, in harness: CommandLineHarness) throws -> String {
            struct Configuration: Decodable { let d_model: Int }
            let config = Fixtures.packageDirectory + "/scenarios/bundle/t5-small/config.json"
            let width = try JSONDecoder()
                .decode(Configuration.self, from: Data(contentsOf: URL(fileURLWithPath: config))).d_model
            let values = (0..<width)
                .flatMap { index in
                    withUnsafeBytes(of: (index == 5 ? value : 1).bitPattern.littleEndian) { Array($0) }
                }
            let header = Array(
                #"{"encoder.final_layer_norm.weight":{"dtype":"F32","shape":[\#(width)],"data_offsets":[0,\#(4 * width)]}}"#
                    .utf8
            )
            let length = (0..<8).map { UInt8(truncatingIfNeeded: header.count >> (8 * $0)) }
            let path = harness.path + "/checkpoint.safetensors"
            try Data(length + header + values).write(to: URL(fileURLWithPath: path))
            return path
        }

        @Test func `what could not be ranked stands in the line, on standard error and in the exit code`() async throws
        {
            let harness = try CommandLineHarness()
            let environment = ["P5_CKPT": try checkpoint(.nan, in: harness)]
            let outcome = try await rank(harness, ["--format", "jsonl"], environment: environment)
            #expect(outcome.status == 7)
            let line = try JSONDecoder().decode(Line.self, from: Data(outcome.output.utf8))
            #expect(line.svd.count == 100 && line.p5.isEmpty)
            let note = try #require(line.notes.first)
            #expect(line.notes.count == 1 && note.contains("P5 failed") && note.contains("NaN"), "\(line.notes)")
            #expect(outcome.errors.contains("1 session of 1: \(note)"), "\(outcome.errors)")
            #expect(outcome.errors.contains("P5 ranked none of 1 session"), "\(outcome.errors)")
            let healthy = ["P5_CKPT": try checkpoint(1, in: harness)]
            #expect(try await rank(harness, ["--format", "jsonl"], environment: healthy).status == 0)
        }

        @Test func `a variable out of range ends it with 2, as it ends serve, and is named with its range`()
            async throws
        {
            let environment = ["P5_GEN_MAX_LEN": "1"]
            let outcome = try await rank(CommandLineHarness(), [], environment: environment)
            #expect(outcome.status == 2)
            let message = "coldstart: P5_GEN_MAX_LEN: found \"1\", expected a whole number from 2 to 1024"
            #expect(outcome.errors.hasPrefix(message), "\(outcome.errors)")
        }

        @Test(arguments: [Float.nan, .infinity]) func `doctor names the tensor that is not finite`(
            _ value: Float
        ) async throws {
            let harness = try CommandLineHarness()
            let environment = ["P5_CKPT": try checkpoint(value, in: harness)]
            let outcome = try await harness.run(["doctor"], environment: environment)
            #expect(outcome.status == 3)
            #expect(outcome.output.contains("✗ weights"), "\(outcome.output)")
            #expect(outcome.output.contains("element 5") && outcome.output.contains("final_layer_norm"))
            let healthy = try await harness.run(["doctor"], environment: ["P5_CKPT": checkpoint(1, in: harness)])
            #expect(healthy.output.contains("✓ weights        47 tensors"), "\(healthy.output)")
            #expect(healthy.output.contains("gave 1 of the model's 47 tensors"), "\(healthy.output)")
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
        func `each way of ranking puts the golden's movies first`(golden: String, options: [String]) async throws {
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

        @Test func `a soft prompt and biased scores change what the models make of the same movies`() async throws {
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

        @Test func `whole-word embeddings change what P5 makes of the same movies`() async throws {
            let without = try await rank(CommandLineHarness(), ["--format", "jsonl"])
            let with = try await rank(CommandLineHarness(), ["--format", "jsonl", "--whole-word"])
            #expect(with.status == 0 && with.output != without.output)
        }

        @Test func `a session of a pipe is ranked before the next one comes, also the same one again`() async throws {
            let script = """
                mkfifo "$FOLDER/in"
                "$COLDSTART" rank --bundle scenarios/bundle --catalogue scenarios/catalogue.jsonl --models svd \\
                    --format jsonl --sessions "$FOLDER/in" > "$FOLDER/out" &
                exec 3> "$FOLDER/in"
                for line in 1 2 3; do
                    head -1 scenarios/sessions/demo.jsonl >&3
                    tries=0
                    until [ "$(wc -l < "$FOLDER/out")" -eq $line ]; do
                        tries=$((tries + 1))
                        [ $tries -lt 1200 ] || { kill $!; exit 9; }
                        sleep 0.1
                    done
                done
                exec 3>&-
                wait $!
                code=$?
                cat "$FOLDER/out"
                exit $code
                """
            let outcome = try await CommandLineHarness().shell(script)
            #expect(outcome.status == 0, "\(outcome.errors)")
            let lines = outcome.output.split(separator: "\n")
            #expect(lines.count == 3 && Set(lines).count == 1)
        }

        @Test func `a session that comes twice in a file ends it with 2`() async throws {
            let script = """
                head -1 scenarios/sessions/demo.jsonl > "$FOLDER/twice"
                head -1 scenarios/sessions/demo.jsonl >> "$FOLDER/twice"
                "$COLDSTART" rank --bundle scenarios/bundle --catalogue scenarios/catalogue.jsonl --models svd \\
                    --sessions "$FOLDER/twice"
                """
            let outcome = try await CommandLineHarness().shell(script)
            #expect(outcome.status == 2 && outcome.errors.contains("twice:2:1: `session_id`"), "\(outcome.errors)")
            #expect(outcome.output.isEmpty)
        }
    }
}
