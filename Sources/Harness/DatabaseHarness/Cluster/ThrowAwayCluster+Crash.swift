import PostgresClient

#if canImport(Glibc)
import Glibc
#elseif canImport(Musl)
import Musl
#elseif canImport(Darwin)
import Darwin
#endif

extension ThrowAwayCluster {
    /// The proof that the server was killed.
    package struct Crash: Hashable, Sendable {
        /// The process ids of the server and of its children, which are gone.
        package let processes: [Int]

        /// The proof in words.
        package var evidence: String {
            "the server process \(processes.first ?? 0) and its \(processes.count - 1) children were killed (SIGKILL), "
                + "and all of them are gone"
        }
    }

    /// Kills the server with all its processes, as a crash of it would.
    ///
    /// Files stay as the system has them. What was committed is there after ``restart()``, which replays the log; that
    /// `fsync` is off makes no difference, for it guards against a crash of the machine alone.
    ///
    /// - Returns: The proof that they are gone.
    /// - Throws: ``PostgresError`` (`serverStart`) where the server does not run, or something of it does after 5 s.
    package func crash() async throws -> Crash {
        let server = server
        guard server.end == nil else {
            throw PostgresError(.serverStart, "the throw-away server does not run: there is nothing to kill")
        }
        // A stopped server starts no further process while its children are counted.
        server.send(SIGSTOP)
        let children = ProcessTable.children(of: server.processID)
        for child in children { kill(child, SIGKILL) }
        server.send(SIGKILL)
        let hasEnded = await server.waitForEnd(atMost: .seconds(5))
        let clock = ContinuousClock()
        let deadline = clock.now + .seconds(5)
        while children.contains(where: { ProcessTable.isRunning($0) }), clock.now < deadline {
            try? await clock.sleep(for: .milliseconds(2))
        }
        guard hasEnded, !children.contains(where: { ProcessTable.isRunning($0) }) else {
            throw PostgresError(.serverStart, "the throw-away server \(server.processID) runs on after SIGKILL")
        }
        removeSharedMemory()
        return Crash(processes: ([server.processID] + children).map { Int($0) })
    }

    /// Removes the 56 bytes of System V shared memory by which servers of one data folder notice each other.
    ///
    /// A killed server leaves them behind, and nobody would remove them where it is not started again.
    private func removeSharedMemory() {
        // Line 7 of postmaster.pid holds the key and the id (miscadmin.h of PostgreSQL 15).
        let lines = ProcessTable.text(of: "\(folder.data)/postmaster.pid")?.split(separator: "\n") ?? []
        guard lines.count > 6, let id = lines[6].split(separator: " ").last.flatMap({ Int32($0) }) else { return }
        var status = shmid_ds()
        guard shmctl(id, IPC_STAT, &status) == 0, status.shm_nattch == 0 else { return }
        shmctl(id, IPC_RMID, nil)
    }
}
