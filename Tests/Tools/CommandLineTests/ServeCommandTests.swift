import ColdstartTestSupport
import Foundation
import Testing

/// The command `serve` as a process.
@Suite(.timeLimit(.minutes(10)))
struct ServeCommandTests {
    private static let serve = [
        "serve", "--bundle", Fixtures.packageDirectory + "/scenarios/bundle", "--host", "127.0.0.1",
    ]

    private func wait(for text: String, in harness: CommandLineHarness) async throws -> String {
        while true {
            let errors = (try? String(contentsOfFile: harness.path + "/errors", encoding: .utf8)) ?? ""
            if errors.contains(text) { return errors }
            try await Task.sleep(for: .milliseconds(20))
        }
    }

    @Test("a variable that makes no sense ends it with 2 and is named", arguments: ["PORT", "P5_BATCH", "P5_MAX_LEN"])
    func refusesVariable(name: String) async throws {
        let outcome = try await CommandLineHarness().run(Self.serve, environment: [name: "many"])
        #expect(outcome.status == 2)
        #expect(outcome.errors.hasPrefix("coldstart: \(name): found \"many\", expected a whole number"))
    }

    @Test("a database's address that cannot be parsed ends it with 2, without the address")
    func refusesAddress() async throws {
        let environment = ["DATABASE_URL": "postgresql://u:pw@h:x/d"]
        let outcome = try await CommandLineHarness().run(Self.serve, environment: environment)
        #expect(outcome.status == 2)
        #expect(outcome.errors.hasPrefix("coldstart: DATABASE_URL: "))
        #expect(!outcome.errors.contains("pw@"))
    }

    @Test("it listens and logs JSON, a second one on its port ends with 3, and SIGTERM ends it with 0")
    func servesAndStops() async throws {
        let harness = try CommandLineHarness()
        let arguments = Self.serve + ["--port", "0", "--require-nothing", "--log-format", "json"]
        let process = try harness.start(arguments)
        let errors = try await wait(for: "ready_full", in: harness)
        let listening = try #require(errors.split(separator: "\n").first { $0.contains("listening") })
        let line = try JSONDecoder().decode([String: String].self, from: Data(listening.utf8))
        let port = try #require(line["port"])

        let second = try await CommandLineHarness().run(Self.serve + ["--port", port, "--require-nothing"])
        #expect(second.status == 3)
        #expect(second.errors.contains("cannot listen on 127.0.0.1:\(port)"))

        process.terminate()
        #expect(await harness.finish(process).status == 0)
    }
}
