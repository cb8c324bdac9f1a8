import CLibPQ

/// The owner of a libpq connection, which it ends in `deinit`.
final class ConnectionHandle {
    /// The connection.
    let pointer: OpaquePointer
    /// Where it leads, for messages: the host and port or the socket, and the database.
    let place: String

    private let password: String

    /// Connects and blocks until the server has answered or the limit is over.
    init(_ address: PostgresAddress, limits: PostgresConnection.Limits) throws(PostgresError) {
        var settings = [
            "connect_timeout": String(limits.connectSeconds),
            // A server that vanishes without a word is noticed within half a minute.
            "tcp_user_timeout": "30000",
            "keepalives_idle": "15",
            "keepalives_interval": "5",
            "keepalives_count": "3",
            "fallback_application_name": "coldstart",
        ]
        settings.merge(address.settings) { $1 }
        settings["client_encoding"] = "UTF8"
        let connection = Self.connect(settings)
        guard let connection else { throw PostgresError(.unreachable, "libpq is out of memory") }
        pointer = connection
        password = PQpass(connection).map { String(cString: $0) } ?? ""
        let host = PQhost(connection).map { String(cString: $0) } ?? ""
        let port = PQport(connection).map { String(cString: $0) } ?? ""
        let database = PQdb(connection).map { String(cString: $0) } ?? ""
        place =
            host.hasPrefix("/") || host.hasPrefix("@")
            ? "database \"\(database)\" on socket \(host)/.s.PGSQL.\(port)"
            : "database \"\(database)\" on \(host):\(port)"
        guard PQstatus(connection) == CONNECTION_OK else {
            throw refusal()
        }
    }

    deinit {
        PQfinish(pointer)
    }

    /// Replaces the password, should a message ever repeat it.
    func withoutSecrets(_ text: String) -> String {
        password.isEmpty
            ? text : text.split(separator: password, omittingEmptySubsequences: false).joined(separator: "***")
    }

    private func refusal() -> PostgresError {
        let said = PostgresError.oneLine(withoutSecrets(String(cString: PQerrorMessage(pointer))))
        if said.contains("FATAL:") {
            return PostgresError(
                .rejected,
                "\(place) refuses the connection: \(said); check the user, the password and the database's name"
            )
        }
        return PostgresError(
            .unreachable,
            "\(place) cannot be reached: \(said); start that server or give another address"
        )
    }

    private static func connect(_ settings: [String: String]) -> OpaquePointer? {
        let keywords = settings.keys.sorted()
        let strings = (keywords + keywords.map { settings[$0] ?? "" }).map { Array($0.utf8CString) }
        // One buffer for all texts keeps their addresses valid for the call.
        let text = strings.flatMap { $0 }
        let offsets = strings.reduce(into: [0]) { $0.append($0[$0.count - 1] + $1.count) }
        return text.withUnsafeBufferPointer { buffer in
            let addresses: [UnsafePointer<CChar>?] = offsets.dropLast()
                .map { offset in
                    buffer.baseAddress.map { $0 + offset }
                }
            let names = Array(addresses.prefix(keywords.count)) + [nil]
            let values = Array(addresses.dropFirst(keywords.count)) + [nil]
            return PQconnectdbParams(names, values, 0)
        }
    }
}

/// Opens connections off the cooperative pool, since connecting blocks.
actor ConnectionOpener {
    private nonisolated let executor = BlockingExecutor(label: "coldstart.postgres.connect")

    nonisolated var unownedExecutor: UnownedSerialExecutor { executor.asUnownedSerialExecutor() }

    /// Connects.
    func open(
        _ address: PostgresAddress,
        limits: PostgresConnection.Limits
    ) throws(PostgresError) -> sending ConnectionHandle {
        try ConnectionHandle(address, limits: limits)
    }
}
