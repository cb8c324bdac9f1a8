import CLibPQ

/// What a new connection finds out about the session it has got.
struct ServerSession: Hashable, Sendable {
    /// The settings of its transactions.
    let settings: SessionSettings
    /// Whether the session is the connection's alone, from its beginning to its end.
    ///
    /// Behind a pooler it is not: then nothing may be left in it, and it may be another one in the next transaction.
    let isOwn: Bool

    /// The questions, in one transaction and one round trip.
    ///
    /// What another client of a pooler may have set is not the default.
    private static let script = """
        \(TransactionMode.read.begin.text.sql);
        SET LOCAL search_path TO DEFAULT;
        SELECT pg_backend_pid(), current_setting('application_name'), current_setting('search_path'),
            (SELECT extract(epoch FROM clock_timestamp() - backend_start) FROM pg_stat_get_activity(pg_backend_pid()));
        SELECT c.relname, n.nspname, pg_table_is_visible(c.oid)
        FROM pg_catalog.pg_class AS c JOIN pg_catalog.pg_namespace AS n ON n.oid = c.relnamespace
        WHERE c.relname IN (\(SearchPath.tables.map { "'\($0)'" }.joined(separator: ", ")))
            AND c.relkind IN ('r', 'p', 'v', 'm', 'f') AND has_schema_privilege(n.oid, 'USAGE');
        COMMIT
        """

    /// Asks the server, and blocks until it has answered.
    ///
    /// - Parameters:
    ///   - handle: The connection.
    ///   - statementMilliseconds: How long a statement of a transaction may take.
    /// - Throws: ``PostgresError``; `wrongSchema` where it is not certain which schema holds the tables.
    init(of handle: ConnectionHandle, statementMilliseconds: Int) throws(PostgresError) {
        let results = try Self.results(of: handle)
        guard let answer = results.first?.first, answer.count == 4, let tables = results.last else {
            throw PostgresError(.unexpectedData, "\(handle.place) answers otherwise than PostgreSQL does")
        }
        let seconds = (ContinuousClock().now - handle.start) / .seconds(1)
        isOwn = Self.isOwn(
            named: Int(PQbackendPID(handle.pointer)),
            process: Int(answer[0]),
            calledItself: handle.applicationName,
            application: answer[1],
            connected: seconds,
            age: Double(answer[3])
        )
        let path = try SearchPath(
            stated: SearchPath.stated(in: handle.options),
            sessionDefault: answer[2],
            tables: tables.map { SearchPath.Table(name: $0[0], schema: $0[1], isVisible: $0[2] == "t") },
            place: handle.place
        )
        settings = SessionSettings(searchPath: path.text, statementMilliseconds: statementMilliseconds)
    }

    /// Whether a session is a connection's own.
    ///
    /// A server process that is older than the connection has served another one. Some poolers hand its number on, others
    /// make one up, and hardly any tells it what the connection calls itself.
    ///
    /// - Parameters:
    ///   - named: The process that was named to the connection when it was opened.
    ///   - process: The process that answers.
    ///   - calledItself: What the connection calls itself.
    ///   - application: What the process takes it for.
    ///   - connected: How many seconds ago the connection began to be opened.
    ///   - age: How many seconds ago the process began.
    /// - Returns: Whether no condition forbids it.
    static func isOwn(
        named: Int,
        process: Int?,
        calledItself: String,
        application: String,
        connected: Double,
        age: Double?
    ) -> Bool {
        guard let age else { return false }
        return named == process && calledItself == application && age <= connected
    }

    /// The texts in the rows of each statement that returns any.
    private static func results(of handle: ConnectionHandle) throws(PostgresError) -> [[[String]]] {
        guard PQsendQuery(handle.pointer, script) == 1 else { throw handle.failure(of: nil, sql: nil) }
        var results: [[[String]]] = []
        var failure: PostgresError?
        while let result = PQgetResult(handle.pointer) {
            defer { PQclear(result) }
            switch PQresultStatus(result) {
            case PGRES_COMMAND_OK: break
            case PGRES_TUPLES_OK:
                results.append(
                    (0..<PQntuples(result))
                        .map { row in
                            (0..<PQnfields(result)).map { String(cString: PQgetvalue(result, row, $0)) }
                        }
                )
            default: failure = failure ?? handle.failure(of: result, sql: script)
            }
        }
        if let failure { throw failure }
        return results
    }
}
