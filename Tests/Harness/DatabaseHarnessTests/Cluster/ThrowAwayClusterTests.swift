import Foundation
import PostgresClient
import PostgresTestSupport
import Testing

@testable import DatabaseHarness

extension PostgresTests {
    struct ThrowAwayClusterTests {
        @Test func `serves, and leaves neither a process nor a file`() async throws {
            let sandbox = try Sandbox()
            var server = 0
            try await ThrowAwayCluster.with(sandbox.options()) { cluster in
                let connection = try await PostgresConnection.open(cluster.address)
                let answer: String = try await connection.query("SELECT 'yes'").single()
                #expect(answer == "yes")
                server = cluster.serverPID
                #expect(isRunning(server))
                #expect(sandbox.clusters.count == 1)
            }
            #expect(!isRunning(server))
            #expect(sandbox.clusters.isEmpty)
        }

        @Test func `a killed server is gone with its children, and started again has what was committed`() async throws
        {
            let sandbox = try Sandbox()
            try await ThrowAwayCluster.with(sandbox.options()) { cluster in
                let connection = try await PostgresConnection.open(cluster.address)
                try await connection.execute(script: "CREATE TABLE t (n int)")
                try await connection.query("INSERT INTO t VALUES (1)")
                try await connection.query("BEGIN")
                try await connection.query("INSERT INTO t VALUES (2)")

                let crash = try await cluster.crash()
                #expect(crash.processes.count > 3 && crash.processes.allSatisfy { !isRunning($0) })
                #expect(crash.evidence.contains("SIGKILL"))
                await #expect(throws: PostgresError.self) { try await connection.query("COMMIT") }
                let address = cluster.address
                await #expect(throws: PostgresError.self) { _ = try await PostgresConnection.open(address) }
                await #expect(throws: PostgresError.self) { try await cluster.crash() }

                try await cluster.restart()
                #expect(cluster.serverPID != crash.processes.first)
                let again = try await PostgresConnection.open(cluster.address)
                let rows: Int = try await again.query("SELECT sum(n)::bigint FROM t").single()
                #expect(rows == 1)
                await #expect(throws: PostgresError.self) { try await cluster.restart() }
            }
            #expect(sandbox.clusters.isEmpty)
        }

        @Test func `a killed server that is not started again leaves no file`() async throws {
            let sandbox = try Sandbox()
            try await ThrowAwayCluster.with(sandbox.options()) { cluster in _ = try await cluster.crash() }
            #expect(sandbox.clusters.isEmpty)
        }

        @Test func `leaves nothing where the body throws`() async throws {
            let sandbox = try Sandbox()
            var server = 0
            await #expect(throws: CocoaError.self) {
                try await ThrowAwayCluster.with(sandbox.options()) { cluster in
                    server = cluster.serverPID
                    throw CocoaError(.featureUnsupported)
                }
            }
            #expect(server != 0 && !isRunning(server))
            #expect(sandbox.clusters.isEmpty)
        }

        @Test(arguments: [(0, true), (20, true), (60, true), (150, true), (60, false), (400, false)])
        func `leaves nothing where the task is cancelled at any moment`(milliseconds: Int, isCached: Bool) async throws
        {
            let sandbox = try Sandbox()
            let options = sandbox.options(ownCache: !isCached)
            let task = Task {
                try await ThrowAwayCluster.with(options) { _ in try await Task.sleep(for: .seconds(60)) }
            }
            try await Task.sleep(for: .milliseconds(milliseconds))
            task.cancel()
            let result = await task.result
            #expect(throws: (any Error).self) { try result.get() }
            #expect(sandbox.clusters.isEmpty)
            #expect(try shell("pgrep -f \(sandbox.path)/coldstart-p[g]").output == "")
        }

