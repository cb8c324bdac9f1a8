import ColdstartTestSupport
import Foundation
import Testing

extension CommandLineSuite.OfFiles {
    struct GoldenCommandTests {
        @Test func `0 where all is as in the golden`() async throws {
            let goldens = try GoldenOnDisk()
            let outcome = try await goldens.check()
            #expect(outcome.status == 0, "\(outcome.output)\(outcome.errors)")
            #expect(outcome.output.contains("4 of 4 sessions as in the golden"))
            #expect(try !goldens.files.contains("demo.jsonl.pending"))
        }

        @Test func `6 where only pending goldens remain, until somebody accepts them`() async throws {
            let goldens = try GoldenOnDisk()
            let before = try goldens.text()
            try goldens.change(scoreOf: 1)
            let check = try await goldens.check()
            #expect(check.status == 6, "\(check.output)\(check.errors)")
            #expect(check.output.contains("coldstart golden review \(goldens.golden)"), "\(check.output)")
            #expect(try goldens.text() == before)
            let pending = try await goldens.run("pending", goldens.harness.path)
            #expect(pending.status == 6 && pending.output.contains("low"), "\(pending.output)\(pending.errors)")
            let accepted = try await goldens.run("accept", goldens.golden, "--all", "--by", "Ann")
            #expect(accepted.status == 0, "\(accepted.output)\(accepted.errors)")
            #expect(try goldens.text().contains(#""who":"Ann""#))
            let again = try await goldens.check()
            #expect(again.status == 0, "\(again.output)\(again.errors)")
            let nothing = try await goldens.run("pending", goldens.golden)
            #expect(nothing.status == 0 && nothing.output == "nothing is pending\n")
        }

        @Test(arguments: [["CI": "true"], ["CI": ""]]) func `1 in CI, which writes nothing`(
            environment: [String: String]
        ) async throws {
            let goldens = try GoldenOnDisk()
            try goldens.change(scoreOf: 1)
            let before = try goldens.files
            let flags = environment["CI"] == "true" ? [] : ["--ci"]
            let outcome = try await goldens.check(flags, environment: environment)
            #expect(outcome.status == 1, "\(outcome.output)\(outcome.errors)")
            #expect(outcome.output.contains("nothing is written in CI"))
            #expect(try goldens.files == before)
            #expect(try await goldens.check().status == 6)
            let accept = ["golden", "accept", goldens.golden, "--all"]
            let refused = try await goldens.harness.run(accept + flags, environment: environment)
            #expect(refused.status == 2 && refused.errors.contains("in CI"), "\(refused.errors)")
        }

        @Test func `1 for a golden that is missing, with the command that makes one`() async throws {
            let goldens = try GoldenOnDisk()
            try FileManager.default.removeItem(atPath: goldens.golden)
            let outcome = try await goldens.check()
            #expect(
                outcome.status == 1 && outcome.errors.contains("coldstart golden new --golden"),
                "\(outcome.errors)"
            )
            #expect(try !goldens.files.contains("demo.jsonl"))
        }

        @Test func `1 for a session that the golden lacks`() async throws {
            let goldens = try GoldenOnDisk()
            try goldens.writeRankings(goldens.lines + [goldens.further])
            let outcome = try await goldens.check()
            #expect(outcome.status == 1 && outcome.output.contains("the golden lacks 1 session"), "\(outcome.output)")
        }

        @Test func `1 for what somebody rejected, for as long as it is there`() async throws {
            let goldens = try GoldenOnDisk()
            try goldens.change(scoreOf: 1)
            #expect(try await goldens.check().status == 6)
            let rejected = try await goldens.run("reject", goldens.golden, "--all", "--reason", "wrong factors")
            #expect(rejected.status == 0, "\(rejected.output)\(rejected.errors)")
            let check = try await goldens.check()
            #expect(check.status == 1 && check.output.contains("rejected: "), "\(check.output)")
            #expect(try await goldens.run("pending", goldens.golden).status == 1)
            try goldens.writeRankings(goldens.lines)
            #expect(try await goldens.check().status == 0)
            #expect(try await goldens.run("pending", goldens.golden).status == 0)
        }

