import Foundation
import Testing

extension CommandLineSuite {
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
    }
}