        @Test func `the server ends with a killed harness, and the next harness removes its folder`() async throws {
            let sandbox = try Sandbox()
            await #expect(processExitsWith: .signal(SIGKILL)) { [path = sandbox.path as String] in
                let cluster = try await ThrowAwayCluster.start(.init(temporaryFolder: path))
                try "\(cluster.serverPID)".write(toFile: "\(path)/server", atomically: true, encoding: .utf8)
                kill(getpid(), SIGKILL)
                try await Task.sleep(for: .seconds(60))
            }
            let server = try #require(Int(sandbox.read("server")))
            #expect(try await waitForEnd(of: server, atMost: 10))
            let left = sandbox.clusters
            #expect(left.count == 1)
            try await ThrowAwayCluster.with(sandbox.options()) { _ in
                #expect(Set(sandbox.clusters).isDisjoint(with: left))
            }
            #expect(sandbox.clusters.isEmpty)
        }

        @Test func `a server that outlived its harness is stopped by the next one`() async throws {
            let sandbox = try Sandbox()
            await #expect(processExitsWith: .signal(SIGKILL)) { [path = sandbox.path as String] in
                let cluster = try await ThrowAwayCluster.start(.init(temporaryFolder: path))
                try "\(cluster.serverPID)".write(toFile: "\(path)/server", atomically: true, encoding: .utf8)
                // A stopped server cannot follow the signal that the harness's death sends it.
                kill(pid_t(cluster.serverPID), SIGSTOP)
                kill(getpid(), SIGKILL)
                try await Task.sleep(for: .seconds(60))
            }
            let server = try #require(Int(sandbox.read("server")))
            #expect(isRunning(server))
            try await ThrowAwayCluster.with(sandbox.options()) { _ in
                #expect(!isRunning(server))
                #expect(sandbox.clusters.count == 1)
            }
        }

        @Test func `a kept cluster outlives the harness until the command it names stops it`() async throws {
            let sandbox = try Sandbox()
            await #expect(processExitsWith: .success) { [path = sandbox.path as String] in
                let options = ThrowAwayCluster.Options(temporaryFolder: path, keep: true)
                try await ThrowAwayCluster.with(options) { cluster in
                    let lines = [cluster.connectionString, cluster.howToConnect, cluster.howToStop]
                    try lines.joined(separator: "\n").write(toFile: "\(path)/kept", atomically: true, encoding: .utf8)
                }
            }
            let lines = try sandbox.read("kept").split(separator: "\n").map(String.init)
            try await Task.sleep(for: .milliseconds(600))
            let connection = try await PostgresConnection.open(PostgresAddress(lines[0]))
            let one: Int = try await connection.query("SELECT 1").single()
            #expect(one == 1)
            #expect(try shell("\(lines[1]) -Atc 'SELECT 40 + 2'").output == "42\n")
            // Another run does not sweep it away.
            try await ThrowAwayCluster.with(sandbox.options()) { _ in #expect(sandbox.clusters.count == 2) }
            #expect(try shell(lines[2]).code == 0)
            #expect(sandbox.clusters.isEmpty)
        }

        @Test(arguments: ["my tmp", "it's", "größe", "a\"b", "$HOME `id`", "a;b&c", "-x", "e\u{301}'\u{301}"])
        func `the commands of a kept cluster are pasted as they are`(name: String) async throws {
            let sandbox = try Sandbox()
            let folder = "\(sandbox.path)/\(name)"
            #expect(mkdir(folder, 0o755) == 0)
            let options = ThrowAwayCluster.Options(temporaryFolder: folder, keep: true)
            let stop = try await ThrowAwayCluster.with(options) { cluster in
                #expect(cluster.path.hasPrefix(folder))
                let answer = try shell("\(cluster.howToConnect) -X -Atc 'SELECT 40 + 2'")
                #expect(answer.output == "42\n")
                return cluster.howToStop
            }
            #expect(try shell(stop).code == 0)
            #expect(try FileManager.default.contentsOfDirectory(atPath: folder).isEmpty)
        }

        @Test func `a folder with a comma, at which libpq divides hosts, is passed over`() async throws {
            let sandbox = try Sandbox()
            let folder = "\(sandbox.path)/a,b"
            #expect(mkdir(folder, 0o755) == 0)
            let error = try await #require(throws: PostgresError.self) {
                try await ThrowAwayCluster.with(.init(temporaryFolder: folder)) { _ in }
            }
            #expect(error.code == .serverStart)
            #expect(error.message.contains("comma"))
        }

        @Test func `harnesses that start together share a cache and get clusters of their own`() async throws {
            let sandbox = try Sandbox()
            let options = sandbox.options(ownCache: true)
            let paths = try await withThrowingTaskGroup(of: String.self) { group in
                for _ in 0..<3 {
                    group.addTask {
                        try await ThrowAwayCluster.with(options) { cluster in
                            try await cluster.createDatabase("same_name")
                            return cluster.path
                        }
                    }
                }
                return try await group.reduce(into: Set()) { $0.insert($1) }
            }
            #expect(paths.count == 3)
            #expect(sandbox.cached.count == 1)
        }

        @Test(arguments: [
            "rm data/PG_VERSION", "rm manifest",
            "dd if=/dev/urandom of=data/global/pg_control bs=8192 count=1 conv=notrunc 2>/dev/null",
        ])
        func `a damaged cache is rebuilt`(damage: String) async throws {
            let sandbox = try Sandbox()
            let options = sandbox.options(ownCache: true)
            // The shared cluster has filled the user's cache.
            let cache = try #require(ClusterTemplate.defaultCache)
            #expect(try shell("cp -a \(cache) \(sandbox.path)/cache").code == 0)
            let entry = try #require(sandbox.cached.first)
            #expect(try shell("cd \(sandbox.path)/cache/\(entry) && \(damage)").code == 0)
            for _ in 0..<2 {
                try await ThrowAwayCluster.with(options) { cluster in
                    let connection = try await PostgresConnection.open(cluster.address)
                    let count: Int = try await connection.query("SELECT count(*) FROM pg_database").single()
                    #expect(count == 3)
                }
                #expect(sandbox.cached == [entry])
            }
        }

        @Test func `is reached whatever the environment says of other servers`() async throws {
            let sandbox = try Sandbox()
            await #expect(processExitsWith: .success) { [path = sandbox.path as String] in
                for (name, value) in ["PGPORT": "1", "PGHOST": "elsewhere", "PGUSER": "ada", "PGDATABASE": "x"] {
                    setenv(name, value, 1)
                }
                try await ThrowAwayCluster.with(.init(temporaryFolder: path)) { cluster in
                    _ = try await PostgresConnection.open(cluster.address)
                }
            }
        }

        @Test func `a cache that cannot be written to costs no run`() async throws {
            let sandbox = try Sandbox()
            var options = sandbox.options()
            options.cacheFolder = "/dev/null/cache"
            try await ThrowAwayCluster.with(options) { cluster in
                let connection = try await PostgresConnection.open(cluster.address)
                #expect(await connection.isUsable())
            }
        }
    }
}

