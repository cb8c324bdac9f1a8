import ColdstartTestSupport
import DatabaseHarness
import Foundation
import PostgresClient
import Testing

extension CommandLineSuite.OfRuns {
    /// Plants secrets and looks for them in everything that the program leaves.
    struct SecretsTests {
        private static let password = "hush-4f1d0c77-password"
        private static let secret = "hush-9b2e63aa-webhook"

        /// The address of a fresh database with a password in it, which the server does not ask for.
        private static func address(in cluster: ThrowAwayCluster) async throws -> String {
            let name = "secrets_\(UInt32.random(in: 0 ... .max))"
            let schema = try String(
                contentsOfFile: Fixtures.packageDirectory + "/scenarios/schema.sql",
                encoding: .utf8
            )
            let catalogue = """
                INSERT INTO phase2_movies (id, title) VALUES ('1', 'One');
                INSERT INTO user_sessions (id, phase) VALUES ('00000000-0000-4000-8000-000000000001', 'recommendation');
                INSERT INTO movie_ratings (session_id, movie_id, rating)
                VALUES ('00000000-0000-4000-8000-000000000001', '1', 5);
                """
            let database = try await cluster.createDatabase(name)
            try await PostgresConnection.open(database).execute(script: schema + catalogue)
            return "\(database) password=\(password)"
        }

        /// Everything that a run left: both streams and every file of the folder.
        private static func texts(_ outcome: CommandLineHarness.Outcome, in folder: String) throws -> [String: String] {
            var texts = ["standard output": outcome.output, "standard error": outcome.errors]
            for case let file as String in FileManager.default.enumerator(atPath: folder) ?? .init() {
                guard let bytes = FileManager.default.contents(atPath: folder + "/" + file) else { continue }
                texts[file] = String(decoding: bytes, as: UTF8.self)
            }
            return texts
        }

        /// A command line, and the exit codes that it may end with, so that the search is not one in nothing.
        struct Run: Sendable, CustomTestStringConvertible {
            let arguments: [String]
            let statuses: Set<Int32>
            var testDescription: String { arguments.joined(separator: " ") }
        }

        private static let scenario = "scenarios/04-progressive-survives.yaml"

        static let runs = [
            Run(arguments: ["run", scenario, "-v", "--db", "DB"], statuses: [5]),
            Run(arguments: ["run", scenario, "-v", "--db", "NOWHERE"], statuses: [3]),
            Run(
                arguments: ["run", scenario, "-v", "--target", "process", "--speed", "auto", "--db", "DB"],
                statuses: [0, 1, 4, 5, 7]
            ),
            Run(arguments: ["db", "verify", "--db", "DB"], statuses: [5]),
            Run(arguments: ["db", "verify", "--db", "NOWHERE"], statuses: [3]),
            Run(arguments: ["record", "--db", "DB"], statuses: [0]),
            Run(arguments: ["doctor", "--db", "DB"], statuses: [0]),
        ]

        @Test("No report, log or error holds the database's password or the webhook's secret", arguments: runs)
        func planted(run: Run) async throws {
            try await ThrowAwayCluster.with(ThrowAwayCluster.Options()) { cluster in
                let harness = try CommandLineHarness()
                let address = try await Self.address(in: cluster)
                let nowhere = "postgresql://someone:\(Self.password)@127.0.0.1:1/none"
                var arguments = run.arguments.map { $0 == "DB" ? address : $0 == "NOWHERE" ? nowhere : $0 }
                switch run.arguments[0] {
                case "run", "db": arguments += ["--report-dir", harness.path + "/reports"]
                case "record": arguments += ["--output", harness.path + "/visit.yaml"]
                default: break
                }
                let outcome = try await harness.run(
                    arguments,
                    environment: ["WEBHOOK_SECRET": Self.secret, "PGPASSWORD": Self.password, "COLDSTART_DB": nowhere]
                )
                #expect(run.statuses.contains(outcome.status), "\(outcome.status): \(outcome.errors)")
                for (name, text) in try Self.texts(outcome, in: harness.path) {
                    #expect(!text.contains(Self.password), "\(name) holds the password")
                    #expect(!text.contains(Self.secret), "\(name) holds the webhook's secret")
                }
            }
        }
    }
}
