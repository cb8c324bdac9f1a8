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

    private let handle: ConnectionHandle
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
    package func isUsable() -> Bool {
        !canceller.wasUsed && isConnected && PQtransactionStatus(handle.pointer) == PQTRANS_IDLE
    }

    /// Throws `connectionLost` where the connection is known to have ended, without asking the server.
    func requireConnected() throws(PostgresError) {
        if !isConnected { throw failure(of: nil, sql: nil) }
    }

    /// Whether the connection is not known to have ended.
    ///
    /// The first call takes in the server's last words, where there are any, and the second the end of the stream.
    private var isConnected: Bool {
        PQconsumeInput(handle.pointer) == 1 && PQconsumeInput(handle.pointer) == 1
            && PQstatus(handle.pointer) == CONNECTION_OK
    }

    private nonisolated func cancellable<Value: Sendable>(
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
        var bytes: [UInt8] = []
        var ranges: [Range<Int>] = []
        for parameter in parameters {
            let start = bytes.count
            parameter.encode(into: &bytes)
            ranges.append(start..<bytes.count)
        }
        // An empty value needs an address too: a null pointer would mean NULL.
        bytes.append(0)
        let result = bytes.withUnsafeBytes { buffer in
            PQexecParams(
                handle.pointer,
                sql,
                Int32(parameters.count),
                parameters.map(\.type),
                ranges.map { buffer.baseAddress?.advanced(by: $0.lowerBound).assumingMemoryBound(to: CChar.self) },
                ranges.map { Int32($0.count) },
                parameters.map { _ in 1 },
                1
            )
        }
        return try accept(result, sql: sql)
    }

    private func run(script: String) throws(PostgresError) {
        _ = try accept(PQexec(handle.pointer, script), sql: script)
    }

    private func accept(_ result: OpaquePointer?, sql: String) throws(PostgresError) -> PostgresRows {
        switch PQresultStatus(result) {
        case PGRES_COMMAND_OK, PGRES_TUPLES_OK:
            guard let result else { preconditionFailure("libpq reports success without a result") }
            return PostgresRows(owning: result)
        default:
            defer { PQclear(result) }
            throw failure(of: result, sql: sql)
        }
    }

    private func failure(of result: OpaquePointer?, sql: String?) -> PostgresError {
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
        if PQstatus(handle.pointer) != CONNECTION_OK {
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
