import ColdstartTestSupport
import Foundation
import Testing

extension CommandLineSuite.OfFiles {
    struct CompareCommandTests {
        private static let inputs = [
            "--sessions", "scenarios/sessions/demo.jsonl", "--catalogue", "scenarios/catalogue.jsonl",
        ]
        private static let session = "24d09882-2dea-5338-88bd-117852da62d8"

        /// The document, as far as tests read it.
        private struct Document: Decodable {
            struct Row: Decodable {
                let name: String
                let model: String
                let slice: String
                let old: Double?
                let new: Double?
                let delta: Double?
                let value: Double?
                let sessions: Int
            }
            struct Counts: Decodable {
                let compared: Int
                let changed: Int
                let onlyOld: Int
                let onlyNew: Int
            }
            struct Verdict: Decodable {
                let outcome: String
                let isDecided: Bool
            }
            struct Gate: Decodable { let verdicts: [Verdict] }
            struct Blame: Decodable {
                struct Places: Decodable {
                    let candidates: Int
                    let reranking: Int
                    let both: Int
                    let ties: Int
                }
                let places: Places
                let changedPlaces: Int
            }
            let schemaVersion: Int
            let exitCode: Int32
            let causes: [Int32]
            let metrics: [Row]
            let sessionCounts: Counts
            let gate: Gate?
            let blame: Blame?

            func value(_ name: String, _ model: String) -> Double? {
                metrics.first { $0.name == name && $0.model == model && $0.slice == "all" }?.value
            }
        }

        /// A bundle like the demo's whose SVD factors differ in one movie.
        private func changedBundle(in harness: CommandLineHarness) throws -> String {
            let bundle = try ChangedBundle(in: harness)
            try bundle.changeSVD()
            return bundle.path
        }

        private func compare(
            _ harness: CommandLineHarness,
            _ arguments: [String],
            expecting status: Int32 = 0
        ) async throws -> Document {
            let outcome = try await harness.run(["compare"] + arguments + ["--format", "json"])
            #expect(outcome.status == status, "\(outcome.errors)")
            return try JSONDecoder().decode(Document.self, from: Data(outcome.output.utf8))
        }

        @Test func `a bundle and itself are the same, session by session and metric by metric`() async throws {
            let harness = try CommandLineHarness()
            let bundle = ["scenarios/bundle", "scenarios/bundle", "--models", "svd"]
            let document = try await compare(harness, bundle + Self.inputs)
            #expect(document.schemaVersion == 1)
            #expect(document.sessionCounts.compared == 40 && document.sessionCounts.changed == 0)
            #expect(document.value("Overlap@10", "svd") == 1)
            #expect(document.value("RBO(p=0.9)", "display") == 1)
            #expect(document.value("Footrule", "svd") == 0)
        }

        @Test func `a changed bundle is seen, and its limits decide the code`() async throws {
            let harness = try CommandLineHarness()
            let changed = try changedBundle(in: harness)
            let gate = harness.path + "/gate.yaml"
            let arguments = ["scenarios/bundle", changed, "--models", "svd", "--gate", gate] + Self.inputs
            try "min_overlap@100: 1\n".write(toFile: gate, atomically: true, encoding: .utf8)
            let failed = try await compare(harness, arguments, expecting: 1)
            #expect(failed.sessionCounts.changed > 0)
            #expect(failed.gate?.verdicts.first?.outcome == "failed")
            try "min_overlap@100: 0.5\n".write(toFile: gate, atomically: true, encoding: .utf8)
            let passed = try await compare(harness, arguments)
            #expect(failed.causes == [1] && passed.causes == [0])
            #expect(passed.gate?.verdicts.allSatisfy { $0.outcome == "passed" && $0.isDecided } == true)
            try "models: [p5]\nmin_overlap@100: 0.5\n".write(toFile: gate, atomically: true, encoding: .utf8)
            _ = try await compare(harness, arguments, expecting: 7)
            // P5 has ranked nothing, which is no verdict beside the failure of SVD.
            try "models: [svd, p5]\nmin_overlap@100: 1\n".write(toFile: gate, atomically: true, encoding: .utf8)
            #expect(try await compare(harness, arguments, expecting: 1).causes == [1, 7])
            for text in ["min_overlop@100: 1\n", "slices: {history:1000: {min_rbo: 1}}\n"] {
                try text.write(toFile: gate, atomically: true, encoding: .utf8)
                let outcome = try await harness.run(["compare"] + arguments)
                #expect(outcome.status == 2 && outcome.errors.contains("gate.yaml:1"), "\(outcome.errors)")
            }
        }