        @Test func `candidates that changed are accepted with a reason alone, which the golden keeps`() async throws {
            let goldens = try GoldenOnDisk()
            try goldens.removeLastMovie(of: 1)
            #expect(try await goldens.check().status == 6)
            let pending = try await goldens.run("pending", goldens.golden, "--format", "json")
            let document = try JSONSerialization.jsonObject(with: Data(pending.output.utf8)) as? [String: Any]
            let reports = try #require(document?["goldens"] as? [[String: Any]])
            let differences = try #require(reports.first?["differences"] as? [[String: Any]])
            #expect(differences.count == 1 && differences[0]["risk"] as? String == "high")
            #expect(differences[0]["needsReason"] as? Bool == true)
            let before = try goldens.text()
            let refused = try await goldens.run("accept", goldens.golden, "--all")
            #expect(refused.status == 2 && refused.errors.contains("--reason"), "\(refused.errors)")
            #expect(try goldens.text() == before)
            let low = try await goldens.run("accept", goldens.golden, "--all", "--up-to", "low")
            #expect(low.status == 2, "\(low.output)")
            let accepted = try await goldens.run("accept", goldens.golden, "--all", "--reason", "fewer films")
            #expect(try accepted.status == 0 && goldens.text().contains(#""reason":"fewer films""#))
            #expect(try await goldens.check().status == 0)
        }

        @Test func `stale sessions are reported, and not looked for in a part`() async throws {
            let goldens = try GoldenOnDisk()
            try goldens.writeRankings(Array(goldens.lines.prefix(3)))
            let warned = try await goldens.check()
            #expect(warned.status == 0 && warned.output.contains("nothing was compared with 1 session"))
            let rejected = try await goldens.check(["--unreferenced", "reject"])
            #expect(rejected.status == 1, "\(rejected.output)")
            let part = try await goldens.check(["--unreferenced", "reject", "--shard", "1/2"])
            #expect(part.status == 0 && part.output.contains("not looked for: --shard 1/2"), "\(part.output)")
            let unknown = try await goldens.check(["--session", "51e5501d-d19e-58e3-8712-000000000000"])
            #expect(unknown.status == 2 && unknown.errors.contains("no such session"))
        }

        @Test(arguments: [
            ("conflict", "<<<<<<< ours", "conflict marker"), ("not finite", "NaN", "NaN"),
            ("twice", "twice", "already"),
            ("unknown", "catalogue", "the catalogue has no movie"),
        ])
        func `2 for a golden that cannot be trusted`(name: String, what: String, words: String) async throws {
            let goldens = try GoldenOnDisk()
            var further: [String] = []
            switch name {
            case "conflict": try goldens.writeGolden(goldens.lines + [what])
            case "not finite":
                let score = try #require(goldens.lines[0].firstMatch(of: /"score":[0-9.]+/))
                try goldens.writeGolden([goldens.lines[0].replacingCharacters(in: score.range, with: "\"score\":NaN")])
            case "twice": try goldens.writeGolden(goldens.lines + [goldens.lines[0]])
            default:
                let catalogue = goldens.harness.path + "/few.jsonl"
                let all = try String(
                    contentsOfFile: Fixtures.packageDirectory + "/scenarios/catalogue.jsonl",
                    encoding: .utf8
                )
                try all.split(separator: "\n").prefix(10).joined(separator: "\n")
                    .write(toFile: catalogue, atomically: true, encoding: .utf8)
                further = ["--catalogue", catalogue]
            }
            let outcome = try await goldens.check(further)
            #expect(outcome.status == 2 && outcome.errors.contains(words), "\(outcome.errors)")
            #expect(outcome.errors.contains(goldens.golden + ":"), "\(outcome.errors)")
        }

        @Test func `what Coldstart made is its own, which the golden and every report say`() async throws {
            let harness = try CommandLineHarness()
            let shipped = Fixtures.packageDirectory + "/scenarios"
            let all = try String(contentsOfFile: shipped + "/sessions/demo.jsonl", encoding: .utf8)
            let sessions = harness.path + "/sessions.jsonl"
            try (all.split(separator: "\n").prefix(1) + [""]).joined(separator: "\n")
                .write(toFile: sessions, atomically: true, encoding: .utf8)
            let golden = harness.path + "/own.jsonl"
            let sources = [
                "--golden", golden, "--bundle", shipped + "/bundle", "--sessions", sessions, "--catalogue",
                shipped + "/catalogue.jsonl",
            ]
            let made = try await harness.run(["golden", "new"] + sources, environment: ["CI": ""])
            #expect(made.status == 0 && made.output.contains("never checked by another program"), "\(made.errors)")
            let written = try String(contentsOfFile: golden, encoding: .utf8)
            #expect(written.contains(#""program":"coldstart""#))
            // The movie that just misses SVD's places, and a gap for each text, as the reference's golden has them.
            let reference = try String(
                contentsOfFile: Fixtures.packageDirectory + "/golden/demo.jsonl",
                encoding: .utf8
            )
            let session = try #require(reference.split(separator: "\n").dropFirst().first)
            #expect(
                written.contains(#""svd_next":{"movie_id":"3441""#)
                    && session.contains(#""svd_next":{"movie_id":"3441""#)
            )
            #expect(written.matches(of: /"gap":/).count == session.matches(of: /"gap":/).count)
            let twice = try await harness.run(["golden", "new"] + sources, environment: ["CI": ""])
            #expect(twice.status == 2 && twice.errors.contains("--force"), "\(twice.errors)")
            let check = try await harness.run(["golden", "check"] + sources, environment: ["CI": ""])
            #expect(check.status == 0, "\(check.output)\(check.errors)")
            #expect(check.output.contains("never checked by another program"))
            let file = try harness.scenario(
                """
                requests: [{at: 10s, session: 1}]
                expect: {rankings: {full: "\(golden)"}}
                """
            )
            let text = try String(contentsOfFile: file, encoding: .utf8)
                .replacing(shipped + "/sessions/demo.jsonl", with: sessions)
            try text.write(toFile: file, atomically: true, encoding: .utf8)
            let run = try await harness.run(["run", file])
            #expect(run.status == 0, "\(run.output)\(run.errors)")
            #expect(
                run.output.replacing(/\s+/, with: " ").contains("never checked by another program"),
                "\(run.output)"
            )
        }

