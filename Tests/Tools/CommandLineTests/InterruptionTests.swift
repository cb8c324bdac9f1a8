import ColdstartTestSupport
import Foundation
import Testing

extension CommandLineSuite.OfRuns {
    struct InterruptionTests {
        @Test(arguments: [SIGINT, SIGTERM])
        func `an interrupted run ends with 130 and leaves neither server nor files behind`(signal: Int32) async throws {
            let harness = try CommandLineHarness()
            // Short, for the path of a socket has little room, and open to the user as whom root runs the server.
            let temporary = "/tmp/cs-\(getpid())-\(signal)"
            try FileManager.default.createDirectory(atPath: temporary, withIntermediateDirectories: true)
            defer { try? FileManager.default.removeItem(atPath: temporary) }
            try FileManager.default.setAttributes([.posixPermissions: 0o1777], ofItemAtPath: temporary)
            let process = try harness.start(
                ["run", "scenarios", "--continue-on-error"],
                environment: ["TMPDIR": temporary]
            )
            let hasCluster = await CommandLineHarness.onOwnThread {
                for _ in 0..<3000 {
                    if let files = try? FileManager.default.contentsOfDirectory(atPath: temporary), !files.isEmpty {
                        usleep(300_000)
                        kill(process.processIdentifier, signal)
                        return true
                    }
                    usleep(20_000)
                }
                return false
            }
            try #require(hasCluster, "no cluster was started within a minute")
            let outcome = await harness.finish(process)
            #expect(outcome.status == 130, "\(outcome.output)\(outcome.errors)")
            #expect(try FileManager.default.contentsOfDirectory(atPath: temporary) == [])
        }

        @Test(arguments: [
            ["explain", "51e5501d-d19e-58e3-8712-f47bd265ce5e", "scenarios/bundle", "--why", "923"],
            ["shrink", "51e5501d-d19e-58e3-8712-f47bd265ce5e", "scenarios/bundle", "CHANGED"],
            ["bisect", "scenarios/bundle", "scenarios/bundle", "scenarios/bundle"],
        ])
        func `an interrupted search for a cause ends with 130 and says what it knows`(command: [String]) async throws {
            let harness = try CommandLineHarness()
            let changed = try ChangedBundle(in: harness)
            try changed.changeIDMap()
            // The sessions come after the signal, however fast the search is.
            let sessions = harness.path + "/sessions"
            try #require(mkfifo(sessions, 0o600) == 0)
            let recorded = try Data(
                contentsOf: URL(filePath: Fixtures.packageDirectory + "/scenarios/sessions/demo.jsonl")
            )
            let inputs = ["--sessions", sessions, "--catalogue", "scenarios/catalogue.jsonl"]
            let process = try harness.start(command.map { $0 == "CHANGED" ? changed.path : $0 } + inputs)
            let wasWritten = await CommandLineHarness.onOwnThread {
                usleep(1_000_000)
                kill(process.processIdentifier, SIGINT)
                // Does not wait for a reader that is gone; a pipe takes that much at once.
                let pipe = open(sessions, O_WRONLY | O_NONBLOCK)
                defer { close(pipe) }
                return recorded.withUnsafeBytes { write(pipe, $0.baseAddress, $0.count) } == recorded.count
            }
            #expect(wasWritten)
            let outcome = await harness.finish(process)
            #expect(outcome.status == 130, "\(outcome.output)\(outcome.errors)")
            #expect(outcome.errors.hasSuffix("interrupted\n"), "\(outcome.errors)")
            if command[0] == "bisect" { #expect(outcome.output.contains("interrupted before the end")) }
            #expect(
                try FileManager.default.contentsOfDirectory(atPath: harness.path).sorted() == [
                    "changed", "errors", "output", "sessions",
                ]
            )
        }

        @Test(
            "a signal that was ignored when the program began stays ignored",
            arguments: [SIGHUP, SIGINT, SIGTERM]
        )
        func ignored(signal: Int32) async throws {
            let harness = try CommandLineHarness()
            let process = try harness.start(["run", "scenarios/16-all-sessions.yaml"], ignoring: "HUP INT TERM")
            let wasRunning = await CommandLineHarness.onOwnThread {
                usleep(600_000)
                return kill(process.processIdentifier, signal) == 0
            }
            let outcome = await harness.finish(process)
            #expect(wasRunning)
            #expect(outcome.status == 0, "\(outcome.output)\(outcome.errors)")
        }

        @Test("the service ends on SIGTERM, though SIGINT was ignored when it began")
        func ignoredByService() async throws {
            let harness = try CommandLineHarness()
            let process = try harness.start(
                ["serve", "--bundle", "scenarios/bundle", "--require-nothing", "--host", "127.0.0.1", "--port", "0"],
                ignoring: "INT"
            )
            await CommandLineHarness.onOwnThread {
                for _ in 0..<1000 where !harness.errorsSoFar.contains("listening") { usleep(20_000) }
                kill(process.processIdentifier, SIGINT)
                usleep(500_000)
            }
            #expect(process.isRunning)
            process.terminate()
            #expect(await harness.finish(process).status == 0)
        }
    }
}
