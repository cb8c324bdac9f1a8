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

    let handle: ConnectionHandle
    /// The statements that the server has prepared.
    var prepared: Set<PostgresStatement.Text> = []
    /// Whether statements are prepared; poolers may lose what is.
    var preparesStatements = true
    /// Whether it is not known any more what the next answer belongs to.
    private(set) var isAbandoned = false
    private nonisolated let canceller: StatementCanceller
    private nonisolated let executor = BlockingExecutor(label: "coldstart.postgres")

    package nonisolated var unownedExecutor: UnownedSerialExecutor { executor.asUnownedSerialExecutor() }

    /// Connects to a server.
    ///
    /// - Throws: ``PostgresError``: `unreachable` or `rejected`, with the host, port or socket.
    package static func open(
        _ address: PostgresAddress,
        limits: Limits = Limits()
    ) async throws -> PostgresConnection {
        let opener = ConnectionOpener()
        let connection = try await PostgresConnection(handle: opener.open(address, limits: limits))
        if limits.statementMilliseconds > 0 {
            try await connection.query(
                "SELECT set_config('statement_timeout', $1, false)",
                [.text(String(limits.statementMilliseconds))]
            )
        }
        return connection
    }

    private init(handle: sending ConnectionHandle) throws(PostgresError) {
        backendPID = Int(PQbackendPID(handle.pointer))
        canceller = StatementCanceller(handle)
        self.handle = handle
    }

    /// Runs one statement.
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
    /// The first call takes in the server's last words, where there are any, and the second the end of the stream.
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

    func failure(of result: OpaquePointer?, sql: String?) -> PostgresError {
        func field(_ code: Int8) -> String? {
            PQresultErrorField(result, Int32(code)).map { String(cString: $0) }
        }
        let sqlState = field(Int8(UInt8(ascii: "C")))
        // Only the primary message, for the detail may quote values; so may the end of a message about bad data.
        var said = PostgresError.oneLine(
            field(Int8(UInt8(ascii: "M"))) ?? String(cString: PQerrorMessage(handle.pointer))
        )
        if sqlState?.hasPrefix("22") == true, let quote = said.firstRange(of: ": \"") {
            said = String(said[..<quote.lowerBound])
        }
        // In a pipeline the server's last words come before the end of the stream is seen.
        let isFatal = ["FATAL", "PANIC"].contains(field(Int8(UInt8(ascii: "V"))))
        if isFatal || PQstatus(handle.pointer) != CONNECTION_OK {
            return PostgresError(
                .connectionLost,
                "the connection to \(handle.place) was lost: \(handle.withoutSecrets(said)); see the server's log, "
                    + "then try again",
                sqlState: sqlState
            )
        }
        let statement = sql.map { PostgresError.oneLine($0).prefix(while: { $0 != "(" && $0 != "$" }).prefix(60) } ?? ""
        let start = statement.trimmedAtEnd
        if sqlState == "57014" {
            return PostgresError(
                .statementCancelled,
                "\(handle.place) cancelled \"\(start) …\": \(said)",
                sqlState: sqlState
            )
        }
        return PostgresError(
            .statementFailed,
            "\(handle.place) refused \"\(start) …\": \(said)\(PostgresError.advice(for: sqlState))",
            sqlState: sqlState
        )
    }
}

extension PostgresError {
    /// What to do about a refused statement, by its SQLSTATE.
    fileprivate static func advice(for sqlState: String?) -> String {
        switch sqlState {
        case "42P01", "42703": "; create the tables with scenarios/schema.sql"
        case "42501": "; grant the user the rights on the tables of scenarios/schema.sql"
        default: ""
        }
    }
}

extension Substring {
    fileprivate var trimmedAtEnd: Substring {
        var text = self
        while text.last?.isWhitespace == true { text.removeLast() }
        return text
    }
}
