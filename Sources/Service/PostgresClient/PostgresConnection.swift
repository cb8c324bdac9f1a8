import CLibPQ

/// One connection to a PostgreSQL server.
///
/// libpq blocks and a `PGconn` is not thread-safe, so everything that touches it runs on the actor's own
/// ``BlockingExecutor``. Cancelling a task cancels the statement that it waits for. Once the server or the network has
/// ended the connection, each further use throws `connectionLost`; ``PostgresPool`` opens a new one.
package actor PostgresConnection {
    /// The limits of a connection.
    package struct Limits: Hashable, Sendable {
        /// Seconds to wait for a server to answer; libpq rounds 1 up to 2.
        package var connectSeconds: Int
        /// Milliseconds a statement may take, 0 for any time.
        package var statementMilliseconds: Int

        /// Creates limits.
        package init(connectSeconds: Int = 5, statementMilliseconds: Int = 30_000) {
            self.connectSeconds = connectSeconds
            self.statementMilliseconds = statementMilliseconds
        }
    }

    /// The server process that serves this connection.
    package nonisolated let backendPID: Int

    /// Whether the server process serves this connection alone, from its beginning to its end; no pooler is between.
    package nonisolated let isOwnSession: Bool

    let handle: ConnectionHandle
    /// The settings of every transaction.
    nonisolated let settings: SessionSettings
    /// The statements that the server has prepared.
    var prepared: Set<PostgresStatement.Text> = []
    /// Whether statements are prepared, which is of use, and leaves nothing to others, in a session of one's own.
    var preparesStatements: Bool
    /// Whether it is not known any more what the next answer belongs to.
    private(set) var isAbandoned = false
    private nonisolated let canceller: StatementCanceller
    private nonisolated let executor = BlockingExecutor(label: "coldstart.postgres")

    package nonisolated var unownedExecutor: UnownedSerialExecutor { executor.asUnownedSerialExecutor() }

    /// Connects to a server, and finds out where the tables are and whether a pooler is between.
    ///
    /// - Throws: ``PostgresError``: `unreachable` or `rejected`, with the host, port or socket; `wrongSchema` where two
    ///   schemas hold the service's tables and the address does not say which is meant.
    package static func open(
        _ address: PostgresAddress,
        limits: Limits = Limits()
    ) async throws -> PostgresConnection {
        let opener = ConnectionOpener()
        let (handle, session) = try await opener.open(address, limits: limits)
        return PostgresConnection(handle: handle, session: session)
    }

    private init(handle: sending ConnectionHandle, session: ServerSession) {
        backendPID = Int(PQbackendPID(handle.pointer))
        canceller = StatementCanceller(handle)
        isOwnSession = session.isOwn
        preparesStatements = session.isOwn
        settings = session.settings
        self.handle = handle
    }

    /// Runs one statement in the transaction that has begun.
    ///
    /// Outside one the session's defaults decide what it does, which are known where the server is the run's own.
    ///
    /// - Parameters:
    ///   - sql: The statement; values are written `$1`, `$2`, ….
    ///   - parameters: The values.
    /// - Returns: The rows that it returned, and the number of those it changed.
    /// - Throws: ``PostgresError``: `statementFailed`, `statementCancelled` or `connectionLost`.
    @discardableResult
    package nonisolated func query(
        _ sql: String,
        _ parameters: [PostgresParameter] = []
    ) async throws -> PostgresRows {
        try await cancellable { try await self.run(sql, parameters) }
    }

    /// Runs a script of any number of statements without parameters, in one transaction where it begins none itself.
    ///
    /// - Throws: ``PostgresError``: `statementFailed`, `statementCancelled` or `connectionLost`.
    package nonisolated func execute(script: String) async throws {
        try await cancellable { try await self.run(script: script) }
    }

    /// Whether the connection can be used again, without asking the server.
    ///
    /// It cannot once it has ended or a statement on it has been cancelled: the cancellation might still be on its
    /// way and hit the next statement.
    package func isUsable() -> Bool { isConnected && isIdle }

    /// Whether the last statement has left the connection as it was, as far as that is known without looking.
    var isIdle: Bool {
        !canceller.wasUsed && !isAbandoned && PQstatus(handle.pointer) == CONNECTION_OK
            && PQtransactionStatus(handle.pointer) == PQTRANS_IDLE
    }

    /// Gives up a connection on which it is not known any more what the next answer belongs to.
    func abandon() { isAbandoned = true }

    /// Throws `connectionLost` where the connection is known to have ended, without asking the server.
    func requireConnected() throws(PostgresError) {
        if !isConnected { throw failure(of: nil, sql: nil) }
    }

    /// Whether the connection is not known to have ended.
    ///
    /// The first call reads the server's last message, where there is one, and the second the end of the stream.
    var isConnected: Bool {
        PQconsumeInput(handle.pointer) == 1 && PQconsumeInput(handle.pointer) == 1
            && PQstatus(handle.pointer) == CONNECTION_OK
    }

    nonisolated func cancellable<Value: Sendable>(
        _ operation: () async throws -> Value
    ) async throws -> Value {
        try await withTaskCancellationHandler {
            if Task.isCancelled { throw PostgresError(.statementCancelled, "the statement was cancelled") }
            return try await operation()
        } onCancel: {
            canceller.cancel()
        }
    }

    private func run(_ sql: String, _ parameters: [PostgresParameter]) throws(PostgresError) -> PostgresRows {
        let bound = BoundParameters(parameters)
        let result = bound.withValues { values in
            PQexecParams(handle.pointer, sql, bound.count, bound.types, values, bound.lengths, bound.formats, 1)
        }
        return try accept(result, sql: sql)
    }

    private func run(script: String) throws(PostgresError) {
        _ = try accept(PQexec(handle.pointer, script), sql: script)
    }

    func accept(_ result: OpaquePointer?, sql: String) throws(PostgresError) -> PostgresRows {
        switch PQresultStatus(result) {
        case PGRES_COMMAND_OK, PGRES_TUPLES_OK:
            guard let result else { preconditionFailure("libpq reports success without a result") }
            return PostgresRows(owning: result)
        default:
            defer { PQclear(result) }
            throw failure(of: result, sql: sql)
        }
    }

    func failure(of result: OpaquePointer?, sql: String?) -> PostgresError { handle.failure(of: result, sql: sql) }
}
