import ColdstartTestSupport
import Foundation
import Testing

extension CommandLineSuite.OfRuns {
    /// The variables of a shell that is set up for another server.
    struct ForeignVariablesTests {
        static let variables = [
            "PGOPTIONS": "-c default_transaction_read_only=on", "PGSERVICE": "production", "PGSERVICEFILE": "/nowhere",
            "PGSSLMODE": "verify-full", "PGTARGETSESSIONATTRS": "standby", "PGREQUIREAUTH": "scram-sha-256",
            "PGCHANNELBINDING": "require", "PGPASSFILE": "/nowhere", "PGHOST": "db.invalid", "PGPORT": "6543",
            "PGHOSTADDR": "127.255.0.1", "PGUSER": "app", "PGDATABASE": "movies", "PGPASSWORD": "hush-12",
            "PGCLIENTENCODING": "nonsense", "PGTZ": "Nowhere/None", "PGDATESTYLE": "nonsense", "PGGEQO": "nonsense",
            "PGAPPNAME": "other", "PGCONNECT_TIMEOUT": "abc", "PGSSLMINPROTOCOLVERSION": "nonsense",
            "PGSSLROOTCERT": "/nowhere", "PGSSLCERT": "/nowhere", "PGSSLKEY": "/nowhere",
            "PGREQUIREPEER": "nobody-here",
            "PGGSSENCMODE": "require", "PGKRBSRVNAME": "other", "PGREQUIRESSL": "1", "PGLOADBALANCEHOSTS": "nonsense",
            "PGDATA": "/nowhere", "PGSYSCONFDIR": "/nowhere",
        ]

        @Test("A server of the run's own has nothing to do with them", arguments: ["simulated", "process"])
        func runs(target: String) async throws {
            let harness = try CommandLineHarness()
            let scenario = try harness.scenario(
                """
                requests:
                  - {at: 5s, session: 1, expect: {status: 200}}
                expect:
                  rows: {svd: 10, p5: 10}
                """
            )
            let words = ["run", scenario, "--target", target] + (target == "process" ? ["--speed", "auto"] : [])
            let outcome = try await harness.run(words, environment: Self.variables)
            #expect(outcome.status == 0, "\(outcome.output)\(outcome.errors)")
        }

        @Test("The printed commands lead to a kept server in that shell too")
        func kept() async throws {
            let harness = try CommandLineHarness()
            let scenario = try harness.scenario(
                """
                requests:
                  - {at: 5s, session: 1, expect: {status: 200}}
                expect:
                  rows: {svd: 10, p5: 10}
                """
            )
            let variables = Self.variables.merging(["TMPDIR": "/tmp"]) { $1 }
            let outcome = try await harness.run(["run", scenario, "--db", "keep"], environment: variables)
            #expect(outcome.status == 0, "\(outcome.output)\(outcome.errors)")
            let connect = try #require(outcome.errors.firstMatch(of: /connect with: (.*)/)?.output.1)
            let stop = try #require(outcome.errors.firstMatch(of: /remove its files with: (.*)/)?.output.1)
            let answer = try Self.shell("\(connect) -X -Atc 'SELECT 40 + 2'", variables)
            #expect(answer.output == "42\n")
            #expect(try Self.shell(String(stop), variables).status == 0)
        }

        private static func shell(
            _ line: String,
            _ variables: [String: String]
        ) throws -> (output: String, status: Int32) {
            let shell = Process()
            shell.executableURL = URL(fileURLWithPath: "/bin/sh")
            shell.arguments = ["-c", line]
            shell.environment = ProcessInfo.processInfo.environment.merging(variables) { $1 }
            let output = Pipe()
            shell.standardOutput = output
            try shell.run()
            let bytes = output.fileHandleForReading.readDataToEndOfFile()
            shell.waitUntilExit()
            return (String(decoding: bytes, as: UTF8.self), shell.terminationStatus)
        }
    }
}
