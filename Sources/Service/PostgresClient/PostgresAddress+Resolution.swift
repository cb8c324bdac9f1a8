import CLibPQ

extension PostgresAddress {
    /// Where a server listens.
    package enum Endpoint: Hashable, Sendable {
        /// The path of a Unix socket.
        case socket(String)
        /// A host's name or address, and a port.
        case tcp(host: String, port: Int)
    }

    /// Signs in and returns the address with everything that libpq had to find out for it: what variables, the password
    /// file and a service file say, and which of several hosts it was.
    ///
    /// A program that gets the result needs none of them. An address that is complete is returned as it is.
    ///
    /// - Throws: ``PostgresError``: `unreachable` or `rejected`.
    package func resolved() async throws -> PostgresAddress {
        isComplete ? self : try await ConnectionOpener().resolve(self)
    }

    /// The resolved address for a connection whose messages the proxy reads, so that it cannot be encrypted.
    ///
    /// - Throws: ``PostgresError``: `badAddress` where the address insists on encryption, what ``resolved()`` throws,
    ///   and `rejected` where the server does.
    package func resolvedWithoutEncryption() async throws -> PostgresAddress {
        let found = try await resolved()
        try found.requireNoInsistenceOnEncryption()
        let plain = found.with(Self.withoutEncryption)
        do {
            // A connection that was encrypted where it may be says nothing about one that is not.
            _ = isComplete ? plain : try await ConnectionOpener().resolve(plain)
        } catch {
            throw PostgresError(
                error.code,
                "the faults on the way to a database need to see the messages, and it does not take this user without "
                    + "encryption: \(error.message)",
                sqlState: error.sqlState
            )
        }
        return plain
    }

    /// Throws ``PostgresError`` (`badAddress`) where the address insists on encryption.
    package func requireNoInsistenceOnEncryption() throws(PostgresError) {
        let insistence = [
            ("sslmode", ["require", "verify-ca", "verify-full"]), ("gssencmode", ["require"]),
            ("channel_binding", ["require"]),
        ]
        for (name, values) in insistence {
            guard let value = settings[name], values.contains(value) else { continue }
            throw PostgresError(
                .badAddress,
                "the database address insists on encryption (\(name)=\(value)), and the faults on the way to a database "
                    + "need to see the messages; leave \(name) out or give a database that is reached without"
            )
        }
    }

    /// Where the server of a resolved address listens; one that is not resolved is taken for what it states alone.
    package var endpoint: Endpoint {
        let port = settings["port"].flatMap { Int($0) } ?? 5432
        if let address = settings["hostaddr"] { return .tcp(host: address, port: port) }
        let host = settings["host"] ?? "localhost"
        return host.hasPrefix("/") ? .socket("\(host)/.s.PGSQL.\(port)") : .tcp(host: host, port: port)
    }

    /// The same database, user and settings, reached without encryption at a TCP port of this machine.
    package func reached(atPort port: Int) -> PostgresAddress {
        let place = ["hostaddr": "", "host": "127.0.0.1", "port": String(port)]
        let moved = with(place.merging(Self.withoutEncryption) { $1 })
        // No variable may lead past that port.
        return PostgresAddress(settings: moved.settings, isComplete: true, besides: redaction)
    }

    private static let withoutEncryption = [
        "sslmode": "disable", "gssencmode": "disable", "channel_binding": "disable",
    ]
}

extension ConnectionHandle {
    /// Returns everything that the connection is made with, as a complete address.
    ///
    /// - Parameter address: The address that was given, which alone decides what the harness sets for itself.
    /// - Returns: The address of the server that answered.
    /// - Throws: ``PostgresError`` where libpq is out of memory.
    func resolved(_ address: PostgresAddress) throws(PostgresError) -> PostgresAddress {
        guard let list = ConnectionOptions(of: pointer) else {
            throw PostgresError(.unreachable, "libpq is out of memory")
        }
        var settings = list.values.filter { !$0.value.isEmpty && list.builtIn[$0.key] != $0.value }
        // Where these led is known by now.
        for name in ["service", "passfile", "target_session_attrs", "load_balance_hosts", "hostaddr"] {
            settings[name] = nil
        }
        for name in Self.ownSettings { settings[name] = address.settings[name] }
        settings["host"] = text(PQhost(pointer))
        settings["port"] = text(PQport(pointer))
        settings["password"] = text(PQpass(pointer))
        if list.values["hostaddr"]?.isEmpty == false { settings["hostaddr"] = text(PQhostaddr(pointer)) }
        settings["user"] = text(PQuser(pointer))
        settings["dbname"] = text(PQdb(pointer))
        return PostgresAddress(settings: settings, isComplete: true, besides: redaction)
    }

    private func text(_ value: UnsafeMutablePointer<CChar>?) -> String? {
        value.map { String(cString: $0) }.flatMap { $0.isEmpty ? nil : $0 }
    }
}

extension ConnectionOpener {
    /// Connects, and returns the address with everything that was found out.
    func resolve(_ address: PostgresAddress) throws(PostgresError) -> PostgresAddress {
        try ConnectionHandle(address, limits: PostgresConnection.Limits()).resolved(address)
    }
}
