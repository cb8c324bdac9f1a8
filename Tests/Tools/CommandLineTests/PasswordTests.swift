import ColdstartTestSupport
import Domain
import Foundation
import Testing

#if canImport(FoundationNetworking)
import FoundationNetworking
#endif

extension CommandLineSuite.OfRuns {
    /// Passwords that break addresses, given in every way, to every command that takes an address.
    @Suite(.timeLimit(.minutes(10)))
    struct PasswordTests {
        /// How a password is given.
        enum Way: CaseIterable, Sendable {
            case encoded, raw, pairs, variable, passwordFile
        }

        private static let bundle = Fixtures.packageDirectory + "/scenarios/bundle"

        /// The address and the variables with which a password is given.
        private func given(
            _ password: String,
            _ way: Way,
            port: Int,
            in harness: CommandLineHarness
        ) throws -> (address: String, environment: [String: String]) {
            let plain = "postgresql://app@127.0.0.1:\(port)/movies"
            switch way {
            case .encoded:
                return ("postgresql://app:\(Passwords.percentEncoded(password))@127.0.0.1:\(port)/movies", [:])
            case .raw: return ("postgresql://app:\(password)@127.0.0.1:\(port)/movies", [:])
            case .pairs:
                return (
                    "host=127.0.0.1 port=\(port) user=app dbname=movies password=\(Passwords.quoted(password))", [:]
                )
            case .variable: return (plain, ["PGPASSWORD": password])
            case .passwordFile:
                let escaped = password.unicodeScalars.map { $0 == ":" || $0 == "\\" ? "\\\($0)" : "\($0)" }.joined()
                let file = harness.path + "/pgpass"
                try "127.0.0.1:\(port):*:app:\(escaped)\n".write(toFile: file, atomically: true, encoding: .utf8)
                try FileManager.default.setAttributes([.posixPermissions: 0o600], ofItemAtPath: file)
                return (plain, ["PGPASSFILE": file])
            }
        }

        /// Checks that no text shows the password or a part of it that a reader would recognise.
        private func expectNothing(of password: String, in texts: [String], _ what: String) {
            let parts = password.utf8.split { "@:/?# ".utf8.contains($0) }
                .filter { $0.count >= 5 && $0.contains { !(48...57).contains($0) } }
                .map { String(decoding: $0, as: UTF8.self) }
            for text in texts {
                for part in parts + [password, Passwords.percentEncoded(password)] {
                    #expect(!text.contains(part), "\(what) shows \(part): \(text)")
                }
            }
        }

        @Test("No command shows any part of a password", arguments: 0..<2, Way.allCases)
        func commands(seed: Int, way: Way) async throws {
            let server = EchoingServer()
            defer { server.stop() }
            var generator = SplitMix64(seed: UInt64(seed * 10) + UInt64(Way.allCases.firstIndex(of: way) ?? 0))
            let password = Passwords.random(&generator, length: 4...14)
            for words in [
                ["db", "verify"], ["record", "--output", "OUT/visit"], ["doctor", "--bundle", Self.bundle],
                ["run", "scenarios/11-p5-fails.yaml", "-v", "--report-dir", "OUT/reports"],
            ] {
                let harness = try CommandLineHarness()
                let (address, environment) = try given(password, way, port: server.port, in: harness)
                let arguments = words.map { $0.replacing("OUT", with: harness.path) } + ["--db", address]
                let outcome = try await harness.run(arguments, environment: environment)
                #expect(outcome.status == 3 || outcome.status == 2, "\(outcome.status) \(outcome.errors)")
                // The server was asked, unless the address was refused before.
                let said = outcome.output + outcome.errors
                #expect(said.contains("***") || said.contains("%40"), "\(said)")
                var texts = [outcome.output, outcome.errors]
                for file in ["report.json", "report.jsonl", "junit.xml"] {
                    texts += (try? [String(contentsOfFile: "\(harness.path)/reports/\(file)", encoding: .utf8)]) ?? []
                }
                expectNothing(of: password, in: texts, words.joined(separator: " "))
            }
        }

        @Test("The service shows no part of a password in its log and its answers", arguments: Way.allCases)
        func service(way: Way) async throws {
            let server = EchoingServer()
            defer { server.stop() }
            var generator = SplitMix64(seed: 77 + UInt64(Way.allCases.firstIndex(of: way) ?? 0))
            let password = Passwords.random(&generator, length: 4...14)
            let harness = try CommandLineHarness()
            let (address, environment) = try given(password, way, port: server.port, in: harness)
            let process = try harness.start(
                ["serve", "--bundle", Self.bundle, "--host", "127.0.0.1", "--port", "0", "--log-format", "json"],
                environment: environment.merging(["DATABASE_URL": address]) { $1 }
            )
            var texts: [String] = []
            while process.isRunning {
                let log = (try? String(contentsOfFile: harness.path + "/errors", encoding: .utf8)) ?? ""
                guard log.contains("ready_full"), let port = log.firstMatch(of: /"port":"(\d+)"/)?.output.1 else {
                    try await Task.sleep(for: .milliseconds(20))
                    continue
                }
                let service = "http://127.0.0.1:\(port)"
                var request = URLRequest(url: try #require(URL(string: service + "/recommend")))
                request.httpMethod = "POST"
                request.httpBody = Data("{\"session_id\":\"11111111-1111-4111-8111-111111111111\"}".utf8)
                let (answer, response) = try await URLSession.shared.data(for: request)
                #expect((response as? HTTPURLResponse)?.statusCode == 500)
                texts.append(String(decoding: answer, as: UTF8.self))
                #expect(texts[0].contains("***"), "the server was not asked: \(texts[0])")
                let metrics = try #require(URL(string: service + "/metrics"))
                texts.append(String(decoding: try await URLSession.shared.data(from: metrics).0, as: UTF8.self))
                process.terminate()
                break
            }
            let outcome = await harness.finish(process)
            #expect(outcome.status == (texts.isEmpty ? 2 : 0), "\(outcome.errors)")
            expectNothing(of: password, in: texts + [outcome.output, outcome.errors], "serve")
        }

        @Test("A mistyped command line does not repeat an address")
        func mistypedOption() async throws {
            for words in [["--dbb", "URL"], ["--dbb=URL"], ["URL"], ["--db", "URL", "URL"]] {
                let address = "postgresql://app:Zebra7@Quokka9@127.0.0.1:1/movies"
                let arguments = ["db", "verify"] + words.map { $0.replacing("URL", with: address) }
                let outcome = try await CommandLineHarness().run(arguments)
                #expect(outcome.status == 2)
                expectNothing(of: "Zebra7@Quokka9", in: [outcome.output, outcome.errors], words.joined(separator: " "))
            }
        }

        @Test("doctor shows no password of a variable")
        func doctor() async throws {
            let outcome = try await CommandLineHarness()
                .run(
                    ["doctor", "--bundle", Self.bundle],
                    environment: ["COLDSTART_URL": "http://me:Quokka9@host:1", "COLDSTART_DB": "password=Quokka8"]
                )
            #expect(outcome.status == 0)
            #expect(outcome.output.contains("COLDSTART_URL=http://me:***@host:1"))
            #expect(!outcome.output.contains("Quokka"))
        }
    }
}
