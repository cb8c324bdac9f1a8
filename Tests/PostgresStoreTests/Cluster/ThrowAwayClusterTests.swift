import Foundation
import PostgresStore
import Testing

extension PostgresTests {
    /// A folder of one test's own, open to the server's user, removed at the end.
    struct Sandbox: ~Copyable {
        let path: String

        init() throws {
            path = "/tmp/cs-\(UInt32.random(in: 0...UInt32.max))"
            try FileManager.default.createDirectory(
                atPath: path,
                withIntermediateDirectories: false,
                attributes: [.posixPermissions: 0o755]
            )
        }

        deinit {
            try? FileManager.default.removeItem(atPath: path)
        }

        var options: ThrowAwayCluster.Options {
            ThrowAwayCluster.Options(cacheFolder: "\(path)/cache", temporaryFolder: path)
        }

        /// Clusters' folders that are there.
        var clusters: [String] {
            ((try? FileManager.default.contentsOfDirectory(atPath: path)) ?? []).filter { $0.contains("-pg-") }
        }
    }

    struct ThrowAwayClusterTests {
        @Test func `serves, and leaves neither a process nor a file`() async throws {
            let sandbox = try Sandbox()
            let clock = ContinuousClock()
            for round in ["initdb", "cached"] {
                var (start, server) = (clock.now, 0)
                try await ThrowAwayCluster.with(sandbox.options) { cluster in
                    let connection = try await PostgresConnection.open(cluster.address)
                    let answer: String = try await connection.query("SELECT 'yes'").single()
                    #expect(answer == "yes")
                    print(round, "first answer after", clock.now - start)
                    server = cluster.serverPID
                    #expect(kill(pid_t(server), 0) == 0)
                    start = clock.now
                }
                print(round, "stopped after", clock.now - start)
                #expect(kill(pid_t(server), 0) == -1)
                #expect(sandbox.clusters.isEmpty)
            }
        }
    }
}