        @Test func `blame adds up to the changed places, and only SVD is to blame where only SVD changed`() async throws
        {
            let harness = try CommandLineHarness()
            let changed = try changedBundle(in: harness)
            let all = try String(
                contentsOfFile: Fixtures.packageDirectory + "/scenarios/sessions/demo.jsonl",
                encoding: .utf8
            )
            // P5 takes its time: three sessions show it.
            let few = all.split(separator: "\n").prefix(3).joined(separator: "\n")
            try few.write(toFile: harness.path + "/few.jsonl", atomically: true, encoding: .utf8)
            let arguments = [
                "scenarios/bundle", changed, "--blame", "--cache", harness.path + "/cache", "--sessions",
                harness.path + "/few.jsonl", "--catalogue", "scenarios/catalogue.jsonl",
            ]
            let document = try await compare(harness, arguments)
            if document.sessionCounts.changed > 0 {
                let blame = try #require(document.blame)
                let places = blame.places
                let sum = places.candidates + places.reranking + places.both + places.ties
                #expect(sum == blame.changedPlaces)
                #expect(places.reranking == 0 && places.both == 0)
            }
            let again = try await compare(harness, arguments)
            #expect(again.sessionCounts.changed == document.sessionCounts.changed)
            #expect(again.value("RBO(p=0.9)", "p5") == document.value("RBO(p=0.9)", "p5"))
        }

        @Test func `files of rankings, run files and kept comparisons say what the bundles say`() async throws {
            let harness = try CommandLineHarness()
            let changed = try changedBundle(in: harness)
            let kept = harness.path + "/kept.jsonl"
            let bundles = ["scenarios/bundle", changed, "--models", "svd", "--save", kept]
            let fromBundles = try await compare(harness, bundles + Self.inputs)
            var files: [String: [String]] = [:]
            for (name, bundle) in [("old", "scenarios/bundle"), ("new", changed)] {
                for format in ["jsonl", "trec"] {
                    let rank = ["rank", "--bundle", bundle, "--models", "svd", "--format", format] + Self.inputs
                    let outcome = try await harness.run(rank)
                    #expect(outcome.status == 0, "\(outcome.errors)")
                    let file = "\(harness.path)/\(name).\(format)"
                    try outcome.output.write(toFile: file, atomically: true, encoding: .utf8)
                    files[format, default: []].append(file)
                }
            }
            for arguments in [
                files["jsonl"] ?? [], files["trec"] ?? [], [kept], [kept + "", files["jsonl"]?[1] ?? ""],
            ] {
                let document = try await compare(harness, arguments)
                #expect(document.sessionCounts.compared == 40)
                if arguments != [kept, files["jsonl"]?[1] ?? ""] {
                    #expect(document.sessionCounts.changed == fromBundles.sessionCounts.changed)
                    #expect(document.value("Overlap@100", "svd") == fromBundles.value("Overlap@100", "svd"))
                    #expect(document.value("RBO(p=0.9)", "svd") == fromBundles.value("RBO(p=0.9)", "svd"))
                } else {
                    #expect(document.sessionCounts.changed == 0, "the kept comparison's new side is the new bundle")
                }
            }
        }

