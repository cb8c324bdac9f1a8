import CLibPQ
import SafeText

/// The owner of a libpq connection, which it ends in `deinit`.
final class ConnectionHandle {
    /// What the harness sets where an address does not.
    static let ownDefaults = [
        // A server that vanishes without a word is noticed within half a minute.
        "tcp_user_timeout": "30000",
        "keepalives_idle": "15",
        "keepalives_interval": "5",
        "keepalives_count": "3",
        "fallback_application_name": "coldstart",
    ]
    /// The names of everything that the harness sets.
    static let ownSettings = Set(ownDefaults.keys).union(["connect_timeout", "client_encoding"])

    /// The connection.
    let pointer: OpaquePointer
    /// Where it leads, for messages: the host and port or the socket, and the database.
    let place: String
    /// What it calls itself.
    let applicationName: String
    /// The settings that it states to the server in `options`, those of `PGOPTIONS` included.
    let options: String
    /// When it began to connect.
    let start: ContinuousClock.Instant

    /// Takes everything that it signed in with out of texts, wherever libpq found it.
    let redaction: Redaction

    /// Connects and blocks until the server has answered or the limit is over.
    init(_ address: PostgresAddress, limits: PostgresConnection.Limits) throws(PostgresError) {
        var settings = Self.ownDefaults
        settings["connect_timeout"] = String(limits.connectSeconds)
        settings.merge(address.settings) { $1 }
        settings["client_encoding"] = "UTF8"
        start = ContinuousClock().now
        let attempt = try ConnectionAttempt(settings, isComplete: address.isComplete)
        let connection = attempt.pointer
        pointer = connection
        let password = PQpass(connection).map { String(cString: $0) } ?? ""
        let user = PQuser(connection).map { String(cString: $0) } ?? ""
        let host = PQhost(connection).map { String(cString: $0) } ?? ""
        let port = PQport(connection).map { String(cString: $0) } ?? ""
        let database = PQdb(connection).map { String(cString: $0) } ?? ""
        place =
            host.hasPrefix("/") || host.hasPrefix("@")
            ? "database \"\(database)\" on socket \(host)/.s.PGSQL.\(port)"
            : "database \"\(database)\" on \(host):\(port)"
        redaction = address.redaction.union([password], besides: [user, database, host, port])
        let name = ConnectionOptions(of: connection)?.values["application_name"] ?? ""
        applicationName = name.isEmpty ? "coldstart" : name
        options = PQoptions(connection).map { String(cString: $0) } ?? ""
        guard attempt.end == .connected else {
            let message = redaction.removed(from: String(cString: PQerrorMessage(connection)))
            throw ConnectionRefusal(libpqMessage: message).error(attempt.end, of: connection, place: place)
        }
        PQsetErrorVerbosity(connection, PQERRORS_DEFAULT)
    }

    deinit {
        PQfinish(pointer)
    }

    /// What libpq or the server says, on one line and without secrets: the only way of their words into a message.
    func words(_ said: UnsafePointer<CChar>?) -> String {
        PostgresError.oneLine(redaction.removed(from: said.map { String(cString: $0) } ?? ""))
    }
}

/// Opens connections off the cooperative pool, since connecting blocks.
actor ConnectionOpener {
    private nonisolated let executor = BlockingExecutor(label: "coldstart.postgres.connect")

    nonisolated var unownedExecutor: UnownedSerialExecutor { executor.asUnownedSerialExecutor() }

    /// Connects, and checks the settings of the new session.
    func open(
        _ address: PostgresAddress,
        limits: PostgresConnection.Limits
    ) throws(PostgresError) -> sending (ConnectionHandle, ServerSession) {
        let handle = try ConnectionHandle(address, limits: limits)
        let session = try ServerSession(of: handle, statementMilliseconds: limits.statementMilliseconds)
        return (handle, session)
    }
}
