import ColdstartTestSupport
import Foundation
import Testing

extension CommandLineSuite.OfRuns {
    struct CapsuleCommandTests {
        private struct Document: Decodable {
            struct Part: Decodable {
                let part: String
                let outcome: String
                let text: String
                let differences: [String]
            }

            let exitCode: Int32
            let parts: [Part]
            let unknown: [String]

            var outcomes: [String] { parts.map { "\($0.part) \($0.outcome)" } }
        }

        private static let folder = Fixtures.packageDirectory + "/Tests/Fixtures/diagnose"
        private static let shipped = Fixtures.packageDirectory + "/scenarios"

        /// Writes the checksum of a changed capsule anew, by another program.
        private static let seal = """
            zeros=$(printf '0%.0s' $(seq 64))
            sed -i "s/\\"sha256\\" : \\"[0-9a-f]*\\"/\\"sha256\\" : \\"$zeros\\"/" "$1"
            sum=$(sha256sum < "$1" | cut -c1-64)
            sed -i "s/\\"sha256\\" : \\"$zeros\\"/\\"sha256\\" : \\"$sum\\"/" "$1"
            """

        private static let rest = """
            requests:
              - {at: 1500ms, session: 1}
              - {at: 30s, session: 1}
              - {at: 40s, session: 1, top_k: 3}
            ratings:
              - {at: 35s, session: 1, movie: 318, rating: 9}
            expect:
              startup: {outcome: ready}
            """

        private func document(_ harness: CommandLineHarness, _ capsule: String) async throws -> Document {
            let outcome = try await harness.run(["replay", capsule, "--format", "json"])
            let document = try JSONDecoder().decode(Document.self, from: Data(outcome.output.utf8))
            #expect(document.exitCode == outcome.status)
            return document
        }

        /// A run over models that are gone afterwards.
        private func keptRun(_ harness: CommandLineHarness) async throws -> String {
            let scenario = try harness.scenario(service: "strategy: progressive, cache: 10", Self.rest)
            let text = try String(contentsOfFile: scenario, encoding: .utf8)
            let link = harness.path + "/models"
            try FileManager.default.createSymbolicLink(atPath: link, withDestinationPath: Self.shipped + "/bundle")
            try text.replacing(Self.shipped + "/bundle", with: link)
                .write(toFile: scenario, atomically: true, encoding: .utf8)
            let capsule = harness.path + "/run.json"
            let run = try await harness.run(["run", scenario, "--capsule", capsule])
            #expect(run.status == 0, "\(run.output)\(run.errors)")
            try FileManager.default.removeItem(atPath: link)
            try FileManager.default.removeItem(atPath: scenario)
            return capsule
        }