        @Test func `a pipe is a side as a file is`() async throws {
            let harness = try CommandLineHarness()
            let place = #"{"movie_id":"a","rank":1,"score":1}"#
            for name in ["old", "new"] {
                try "\n{\"session_id\":\"s\",\"svd\":[\(place)]}\n"
                    .write(toFile: "\(harness.path)/\(name).jsonl", atomically: true, encoding: .utf8)
            }
            try "s Q0 a 1 1 svd\n".write(toFile: harness.path + "/new.run", atomically: true, encoding: .utf8)
            for new in ["new.jsonl", "new.run"] {
                let script = "cat $FOLDER/\(new) | $COLDSTART compare $FOLDER/old.jsonl /dev/stdin --format json"
                let outcome = try await harness.shell(script)
                #expect(outcome.status == 0, "\(outcome.errors)")
                let document = try JSONDecoder().decode(Document.self, from: Data(outcome.output.utf8))
                #expect(document.sessionCounts.compared == 1 && document.sessionCounts.changed == 0)
            }
        }

        @Test func `what cannot be compared is refused with the code of its kind`() async throws {
            let harness = try CommandLineHarness()
            let lines = harness.path + "/a.jsonl"
            let line = #"{"session_id":"s","svd":[{"movie_id":"a","rank":1,"score":1}]}"#
            try line.write(toFile: lines, atomically: true, encoding: .utf8)
            let other = harness.path + "/b.jsonl"
            try line.replacingOccurrences(of: "\"s\"", with: "\"t\"")
                .write(toFile: other, atomically: true, encoding: .utf8)
            for (arguments, status) in [
                (["nowhere", lines], 2), (["scenarios/bundle", lines], 2), ([lines], 2),
                ([lines, lines, "--blame"], 2),
                ([lines, lines, "--metrics", "nDGC@10"], 2), ([lines, other], 7),
            ] as [([String], Int32)] {
                let outcome = try await harness.run(["compare"] + arguments)
                #expect(outcome.status == status, "\(arguments): \(outcome.errors)")
            }
        }

        @Test(
            arguments: [
                (["--metrics", "ndcg@10"], ["did you mean nDCG?", "--metrics takes nDCG nDCG@10 AP AP@10 P@10"]),
                (["--metrics", "nDCG@10,Overlap@10"], ["Overlap@10 compares two rankings"]),
                (["--metrics", "RR,"], ["no measure is called \"\""]),
                (["--at", "10,none"], ["found \"none\", expected whole numbers from 1 to 100000, such as 10,100"]),
                (["--at", "10,10"], ["10 comes twice"]),
                (["--hold-out", "3"], ["expected last:N, N from 1 to 1000", "held_out"]),
                (["--list", "svd5"], ["'svd'", "'p5'", "'display'"]),
                (["--missing", "drop"], ["'exclude'", "'empty'"]),
            ] as [([String], [String])]
        )
        func `a refused value is followed by what there is`(option: [String], words: [String]) async throws {
            let outcome = try await CommandLineHarness().run(["compare", "a", "b"] + option)
            #expect(outcome.status == 2)
            for word in words { #expect(outcome.errors.contains(word), "\(outcome.errors)") }
        }

        @Test func `explain, shrink and bisect find the change`() async throws {
            let harness = try CommandLineHarness()
            let changed = try changedBundle(in: harness)
            let inputs = Self.inputs + ["--models", "svd"]
            let explained = try await harness.run(["explain", Self.session, "scenarios/bundle", changed] + inputs)
            #expect(explained.status == 0, "\(explained.errors)")
            #expect(explained.output.contains("Eyes Wide Shut"))
            let bisected = try await harness.run(
                ["bisect", "scenarios/bundle", "scenarios/bundle", changed, changed, "--format", "json"] + inputs
            )
            #expect(bisected.status == 0, "\(bisected.errors)")
            #expect(bisected.output.contains("\"firstDifferent\" : \"\(changed)\""), "\(bisected.output)")
            let none = try await harness.run(["bisect", "scenarios/bundle", "scenarios/bundle"] + inputs)
            #expect(none.status == 7)
            let same = try await harness.run(["shrink", Self.session, "scenarios/bundle", "scenarios/bundle"] + inputs)
            #expect(same.status == 7)
            let unknown = try await harness.run(["explain", "nobody", "scenarios/bundle"] + inputs)
            #expect(unknown.status == 2)
        }
    }
}
