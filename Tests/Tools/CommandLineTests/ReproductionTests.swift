import ColdstartTestSupport
import DatabaseHarness
import Foundation
import PostgresClient
import Testing

extension CommandLineSuite.OfRuns {
    /// The line that a failure ends with, run by a shell.
    struct ReproductionTests {
        private static func reproduction(in output: String) throws -> String {
            let lines = output.split(separator: "\n").map { $0.drop { $0 == " " } }
            let line = try #require(lines.first { $0.hasPrefix("reproduce ") })
            return String(line.dropFirst("reproduce".count).drop { $0 == " " })
        }

        private static func shell(
            _ line: String,
            _ variables: [String: String]
        ) async throws -> (output: String, errors: String, status: Int32) {
            let shell = Process()
            shell.executableURL = URL(fileURLWithPath: "/bin/sh")
            shell.arguments = ["-c", line]
            shell.currentDirectoryURL = URL(fileURLWithPath: Fixtures.packageDirectory)
            let folder = CommandLineHarness.program.deletingLastPathComponent().path
            let path = "\(folder):\(ProcessInfo.processInfo.environment["PATH"] ?? "/usr/bin:/bin")"
            shell.environment = ProcessInfo.processInfo.environment.merging(["PATH": path]) { $1 }
                .merging(variables) { $1 }
            let (output, errors) = (Pipe(), Pipe())
            shell.standardOutput = output
            shell.standardError = errors
            try shell.run()
            return await CommandLineHarness.onOwnThread {
                let text = output.fileHandleForReading.readDataToEndOfFile()
                let said = errors.fileHandleForReading.readDataToEndOfFile()
                shell.waitUntilExit()
                return (
                    String(decoding: text, as: UTF8.self), String(decoding: said, as: UTF8.self),
                    shell.terminationStatus
                )
            }
        }

        @Test(
            "It runs the scenario in the same database, with the same tables, waits and role, and without the password"
        )
        func database() async throws {
            try await ThrowAwayCluster.with(ThrowAwayCluster.Options()) { cluster in
                let shipped = Fixtures.packageDirectory + "/scenarios/schema.sql"
                try await PostgresConnection.open(cluster.address)
                    .execute(script: String(contentsOfFile: shipped, encoding: .utf8))
                let harness = try CommandLineHarness()
                let scenario = try harness.scenario(
                    """
                    requests:
                      - {at: 5s, session: 1, expect: {status: 200}}
                    expect:
                      rows: none
                    """
                )
                let tables = harness.path + "/it's the schema.sql"
                try FileManager.default.copyItem(atPath: shipped, toPath: tables)
                let outcome = try await harness.run([
                    "run", scenario, "--db", "\(cluster.address) password='a \\'Quokka9'", "--schema", tables,
                    "--wait-rows", "250ms", "--as-role", "postgres",
                ])
                #expect(!outcome.output.contains("Quokka9"))
                let line = try Self.reproduction(in: outcome.output)
                for word in ["--schema", "--wait-rows 250ms", "--as-role postgres", "--seed", "--db"] {
                    #expect(line.contains(word), "\(line)")
                }
                let again = try await Self.shell(line, ["PGPASSWORD": "a 'Quokka9"])
                #expect(again.status == outcome.status, "\(line)\n\(again.output)\(again.errors)")
                #expect(try Self.reproduction(in: again.output).hasSuffix("-v"))
                let without = try await Self.shell("unset PGPASSWORD; \(line)", [:])
                #expect(without.errors.contains("PGPASSWORD: password of the database"))
                #expect(without.output.isEmpty)
            }
        }

        @Test("It starts the same command of the user's own")
        func command() async throws {
            let harness = try CommandLineHarness()
            let scenario = try harness.scenario(
                """
                requests:
                  - {at: 5s, session: 1, expect: {status: 200}}
                expect:
                  rows: {svd: 10, p5: 10}
                """
            )
            let words = ["/bin/sh", "-c", "echo \"it's $0\" \"$1\"; exit 3", "-v", "a b"]
            let outcome = try await harness.run(
                ["run", scenario, "--target", "process", "--speed", "20", "--command"] + words,
                environment: ["P5_CKPT": Fixtures.packageDirectory + "/scenarios/bundle/p5/mvt_aug_epoch10.pth"]
            )
            #expect(outcome.status != 0)
            let line = try Self.reproduction(in: outcome.output)
            #expect(line.hasPrefix("P5_CKPT="))
            let again = try await Self.shell(line, [:])
            #expect(again.status == outcome.status, "\(line)\n\(again.output)\(again.errors)")
            #expect(try Self.reproduction(in: again.output) == line)
            // The same words, from the service's own mouth.
            #expect(again.output.contains("it's -v a b"), "\(again.output)")
        }

        @Test("It names every variable that stands in for a part of the bundle, a prefix of the checkpoint's names too")
        func bundle() async throws {
            let harness = try CommandLineHarness()
            let scenario = try harness.scenario("requests: []\nexpect: {startup: {outcome: killed}}")
            let outcome = try await harness.run(["run", scenario], environment: ["P5_CKPT_PREFIX": "student model."])
            #expect(outcome.status != 0)
            let line = try Self.reproduction(in: outcome.output)
            #expect(line.hasPrefix("P5_CKPT_PREFIX='student model.' "), "\(line)")
            let again = try await Self.shell(line, [:])
            #expect(again.status == outcome.status, "\(line)\n\(again.output)\(again.errors)")
            #expect(try Self.reproduction(in: again.output) == line)
        }
    }
}
