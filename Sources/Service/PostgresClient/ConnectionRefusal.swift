import CLibPQ

#if canImport(Glibc)
import Glibc
#elseif canImport(Musl)
import Musl
#elseif canImport(Darwin)
import Darwin
#endif

/// Why a connection could not be opened, and what to do about it.
///
/// That is told by the server's SQLSTATE, by the state in which the attempt ended and by the system's codes, never by a
/// word of a message: those are in the language of the server.
struct ConnectionRefusal: Hashable, Sendable {
    /// The server's code, where it gave one.
    let sqlState: String?
    /// What the server or libpq said, in one line.
    let said: String

    /// Takes a verbose error message of libpq apart.
    ///
    /// The last line in which a severity, two blanks and a SQLSTATE stand is the last server's: several hosts may have been
    /// tried. See `pqBuildErrorMessage3` and `PQERRORS_VERBOSE` in
    /// <https://www.postgresql.org/docs/15/libpq-control.html>.
    init(libpqMessage text: String) {
        for line in text.split(whereSeparator: \.isNewline).reversed() {
            guard let (code, message) = Self.answer(in: line) else { continue }
            sqlState = code
            said = PostgresError.oneLine(message)
            return
        }
        sqlState = nil
        said = PostgresError.oneLine(text)
    }

    private static func answer(in line: Substring) -> (code: String, message: String)? {
        var rest = line
        while let mark = rest.firstRange(of: ":  ") {
            rest = rest[mark.upperBound...]
            let code = rest.prefix(5)
            let isCode =
                code.utf8.count == 5 && code.utf8.allSatisfy { (48...57).contains($0) || (65...90).contains($0) }
            if isCode, rest.dropFirst(5).hasPrefix(": ") { return (String(code), String(rest.dropFirst(7))) }
        }
        return nil
    }

    /// What to do about a refusal of a server.
    ///
    /// Codes: <https://www.postgresql.org/docs/15/errcodes-appendix.html>.
    static func advice(for sqlState: String) -> String {
        switch sqlState {
        case "28P01": "check the user and the password"
        case "28000": "check the user, and whether the server's pg_hba.conf lets it in from here, with or without TLS"
        case "3D000": "check the database's name"
        case "42501": "grant the user CONNECT on the database, or sign in as another"
        case "53300": "all its connections are taken: end one or wait for one, or raise max_connections"
        case "57P03": "it is starting, stopping or recovering: wait until it accepts connections, then try again"
        case "57P01", "57P02": "it is being stopped: start it, then try again"
        case "55000": "that database takes no connections: name another"
        case "42704", "22023", "42602": "the address sets something that this server does not know: check options"
        case "0A000", "08P01":
            "it does not take what the address asks for: check options, and where a pooler answers its settings"
        default:
            switch sqlState.prefix(2) {
            case "28": "check the user and how it signs in"
            case "53": "it lacks a resource: wait, then try again, and see its log"
            case "57": "wait, then try again, and see the server's log"
            default: "see the server's log, and where a pooler answers the user's name that it expects"
            }
        }
    }

    /// The error of an attempt.
    ///
    /// - Parameters:
    ///   - end: How the attempt ended.
    ///   - pointer: The connection that came to nothing.
    ///   - place: Where it leads, for the message.
    /// - Returns: `rejected` where a server refuses, else `unreachable`.
    func error(_ end: ConnectionAttempt.End, of pointer: OpaquePointer, place: String) -> PostgresError {
        if let sqlState {
            return PostgresError(
                .rejected,
                "\(place) refuses the connection: \(said); \(Self.advice(for: sqlState))",
                sqlState: sqlState
            )
        }
        if PQconnectionNeedsPassword(pointer) == 1 {
            return PostgresError(
                .rejected,
                "\(place) refuses the connection: it wants a password and the address has none; give it in the address, "
                    + "in PGPASSWORD or in the file that PGPASSFILE names"
            )
        }
        switch end {
        case .silent(let seconds):
            return PostgresError(
                .unreachable,
                "\(place) does not answer within \(seconds) s; check the host, the port and what lies between, such as a "
                    + "firewall"
            )
        case .failed(let state?) where state != CONNECTION_STARTED.rawValue && state != CONNECTION_NEEDED.rawValue:
            return PostgresError(
                .unreachable,
                "\(place) takes the connection and it comes to nothing: \(said); \(Self.advice(in: state))"
            )
        case .failed, .connected:
            return PostgresError(.unreachable, "\(place) cannot be reached: \(said); \(Self.advice(for: pointer))")
        }
    }

    /// What to do about an attempt that ended after the server had taken the connection.
    private static func advice(in state: ConnStatusType.RawValue) -> String {
        switch state {
        case CONNECTION_SSL_STARTUP.rawValue:
            "the server has no TLS, or not as the address wants it: change sslmode or sslrootcert, or the server"
        case CONNECTION_GSS_STARTUP.rawValue: "change gssencmode in the address, or the server"
        case CONNECTION_CHECK_WRITABLE.rawValue, CONNECTION_CHECK_TARGET.rawValue, CONNECTION_CHECK_STANDBY.rawValue:
            "no server is of the kind that target_session_attrs asks for: name one that is"
        default: "check that PostgreSQL listens there, and see its log"
        }
    }

    /// What to do where no server has taken the connection.
    private static func advice(for pointer: OpaquePointer) -> String {
        let host = PQhost(pointer).map { String(cString: $0) } ?? ""
        let port = PQport(pointer).map { String(cString: $0) } ?? ""
        let socket = "\(host)/.s.PGSQL.\(port)"
        if host.hasPrefix("/"), access(socket, F_OK) == 0, access(socket, W_OK) != 0, errno == EACCES {
            return "this user may not open the socket: run as another, or give a host"
        }
        let isName = !host.isEmpty && !host.hasPrefix("/") && !host.hasPrefix("@")
        if isName, HostLookup(host).isUnknown {
            return "check the host's name; start that server or give another address"
        }
        return "start that server or give another address"
    }
}
