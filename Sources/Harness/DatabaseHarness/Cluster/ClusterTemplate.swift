import PostgresClient
import Subprocess
import Synchronization
import SystemPackage

#if canImport(Glibc)
import Glibc
#elseif canImport(Musl)
import Musl
#elseif canImport(Darwin)
import Darwin
#endif

/// A freshly initialised data folder, kept in a cache because `initdb` takes about a second and a copy a tenth of it.
///
/// Any number of harnesses may use one cache: an entry is built aside and renamed into place, and never changed.
struct ClusterTemplate: Sendable {
    /// The options of `initdb`; other options make another entry of the cache.
    private static let options = [
        "--username=postgres", "--auth=trust", "--encoding=UTF8", "--locale=C", "--wal-segsize=1", "--no-sync",
        "--no-instructions",
    ]
    private static let created = Atomic<Int>(0)

    private let programs: PostgresPrograms
    private let account: ServerAccount?
    private let cache: String?
    private let name: String

    private var entry: String? { cache.map { "\($0)/\(name)" } }

    /// Creates a template.
    ///
    /// - Parameters:
    ///   - programs: The programs that make it.
    ///   - account: The owner of the data folder, where that is not this process's user.
    ///   - cache: The cache's folder; `nil` for none.
    init(programs: PostgresPrograms, account: ServerAccount?, cache: String?) {
        self.programs = programs
        self.account = account
        self.cache = cache
        // FNV-1a, to keep the name short.
        let key = (Self.options + [programs.folder, "\(account?.userID ?? geteuid())"]).joined(separator: "\n")
        let hash = key.utf8.reduce(0xCBF2_9CE4_8422_2325 as UInt64) { ($0 ^ UInt64($1)) &* 0x100_0000_01B3 }
        name = "pg-\(programs.version)-\(String(hash, radix: 16))"
    }

    /// The cache's folder: `$XDG_CACHE_HOME/coldstart` or `~/.cache/coldstart`.
    static var defaultCache: String? {
        if let folder = PostgresPrograms.environmentFolders("XDG_CACHE_HOME").first { return "\(folder)/coldstart" }
        return PostgresPrograms.environmentFolders("HOME").first.map { "\($0)/.cache/coldstart" }
    }

    /// Copies the entry of the cache.
    ///
    /// - Returns: Whether there was one that is whole; where not, the destination does not exist.
    func copy(to data: String) async -> Bool {
        guard let entry, let manifest = ProcessTable.text(of: "\(entry)/manifest") else { return false }
        let tally = try? await offThePool { [account] in
            try FileTree.copy("\(entry)/data", to: data, owner: account)
        }
        if let tally, Self.manifest(of: tally) == manifest { return true }
        discard()
        try? FileTree.remove(data)
        return false
    }

    /// Runs `initdb` and puts a copy of the result into the cache, where that can be written to.
    ///
    /// - Throws: ``PostgresError``: `missingPrograms` where this process's user has no name, which `initdb` asks for, or
    ///   `serverStart` with what `initdb` said.
    func initialise(_ data: String) async throws {
        guard account != nil || ServerAccount.thisUserHasName else {
            throw PostgresError(
                .missingPrograms,
                "the user id \(geteuid()) of this process has no name, and PostgreSQL's initdb wants one; add an entry to "
                    + "/etc/passwd (echo 'coldstart:x:\(geteuid()):\(getegid())::/:/bin/sh' >>/etc/passwd) or give a server "
                    + "with --db"
            )
        }
        try FileTree.makeFolder(data, mode: 0o700, owner: account)
        var platform = PlatformOptions()
        platform.teardownSequence = [.send(signal: .interrupt, allowedDurationToNextStep: .seconds(2))]
        let words = try ServerAccount.command([programs.initdb] + Self.options + ["--pgdata=\(data)"], as: account)
        let result = try await run(
            .path(FilePath(words[0])),
            arguments: Arguments(Array(words.dropFirst())),
            environment: .custom(["PATH": "/usr/bin:/bin", "LC_ALL": "C", "HOME": "/"]),
            workingDirectory: "/",
            platformOptions: platform,
            output: .discarded,
            error: .string(limit: 65_536)
        )
        guard result.terminationStatus.isSuccess else {
            throw PostgresError(
                .serverStart,
                "\(programs.initdb) failed (\(result.terminationStatus)): \(result.standardError); mend that, or give a server "
                    + "with --db"
            )
        }
        try await offThePool { store(data) }
    }

    /// Takes the entry out of the cache: it is damaged.
    func discard() {
        guard let entry else { return }
        let aside = "\(entry).discarded-\(Self.unique)"
        if rename(entry, aside) == 0 { try? FileTree.remove(aside) }
    }

    private func store(_ data: String) {
        guard let cache, let entry else { return }
        Self.makeFolders(cache)
        removeUnfinished(in: cache)
        let aside = "\(entry).building-\(Self.unique)"
        do {
            try FileTree.makeFolder(aside, mode: 0o700)
            let tally = try FileTree.copy(data, to: "\(aside)/data", owner: account)
            let file = open("\(aside)/manifest", O_WRONLY | O_CREAT | O_EXCL | O_CLOEXEC, 0o600)
            let manifest = Array(Self.manifest(of: tally).utf8)
            let isWritten = file >= 0 && write(file, manifest, manifest.count) == manifest.count
            if file >= 0 { close(file) }
            // Fails where another harness was faster; its entry is as good.
            if isWritten, rename(aside, entry) == 0 { return }
        } catch {
            // A cache that cannot be written to costs a second a run, and no run.
        }
        try? FileTree.remove(aside)
    }

    private func removeUnfinished(in cache: String) {
        for name in (try? FileTree.names(in: cache)) ?? []
        where name.contains(".building-") || name.contains(".discarded-") {
            guard let owner = name.split(separator: "-").dropLast().last.flatMap({ pid_t($0) }) else { continue }
            if !ProcessTable.isRunning(owner) { try? FileTree.remove("\(cache)/\(name)") }
        }
    }

    private static var unique: String { "\(getpid())-\(created.add(1, ordering: .relaxed).newValue)" }

    private static func manifest(of tally: FileTree.Tally) -> String {
        "files \(tally.files)\nbytes \(tally.bytes)\n"
    }

    private static func makeFolders(_ path: String) {
        guard access(path, F_OK) != 0 else { return }
        if let slash = path.lastIndex(of: "/"), slash > path.startIndex { makeFolders(String(path[..<slash])) }
        mkdir(path, 0o700)
    }
}