        @Test func `where the old bundle is at hand each difference says which part moved it`() async throws {
            let harness = try CommandLineHarness()
            let shipped = Fixtures.packageDirectory + "/scenarios"
            let bundle = harness.path + "/bundle"
            try FileManager.default.copyItem(atPath: shipped + "/bundle", toPath: bundle)
            // Another regularisation: the SVD model's scores change, P5's files do not.
            try #"{"reg": 50}"#.write(toFile: bundle + "/svd_5core/lambda.json", atomically: true, encoding: .utf8)
            let golden = harness.path + "/demo.jsonl"
            try FileManager.default.copyItem(
                atPath: Fixtures.packageDirectory + "/golden/demo.jsonl",
                toPath: golden
            )
            let arguments = [
                "golden", "check", "--golden", golden, "--bundle", bundle, "--sessions",
                shipped + "/sessions/demo.jsonl", "--catalogue", shipped + "/catalogue.jsonl", "--old-bundle",
                shipped + "/bundle", "--session", "51e5501d-d19e-58e3-8712-f47bd265ce5e", "--format", "json",
            ]
            let outcome = try await harness.run(arguments, environment: ["CI": ""])
            #expect(outcome.status == 6, "\(outcome.errors)")
            #expect(outcome.output.contains("svd_5core/lambda.json is not the file of the golden"))
            let blame = try #require(
                outcome.output.firstMatch(
                    of: /blame of p5's (\d+) changed places: candidates (\d+) .*reranking 0, both 0/
                )
            )
            #expect(Int(blame.1) ?? 0 > 0 && Int(blame.2) ?? 0 > 0, "\(blame.0)")
        }

        /// A scenario of the first session of the demo against the golden.
        private func scenario(_ goldens: GoldenOnDisk, named name: String = "made-up") throws -> String {
            try goldens.harness.scenario(
                named: name,
                """
                requests: [{at: 10s, session: 1}, {at: 12s, session: 1}]
                expect: {rankings: {full: "\(goldens.golden)"}}
                """
            )
        }

        @Test func `a run that fails against a golden keeps what differs for a person to accept`() async throws {
            let goldens = try GoldenOnDisk()
            let lines = goldens.lines
            try goldens.writeGolden([goldens.rescored(lines[0])] + lines[1...])
            let before = try goldens.text()
            let arguments = ["run", try scenario(goldens), "--report-dir", goldens.harness.path + "/reports"]
            let run = try await goldens.harness.run(arguments, environment: ["CI": ""])
            #expect(run.status == 1, "\(run.output)\(run.errors)")
            let review = "coldstart golden review \(goldens.golden)"
            #expect(run.output.contains("accept      \(review)"), "\(run.output)")
            let report = try String(contentsOfFile: goldens.harness.path + "/reports/report.json", encoding: .utf8)
            #expect(report.contains(review.replacing("/", with: "\\/")) || report.contains(review))
            #expect(try goldens.text() == before)
            let pending = try await goldens.run("pending", goldens.golden)
            #expect(pending.status == 6 && pending.output.contains("51e5501d"), "\(pending.output)\(pending.errors)")
            let accepted = try await goldens.run("accept", goldens.golden, "--all", "--by", "Ann")
            #expect(accepted.status == 0, "\(accepted.output)\(accepted.errors)")
            let again = try await goldens.harness.run(arguments, environment: ["CI": ""])
            #expect(again.status == 0, "\(again.output)\(again.errors)")
            #expect(again.output.replacing(/\s+/, with: " ").contains("never checked by another program"))
        }

        @Test(arguments: [["--ci"], []])
        func `a run in CI writes nothing beside a golden and names the command that does`(flags: [String]) async throws
        {
            let goldens = try GoldenOnDisk()
            let lines = goldens.lines
            try goldens.writeGolden([goldens.rescored(lines[0])] + lines[1...])
            let file = try scenario(goldens)
            let before = try goldens.files
            let environment = ["CI": flags.isEmpty ? "true" : ""]
            let run = try await goldens.harness.run(["run", file] + flags, environment: environment)
            #expect(run.status == 1, "\(run.output)\(run.errors)")
            let line = "accept      coldstart golden check --golden \(goldens.golden) --bundle "
            #expect(run.output.contains(line), "\(run.output)")
            #expect(try goldens.files == before)
        }

        @Test func `scenarios side by side keep what differs of the same golden`() async throws {
            let goldens = try GoldenOnDisk()
            let lines = goldens.lines
            try goldens.writeGolden(try lines.map { try goldens.withoutLastMovie($0) })
            var files: [String] = []
            for number in 1...4 {
                let file = try scenario(goldens, named: "session-\(number)")
                let text = try String(contentsOfFile: file, encoding: .utf8)
                    .replacing("select: first 1}", with: "select: first 4}")
                    .replacing("session: 1}", with: "session: \(number)}")
                try text.write(toFile: file, atomically: true, encoding: .utf8)
                files.append(file)
            }
            let run = try await goldens.harness.run(["run", "--jobs", "4"] + files, environment: ["CI": ""])
            #expect(run.status == 1, "\(run.output)\(run.errors)")
            let pending = try await goldens.run("pending", goldens.golden)
            for line in lines {
                let id = try #require(line.firstMatch(of: /"session_id": ?"([0-9a-f-]+)"/)).1
                #expect(pending.output.contains(id), "\(pending.output)")
            }
        }

        @Test func `2 for a golden of sessions that the scenario's file does not have`() async throws {
            let goldens = try GoldenOnDisk()
            let unknown = "51e5501d-d19e-58e3-8712-000000000000"
            try goldens.writeGolden(
                goldens.lines + [
                    goldens.further.replacing(/"session_id": ?"[0-9a-f-]+"/, with: #""session_id":"\#(unknown)""#)
                ]
            )
            let run = try await goldens.harness.run(["run", try scenario(goldens)], environment: ["CI": ""])
            #expect(run.status == 2, "\(run.output)\(run.errors)")
            #expect(run.output.replacing(/\s+/, with: " ").contains("no session \(unknown)"), "\(run.output)")
        }

        @Test func `a golden of SVD alone asks nothing of P5, and knows the movie that just misses it`() async throws {
            let harness = try CommandLineHarness()
            let shipped = Fixtures.packageDirectory + "/scenarios"
            let bundle = harness.path + "/svd-alone"
            try FileManager.default.createDirectory(atPath: bundle, withIntermediateDirectories: true)
            try FileManager.default.copyItem(atPath: shipped + "/bundle/svd_5core", toPath: bundle + "/svd_5core")
            let golden = harness.path + "/svd.jsonl"
            let sources = [
                "--golden", golden, "--bundle", bundle, "--sessions", shipped + "/sessions/demo.jsonl", "--catalogue",
                shipped + "/catalogue.jsonl",
            ]
            let made = try await harness.run(["golden", "new", "--svd-only"] + sources, environment: ["CI": ""])
            #expect(made.status == 0, "\(made.output)\(made.errors)")
            let check = try await harness.run(["golden", "check"] + sources, environment: ["CI": ""])
            #expect(check.status == 0, "\(check.output)\(check.errors)")
            // The 101st movie is that of the reference's golden.
            let reference = try String(
                contentsOfFile: Fixtures.packageDirectory + "/golden/demo.jsonl",
                encoding: .utf8
            )
            let own = try String(contentsOfFile: golden, encoding: .utf8)
            let next = #/"svd_next": ?\{"movie_id": ?"(\d+)"/#
            let found = own.matches(of: next).map(\.1)
            #expect(found.count == 40 && found == reference.matches(of: next).map(\.1))
        }

        @Test func `2 for a review without a terminal, which names what scripts use`() async throws {
            let goldens = try GoldenOnDisk()
            try goldens.change(scoreOf: 1)
            #expect(try await goldens.check().status == 6)
            let outcome = try await goldens.run("review", goldens.golden)
            #expect(outcome.status == 2 && outcome.errors.contains("pending --format json"), "\(outcome.errors)")
        }
    }
}