        @Test func `a run is played again without its models, its scenario and a database`() async throws {
            let harness = try CommandLineHarness()
            let capsule = try await keptRun(harness)
            let document = try await document(harness, capsule)
            #expect(document.exitCode == 0, "\(document.parts)")
            #expect(document.outcomes == ["start same", "trace same", "answers same", "rows same"])
            #expect(document.parts[2].text == "3 answers" && document.parts[3].text == "6 rows")
            let text = try await harness.shell("cd / && env -i \"$COLDSTART\" replay - < \"$FOLDER/run.json\"")
            #expect(text.status == 0 && text.output.contains("not in the capsule: the models"), "\(text.output)")
            for line in text.output.split(separator: "\n") { #expect(line.count <= 80, "\(line)") }
        }

        @Test func `the run of a real process is kept with its events, answers and rows, and its start simulated`()
            async throws
        {
            let harness = try CommandLineHarness()
            let scenario = try harness.scenario(
                """
                requests:
                  - {at: 5s, session: 1}
                expect:
                  startup: {outcome: ready}
                """
            )
            let capsule = harness.path + "/real.json"
            let run = try await harness.run(["run", scenario, "--target", "process", "--capsule", capsule])
            #expect(run.status == 0, "\(run.output)\(run.errors)")
            try FileManager.default.removeItem(atPath: scenario)
            let kept = try await document(harness, capsule)
            #expect(kept.exitCode == 0, "\(kept.parts)")
            #expect(kept.outcomes == ["start same", "trace carried", "answers carried", "rows carried"])
            let texts = kept.parts.map(\.text)
            #expect(texts[0].hasPrefix("ready, 1 attempt;") && texts[2] == "1 answer of the process", "\(texts)")
            #expect(!texts[1].hasPrefix("0 ") && !texts[3].hasPrefix("0 "), "\(texts)")

            // A scenario under which the same process would have been killed.
            let text = try String(contentsOfFile: capsule, encoding: .utf8)
            try text.replacing("boot: 1s", with: "boot: 300s").write(toFile: capsule, atomically: true, encoding: .utf8)
            let sealed = try await harness.shell(Self.seal.replacing("$1", with: capsule))
            #expect(sealed.status == 0, "\(sealed.errors)")
            let changed = try await document(harness, capsule)
            #expect(changed.exitCode == 4 && changed.outcomes.first == "start differs", "\(changed.parts)")
        }

        @Test func `what a capsule says otherwise than its replay is named, with the code of its part`() async throws {
            let harness = try CommandLineHarness()
            let capsule = try await keptRun(harness)
            let text = try String(contentsOfFile: capsule, encoding: .utf8)
            let rows = try #require(text.range(of: "\"rows\" : ["))
            let score = try #require(text.range(of: "\"rank\" : 1,", range: rows.upperBound..<text.endIndex))
            let changes: [(name: String, text: String, status: Int32, outcome: String)] = [
                ("rows", text.replacingCharacters(in: score, with: "\"rank\" : 7,"), 5, "rows differs"),
                ("answers", text.replacing("\"p5Saved\" : 3", with: "\"p5Saved\" : 4"), 1, "answers differs"),
                (
                    "start", text.replacing("\"outcome\" : \"ready\"", with: "\"outcome\" : \"killed\""), 4,
                    "start differs"
                ),
                ("trace", text.replacing("listens on port 8080", with: "listens on port 9090"), 4, "trace differs"),
            ]
            for change in changes {
                #expect(change.text != text, "\(change.name)")
                let file = "\(harness.path)/\(change.name).json"
                try change.text.write(toFile: file, atomically: true, encoding: .utf8)
                let damaged = try await harness.run(["replay", file])
                #expect(damaged.status == 2 && damaged.errors.contains("damaged or changed"), "\(damaged.errors)")
                let sealed = try await harness.shell("set -- \"$FILE\"\n" + Self.seal, environment: ["FILE": file])
                #expect(sealed.status == 0, "\(sealed.errors)")
                let document = try await document(harness, file)
                #expect(document.exitCode == change.status, "\(change.name): \(document.parts)")
                #expect(document.outcomes.filter { $0.contains("differs") } == [change.outcome])
                #expect(document.parts.contains { !$0.differences.isEmpty })
            }
        }

        @Test func `what strikes in a database is not said to have been played`() async throws {
            let harness = try CommandLineHarness()
            let capsule = harness.path + "/run.json"
            let run = try await harness.run([
                "run", Self.shipped + "/15-database-goes-away.yaml", "--capsule", capsule,
            ])
            #expect(run.status == 0, "\(run.output)\(run.errors)")
            let document = try await document(harness, capsule)
            #expect(document.exitCode == 7)
            #expect(document.outcomes == ["start same", "trace same", "answers open", "rows open"])
        }

        @Test(arguments: [
            ("reported/01-tcp-default-wrong-port/input.json", "answers absent"),
            ("reported/27-cpu-starved-after-ready/input.json", "answers carried"),
        ])
        func `a log's start is played again, and its lines are only carried`(file: String, answers: String) async throws
        {
            let harness = try CommandLineHarness()
            let capsule = harness.path + "/start.json"
            let diagnosed = try await harness.run(["diagnose", "\(Self.folder)/\(file)", "--capsule", capsule])
            #expect(diagnosed.errors.contains("coldstart replay"), "\(diagnosed.errors)")
            let document = try await document(harness, capsule)
            #expect(document.exitCode == 0, "\(document.parts)")
            #expect(document.outcomes == ["start same", "trace carried", answers, "rows absent"])
            #expect(document.unknown.contains { $0.contains("which rankings were made") })
        }

        @Test func `a password in a log's line does not reach its capsule`() async throws {
            let harness = try CommandLineHarness()
            let log = harness.path + "/log.txt"
            let lines = [
                "2026-03-01T10:00:00Z Starting new instance. Reason: AUTOSCALING - x",
                "2026-03-01T10:00:03Z connection refused by postgresql://films:hunter2secret@db:5432/films, retrying",
                "2026-03-01T10:01:02Z STARTUP TCP probe failed 30 times consecutively for container \"db\" on port 5432. "
                    + "The instance was not started. Connection failed with status DEADLINE_EXCEEDED.",
            ]
            try lines.joined(separator: "\n").write(toFile: log, atomically: true, encoding: .utf8)
            let capsule = harness.path + "/start.json"
            _ = try await harness.run(["diagnose", log, "--capsule", capsule])
            let text = try String(contentsOfFile: capsule, encoding: .utf8)
            #expect(text.contains("retrying") && !text.contains("hunter2secret"), "\(text)")
        }

        @Test func `a start that cannot be played leaves no file, and says why`() async throws {
            let harness = try CommandLineHarness()
            let capsule = harness.path + "/start.json"
            let file = Self.folder + "/reported/25-job-exit-0-is-success"
            let inputs = try FileManager.default.contentsOfDirectory(atPath: file).filter { $0.hasPrefix("input") }
            let outcome = try await harness.run(["diagnose", "\(file)/\(inputs[0])", "--capsule", capsule])
            #expect(outcome.status == 7 && outcome.errors.contains("a task of a job"), "\(outcome.errors)")
            #expect(!FileManager.default.fileExists(atPath: capsule))
        }

        @Test(arguments: [
            (["scenarios/14-no-ratings.yaml", "scenarios/15-database-goes-away.yaml"], "holds one scenario"),
            (
                [
                    "scenarios/22-deployed-service.yaml", "--target", "remote", "--url", "http://127.0.0.1:9", "--db",
                    "postgresql://127.0.0.1:9/none",
                ], "deployed service"
            ),
        ])
        func `a run that no capsule holds is refused before it begins`(words: [String], message: String) async throws {
            let harness = try CommandLineHarness()
            let outcome = try await harness.run(["run"] + words + ["--capsule", harness.path + "/run.json"])
            #expect(outcome.status == 2 && outcome.errors.contains(message), "\(outcome.errors)")
        }

        @Test func `a file that is none is named with its place`() async throws {
            let harness = try CommandLineHarness()
            let file = harness.path + "/half.json"
            try "{\"schemaVersion\" : 1,\n \"kind\" : \"cold".write(toFile: file, atomically: true, encoding: .utf8)
            let half = try await harness.run(["replay", file])
            #expect(half.status == 2 && half.errors.contains("half.json:2:"), "\(half.errors)")
            let missing = try await harness.run(["replay", harness.path + "/none.json"])
            #expect(missing.status == 2 && missing.errors.contains("none.json"), "\(missing.errors)")
        }
    }
}