struct PostgresProgramsTests {
    @Test func `missing programs are an error that says how to install them`() async throws {
        let sandbox = try Sandbox()
        var options = sandbox.options()
        options.programFolders = [sandbox.path, "/nonexistent"]
        let error = try await #require(throws: PostgresError.self) { try await ThrowAwayCluster.start(options) }
        #expect(error.code == .missingPrograms)
        #expect(error.description.contains("none found"))
        #expect(error.description.contains("apt-get install postgresql"))
        #expect(sandbox.clusters.isEmpty)
    }

    @Test func `programs that are too old are named`() async throws {
        let sandbox = try Sandbox()
        let script = "#!/bin/sh\necho 'postgres (PostgreSQL) 14.9 (Old)'"
        for name in ["postgres", "initdb"] {
            #expect(
                FileManager.default.createFile(
                    atPath: "\(sandbox.path)/\(name)",
                    contents: Data(script.utf8),
                    attributes: [.posixPermissions: 0o755]
                )
            )
        }
        let path = sandbox.path
        let error = try await #require(throws: PostgresError.self) { try await PostgresPrograms.find(in: [path]) }
        #expect(error.description.contains("\(path) has 14.9"))
    }

    @Test func `a folder too long for a socket is refused with the longest length`() async throws {
        let sandbox = try Sandbox()
        var options = sandbox.options()
        options.temporaryFolder = "/tmp/" + String(repeating: "x", count: 60)
        let error = try await #require(throws: PostgresError.self) { try await ThrowAwayCluster.start(options) }
        #expect(error.code == .serverStart)
        #expect(error.description.contains("set TMPDIR"))
    }
}
