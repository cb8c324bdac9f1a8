import PostgresClient

/// The command line of a throw-away server.
struct ServerCommand: Hashable, Sendable {
    /// What to run.
    let command: ServerProcess.Command

    /// Writes the command line.
    ///
    /// - Parameters:
    ///   - programs: The server's programs.
    ///   - folder: The cluster's folder.
    ///   - account: The user to run as, `nil` for this process's.
    ///   - keep: Whether the server outlives the harness.
    /// - Throws: ``PostgresError`` (`missingPrograms`) where `setpriv` is needed and missing.
    init(
        programs: PostgresPrograms,
        folder: ClusterFolder,
        account: ServerAccount?,
        keep: Bool
    ) throws(PostgresError) {
        let settings = [
            // Reachable only through the socket.
            "listen_addresses=", "unix_socket_directories=\(Self.listed(folder.socket))", "port=5432",
            // Nothing has to survive a crash of the machine. What was committed does survive one of the server, as the
            // system has it by then; without synchronous_commit it would not.
            "fsync=off", "full_page_writes=off", "synchronous_commit=on", "wal_level=minimal", "max_wal_senders=0",
            "max_wal_size=64MB",
            // Small, and without background work that a short life does not need.
            "shared_buffers=32MB", "max_connections=200", "autovacuum=off", "jit=off", "max_worker_processes=0",
            "max_logical_replication_workers=0", "max_parallel_workers=0",
            // In the data folder, so that even SIGKILL leaves nothing in /dev/shm.
            "dynamic_shared_memory_type=mmap",
            "huge_pages=off", "timezone=UTC", "log_timezone=UTC", "logging_collector=off",
        ]
        let server = [programs.postgres, "-D", folder.data] + settings.flatMap { ["-c", $0] }
        // Fast shutdown as soon as the harness is gone, even by SIGKILL.
        let words = try ServerAccount.command(server, as: account, deathSignal: keep ? nil : "INT")
        command = ServerProcess.Command(
            executable: words[0],
            arguments: Array(words.dropFirst()),
            environment: ["PATH": "/usr/bin:/bin", "LC_ALL": "C", "HOME": "/"],
            logFile: folder.log
        )
    }

    /// A folder as an item of a list of folders (`SplitDirectoriesString`), in which quotes keep spaces together.
    private static func listed(_ folder: String) -> String {
        "\"" + folder.split(separator: "\"", omittingEmptySubsequences: false).joined(separator: "\"\"") + "\""
    }
}
