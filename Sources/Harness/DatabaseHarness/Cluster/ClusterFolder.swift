import PostgresClient
import Synchronization

#if canImport(Glibc)
import Glibc
#elseif canImport(Musl)
import Musl
#elseif canImport(Darwin)
import Darwin
#endif

/// The temporary folder of one throw-away cluster.
///
/// The harness holds a lock on a file in it for as long as it lives, and the system releases that lock however the
/// harness ends. A folder whose lock is free is therefore left over, and the next harness removes it: process ids alone
/// would not do, for they are used again and mean nothing between containers that share the folder.
final class ClusterFolder: Sendable {
    private static let prefix = "coldstart-pg-"
    private static let keptPrefix = "coldstart-pg-keep-"
    private static let created = Atomic<Int>(0)
    /// The longest path of a socket (`sockaddr_un`): 103 bytes on macOS, 107 on Linux.
    private static let longestSocketPath = 103

    /// The folder's path.
    let path: String
    private let lock: Int32

    /// The server's data folder.
    var data: String { "\(path)/data" }
    /// The folder of the server's socket, closed to other users: the server trusts whoever can reach the socket.
    var socket: String { "\(path)/s" }
    /// The server's log.
    var log: String { "\(path)/server.log" }

    private init(path: String, lock: Int32) {
        self.path = path
        self.lock = lock
    }

    deinit {
        close(lock)
    }

    /// Returns the folders in which temporary folders may be made, best first.
    ///
    /// `TMPDIR` is the user's wish. Without it memory is best, where there is plenty (a container may have 64 MB of it)
    /// and the cluster does not stay: on a busy disk a copy of the thousand small files can take seconds.
    private static func candidates(kept: Bool) -> [String] {
        let wanted = PostgresPrograms.environmentFolders("TMPDIR")
            .map { folder in
                folder.hasSuffix("/") && folder != "/" ? String(folder.dropLast()) : folder
            }
        var memory = statvfs()
        let isRoomy =
            statvfs("/dev/shm", &memory) == 0 && UInt64(memory.f_bavail) * UInt64(memory.f_frsize) >= 1 << 30
        return wanted + (isRoomy && !kept ? ["/dev/shm"] : []) + ["/tmp"]
    }

    /// Chooses the folder in which temporary folders are made.
    ///
    /// - Parameters:
    ///   - wanted: The only one to consider, where it is given.
    ///   - account: The server's user, where that is not this process's.
    ///   - kept: Whether the cluster outlives the harness.
    /// - Returns: The first that is writable, open to the server's user, short enough for the path of a socket, and
    ///   without a comma, at which libpq divides a host.
    /// - Throws: ``PostgresError`` (`serverStart`) where none serves.
    static func base(_ wanted: String?, account: ServerAccount?, kept: Bool) throws(PostgresError) -> String {
        let candidates = wanted.map { [$0] } ?? candidates(kept: kept)
        for folder in candidates {
            let isShort = folder.utf8.count + longestName.utf8.count <= longestSocketPath
            if isShort, !folder.contains(","), access(folder, W_OK | X_OK) == 0, account?.canReach(folder) ?? true {
                return folder
            }
        }
        throw PostgresError(
            .serverStart,
            "no folder for a temporary server: \(candidates.joined(separator: ", ")) is missing, not writable, closed to "
                + "the server's user, has a comma in its name or is longer than \(longestSocketPath - longestName.utf8.count) bytes; set TMPDIR to "
                + "another"
        )
    }

    private static let longestName = "/coldstart-pg-keep-4194304-18446744073-999/s/.s.PGSQL.5432"

    /// Creates a folder with its lock.
    ///
    /// - Parameters:
    ///   - base: The folder in which it is made.
    ///   - account: The server's user, where that is not this process's.
    ///   - kept: Whether it outlives the harness.
    /// - Returns: The folder, whose lock is held until this object goes.
    /// - Throws: ``PostgresError`` (`file`).
    static func create(in base: String, account: ServerAccount?, kept: Bool) throws(PostgresError) -> ClusterFolder {
        let start = ProcessTable.startTime(of: getpid())
        while true {
            let number = created.add(1, ordering: .relaxed).newValue
            let path = "\(base)/\(kept ? keptPrefix : prefix)\(getpid())-\(start)-\(number)"
            guard mkdir(path, 0o700) == 0 else {
                if errno == EEXIST { continue }
                throw FileTree.failure("create the folder", path)
            }
            let lock = open("\(path)/lock", O_RDWR | O_CREAT | O_EXCL | O_CLOEXEC, 0o600)
            guard lock >= 0, flock(lock, LOCK_EX | LOCK_NB) == 0 else {
                // Another harness is just removing it.
                if lock >= 0 { close(lock) }
                continue
            }
            let folder = ClusterFolder(path: path, lock: lock)
            var (held, there) = (stat(), stat())
            guard fstat(lock, &held) == 0, stat("\(path)/lock", &there) == 0, held.st_ino == there.st_ino else {
                continue
            }
            if account != nil, chmod(path, 0o711) != 0 { throw FileTree.failure("set the mode of", path) }
            try FileTree.makeFolder(folder.socket, mode: 0o700, owner: account)
            return folder
        }
    }

    /// Removes the folder with all it holds.
    func remove() throws(PostgresError) {
        try FileTree.remove(path)
    }

    /// Removes what harnesses that no longer run have left, and stops servers of theirs that still do.
    ///
    /// Folders of clusters that were kept on purpose stay, and so does whatever this user may not remove.
    static func sweep(_ wanted: String?) {
        for base in Set(wanted.map { [$0] } ?? candidates(kept: false) + candidates(kept: true)) {
            sweep(folder: base)
        }
    }

    private static func sweep(folder base: String) {
        let names = (try? FileTree.names(in: base)) ?? []
        for name in names where name.hasPrefix(prefix) && !name.hasPrefix(keptPrefix) {
            let path = "\(base)/\(name)"
            var status = stat()
            guard lstat(path, &status) == 0, status.st_mode & S_IFMT == S_IFDIR, status.st_uid == geteuid() else {
                continue
            }
            let lock = open("\(path)/lock", O_RDWR | O_NOFOLLOW | O_CLOEXEC)
            defer { if lock >= 0 { close(lock) } }
            if lock >= 0 {
                guard flock(lock, LOCK_EX | LOCK_NB) == 0 else { continue }
            } else {
                // Its harness ended, or is about to create the lock.
                guard !ownerRuns(name), time(nil) - modified(status) > 60 else { continue }
            }
            stopServer(of: "\(path)/data")
            try? FileTree.remove(path)
        }
    }

    private static func ownerRuns(_ name: String) -> Bool {
        let parts = name.dropFirst(prefix.count).split(separator: "-")
        guard parts.count == 3, let owner = pid_t(parts[0]) else { return false }
        return ProcessTable.isRunning(owner) && String(ProcessTable.startTime(of: owner)) == parts[1]
    }

    private static func modified(_ status: stat) -> time_t {
        #if canImport(Darwin)
        status.st_mtimespec.tv_sec
        #else
        status.st_mtim.tv_sec
        #endif
    }

    private static func stopServer(of data: String) {
        guard let line = ProcessTable.text(of: "\(data)/postmaster.pid")?.split(separator: "\n").first,
            let server = pid_t(line), server > 1
        else { return }
        for signal in [SIGQUIT, SIGKILL] {
            guard ProcessTable.isRunning(server), ProcessTable.isServer(server, of: data) else { return }
            kill(server, signal)
            for _ in 0..<400 where ProcessTable.isRunning(server) { usleep(5_000) }
        }
    }
}
