package import PostgresClient
import SafeText
import Synchronization

#if canImport(Glibc)
import Glibc
#elseif canImport(Musl)
import Musl
#elseif canImport(Darwin)
import Darwin
#endif

/// A PostgreSQL server of the run's own, on a Unix socket in a temporary folder, removed at the end.
///
/// It needs no rights and no configuration: as root the server runs as the user `postgres` or `nobody`. The server ends
/// with the harness however that ends (on Linux by a parent death signal), and what a killed harness leaves of files
/// the next one removes. Data is not made durable; every other guarantee of PostgreSQL holds.
package final class ThrowAwayCluster: Sendable {
    /// How a cluster is made.
    package struct Options: Hashable, Sendable {
        /// Where the server's programs are looked for; `nil` for the usual places.
        package var programFolders: [String]?
        /// The cache of initialised data folders; `nil` for `$XDG_CACHE_HOME/coldstart` or `~/.cache/coldstart`.
        package var cacheFolder: String?
        /// Where the temporary folder goes; `nil` for `TMPDIR`, or else memory (`/dev/shm`) or `/tmp`.
        package var temporaryFolder: String?
        /// Whether the server outlives the harness.
        package var keep: Bool

        /// Creates options.
        package init(
            programFolders: [String]? = nil,
            cacheFolder: String? = nil,
            temporaryFolder: String? = nil,
            keep: Bool = false
        ) {
            self.programFolders = programFolders
            self.cacheFolder = cacheFolder
            self.temporaryFolder = temporaryFolder
            self.keep = keep
        }
    }

    /// The address of the database `postgres`.
    package let address: PostgresAddress
    /// The server's version, such as "15.18".
    package let version: String
    /// The temporary folder.
    package let path: String
    /// Whether the server outlives the harness.
    package let isKept: Bool

    let folder: ClusterFolder
    private let command: ServerProcess.Command
    private let current: Mutex<ServerProcess>
    private let isStopped = Mutex(false)

    private init(
        folder: ClusterFolder,
        command: ServerProcess.Command,
        server: ServerProcess,
        version: String,
        isKept: Bool
    ) {
        self.folder = folder
        self.command = command
        self.current = Mutex(server)
        self.version = version
        self.isKept = isKept
        address = Self.address(in: folder)
        path = folder.path
    }

    /// The server's process id.
    package var serverPID: Int { Int(server.processID) }

    /// The server, the latest one where it was started again.
    var server: ServerProcess { current.withLock { $0 } }

    /// The address as `key=value` pairs, for libpq's programs.
    package var connectionString: String { address.description }

    /// The command that opens the database in `psql`, whatever libpq's variables say in the shell that ran the harness.
    package var howToConnect: String {
        let others = InheritedVariables.names.flatMap { ["-u", $0] }
        return ShellCommand((others.isEmpty ? [] : ["env"] + others) + ["psql", connectionString]).description
    }

    /// The command that stops a kept server and removes its files.
    package var howToStop: String {
        "kill -INT \(serverPID); while kill -0 \(serverPID) 2>/dev/null; do sleep 0.1; done; "
            + ShellCommand(["rm", "-r", path]).description
    }

    /// Lends a cluster to the body and removes it afterwards, unless it is kept; also where the task is cancelled.
    ///
    /// - Throws: What ``start(_:)`` and the body throw.
    package static func with<Value>(
        _ options: Options = Options(),
        _ body: (ThrowAwayCluster) async throws -> Value
    ) async throws -> Value {
        let cluster = try await start(options)
        do {
            let value = try await body(cluster)
            if !options.keep { await cluster.stop() }
            return value
        } catch {
            if !options.keep { await cluster.stop() }
            throw error
        }
    }

    /// Starts a cluster; the caller stops it.
    ///
    /// - Throws: ``PostgresError``: `missingPrograms`, or `serverStart` with the last line of the server's log.
    package static func start(_ options: Options = Options()) async throws -> ThrowAwayCluster {
        InheritedVariables.forget
        let account = try ServerAccount.forThisProcess()
        let programs = try await PostgresPrograms.find(in: options.programFolders)
        let base = try ClusterFolder.base(options.temporaryFolder, account: account, kept: options.keep)
        try await offThePool { ClusterFolder.sweep(options.temporaryFolder) }
        let folder = try ClusterFolder.create(in: base, account: account, kept: options.keep)
        let template = ClusterTemplate(
            programs: programs,
            account: account,
            cache: options.cacheFolder ?? ClusterTemplate.defaultCache
        )
        do {
            let command = try ServerCommand(programs: programs, folder: folder, account: account, keep: options.keep)
                .command
            let server = try await startServer(command, from: template, in: folder)
            return ThrowAwayCluster(
                folder: folder,
                command: command,
                server: server,
                version: programs.version,
                isKept: options.keep
            )
        } catch {
            await Task { await remove(folder) }.value
            throw error
        }
    }

    /// Creates a schema of the database `postgres` with the given tables, which no other schema's address sees.
    ///
    /// Much cheaper than a database: a test or a scenario may well have its own.
    ///
    /// - Parameters:
    ///   - name: Its name, of lower-case letters, digits and underscores.
    ///   - tables: The text of `scenarios/schema.sql`.
    /// - Returns: The address that leads to it.
    /// - Throws: ``PostgresError``.
    package func createSchema(_ name: String, tables: String) async throws -> PostgresAddress {
        let address = address.withSchema(name)
        let connection = try await PostgresConnection.open(address)
        try await connection.execute(script: "CREATE SCHEMA \(name); \(tables)")
        return address
    }

    /// Creates a database.
    ///
    /// - Parameters:
    ///   - name: The new database's name.
    ///   - template: A database to copy, to which nobody may be connected.
    /// - Returns: Its address.
    /// - Throws: ``PostgresError``.
    @discardableResult
    package func createDatabase(_ name: String, template: String = "template1") async throws -> PostgresAddress {
        let connection = try await PostgresConnection.open(address)
        let statement: String =
            try await connection.query(
                "SELECT format('CREATE DATABASE %I TEMPLATE %I', $1, $2)",
                [.text(name), .text(template)]
            )
            .single()
        try await connection.query(statement)
        return address.withDatabase(name)
    }

    /// Starts the server again after ``crash()``, on the same files and at the same address.
    ///
    /// - Throws: ``PostgresError`` (`serverStart`), also where it still runs or the cluster is stopped.
    package func restart() async throws {
        guard server.end != nil, !isStopped.withLock({ $0 }) else {
            throw PostgresError(.serverStart, "the throw-away server has not crashed: there is nothing to start again")
        }
        let server = try await Self.launch(command, in: folder)
        current.withLock { $0 = server }
        // Somebody stopped the cluster meanwhile, and did not see this server.
        if isStopped.withLock({ $0 }) { await Task { await Self.stop(server) }.value }
    }

    /// Stops the server and removes its files, also where the task is cancelled; further calls do nothing.
    package func stop() async {
        let isFirst = isStopped.withLock { stopped in
            defer { stopped = true }
            return !stopped
        }
        guard isFirst else { return }
        // The task does not inherit a cancellation: the server goes in any case.
        await Task { [server, folder] in
            await Self.stop(server)
            await Self.remove(folder)
        }
        .value
    }

    private static func startServer(
        _ command: ServerProcess.Command,
        from template: ClusterTemplate,
        in folder: ClusterFolder
    ) async throws -> ServerProcess {
        if await template.copy(to: folder.data) {
            do {
                return try await launch(command, in: folder)
            } catch let error as PostgresError where error.code == .serverStart {
                // Perhaps the copy in the cache is damaged in a way that its size does not show.
                template.discard()
                try FileTree.remove(folder.data)
            }
        }
        try await template.initialise(folder.data)
        return try await launch(command, in: folder)
    }

    private static func launch(_ command: ServerProcess.Command, in folder: ClusterFolder) async throws -> ServerProcess
    {
        let server = try await ServerProcess.start(command)
        do {
            try await waitUntilReady(server, in: folder)
            return server
        } catch {
            await Task { await stop(server) }.value
            throw error
        }
    }

    private static func waitUntilReady(_ server: ServerProcess, in folder: ClusterFolder) async throws {
        let clock = ContinuousClock()
        let deadline = clock.now + .seconds(60)
        let address = address(in: folder)
        while true {
            if access("\(folder.socket)/.s.PGSQL.5432", F_OK) == 0 {
                let limits = PostgresConnection.Limits(statementMilliseconds: 0)
                if (try? await PostgresConnection.open(address, limits: limits)) != nil { return }
            }
            let end = server.end
            if end != nil || clock.now > deadline {
                let lines = ProcessTable.text(of: folder.log)?.split(separator: "\n") ?? []
                let reason =
                    lines.last { $0.contains("FATAL") || $0.contains("PANIC") } ?? lines.last ?? "it said nothing"
                throw PostgresError(
                    .serverStart,
                    "the throw-away server \(end.map { "ended with \($0)" } ?? "does not accept connections after 60 s"): "
                        + reason
                )
            }
            try await clock.sleep(for: .milliseconds(2))
        }
    }

    private static func stop(_ server: ServerProcess) async {
        // SIGINT is the fast shutdown; SIGTERM would wait for clients to leave.
        for (signal, seconds) in [(SIGINT, 3), (SIGQUIT, 2), (SIGKILL, 5)] {
            server.send(signal)
            if await server.waitForEnd(atMost: .seconds(seconds)) { return }
        }
    }

    /// Removes the folder, for a while also against an interrupted `initdb` whose last child still writes to it.
    private static func remove(_ folder: ClusterFolder) async {
        for _ in 0..<100 {
            if (try? await offThePool({ try folder.remove() })) != nil { return }
            try? await Task.sleep(for: .milliseconds(20))
        }
    }

    private static func address(in folder: ClusterFolder) -> PostgresAddress {
        // Complete: the user's variables mean another server.
        PostgresAddress(
            settings: ["host": folder.socket, "port": "5432", "user": "postgres", "dbname": "postgres"],
            isComplete: true
        )
    }
}
