import CLibPQ

#if canImport(Glibc)
import Glibc
#elseif canImport(Musl)
import Musl
#elseif canImport(Darwin)
import Darwin
#endif

extension PostgresAddress {
    /// Where a server listens.
    package enum Endpoint: Hashable, Sendable {
        /// The path of a Unix socket.
        case socket(String)
        /// A host's name or address, and a port.
        case tcp(host: String, port: Int)
    }

    /// The place that libpq would connect to first, with its variables (`PGHOST`, …) and defaults applied.
    ///
    /// - Throws: ``PostgresError`` (`badAddress`) where the address insists on encryption, which whoever connects there
    ///   in libpq's place does not speak, or names a port that is none.
    package func endpoint() throws(PostgresError) -> Endpoint {
        let all = Self.defaults.merging(settings) { $1 }
        let insists = all["sslmode"].map { ["require", "verify-ca", "verify-full"].contains($0) } ?? false
        guard !insists, all["gssencmode"] != "require" else {
            throw PostgresError(
                .badAddress,
                "the database address insists on encryption, and the faults of a database need to see the messages; "
                    + "leave sslmode out or give a database that is reached without"
            )
        }
        func first(_ name: String) -> String? {
            all[name]?.split(separator: ",", omittingEmptySubsequences: false).first.map { String($0) }
        }
        let portText = first("port").flatMap { $0.isEmpty ? nil : $0 } ?? "5432"
        guard let port = Int(portText), (1...65_535).contains(port) else {
            throw PostgresError(.badAddress, "the database address names the port \(portText); 1 to 65535 was expected")
        }
        if let address = first("hostaddr"), !address.isEmpty { return .tcp(host: address, port: port) }
        if let host = first("host"), !host.isEmpty {
            return host.hasPrefix("/") ? .socket("\(host)/.s.PGSQL.\(port)") : .tcp(host: host, port: port)
        }
        let sockets = ["/var/run/postgresql", "/tmp"].map { "\($0)/.s.PGSQL.\(port)" }
        return sockets.first { access($0, F_OK) == 0 }.map { .socket($0) } ?? .tcp(host: "localhost", port: port)
    }

    /// The same database, user and settings, reached without encryption at a TCP port of this machine.
    package func reached(atPort port: Int) -> PostgresAddress {
        var moved = settings
        moved["hostaddr"] = nil
        moved["host"] = "127.0.0.1"
        moved["port"] = String(port)
        moved["sslmode"] = "disable"
        moved["gssencmode"] = "disable"
        return PostgresAddress(settings: moved)
    }

    /// The settings that libpq takes from its variables.
    private static var defaults: [String: String] {
        guard let options = PQconndefaults() else { return [:] }
        defer { PQconninfoFree(options) }
        var settings: [String: String] = [:]
        var option = options
        while let keyword = option.pointee.keyword {
            if let value = option.pointee.val { settings[String(cString: keyword)] = String(cString: value) }
            option += 1
        }
        return settings
    }
}
