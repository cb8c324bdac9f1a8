import CLibPQ

#if canImport(Glibc)
import Glibc
#elseif canImport(Musl)
import Musl
#elseif canImport(Darwin)
import Darwin
#endif

/// Opens a libpq connection so that a refusal can be told by the server's code.
///
/// libpq gives a failed connection's SQLSTATE in no field, only in its text, and there only where the connection is asked
/// for verbose errors before the server answers: what `PQconnectdb` leaves no time for. So the steps of
/// <https://www.postgresql.org/docs/15/libpq-connect.html#LIBPQ-PQCONNECTSTARTPARAMS> are taken here, with libpq's own
/// time limit: anew for each address of each host.
struct ConnectionAttempt {
    /// How an attempt ended.
    enum End: Hashable {
        /// There is a connection.
        case connected
        /// The server, the network or libpq ended it; the state that was waited in, `nil` where none was reached.
        case failed(in: ConnStatusType.RawValue?)
        /// Nothing came within the limit, in seconds.
        case silent(seconds: Int)
    }

    /// The connection, in whatever state; the receiver ends it.
    let pointer: OpaquePointer
    /// How the attempt ended.
    let end: End

    /// Connects, and blocks until that has ended.
    ///
    /// - Parameters:
    ///   - settings: libpq's keywords with their values.
    ///   - isComplete: Whether all other settings have libpq's own defaults, whatever its variables say.
    /// - Throws: ``PostgresError`` (`unreachable`) where libpq has no memory.
    init(_ settings: [String: String], isComplete: Bool = false) throws(PostgresError) {
        // As a text: only there does an empty setting override a variable.
        let text = PostgresAddress.text(
            of: isComplete
                ? ConnectionOptions.defaults.completing(settings) : settings.filter { !$0.value.isEmpty }
        )
        guard let pointer = PQconnectStart(text) else {
            throw PostgresError(.unreachable, "libpq is out of memory")
        }
        PQsetErrorVerbosity(pointer, PQERRORS_VERBOSE)
        PQsetNoticeProcessor(pointer, { _, _ in }, nil)
        let limit = settings["connect_timeout"].flatMap { Int($0) }.map { $0 == 1 ? 2 : $0 } ?? 0
        let end = Self.drive(pointer, limit: limit)
        guard case .silent = end, Self.hasFurtherAddress(settings, pointer),
            let second = PQconnectdb(text)
        else {
            self.pointer = pointer
            self.end = end
            return
        }
        // libpq goes on to the next address by itself, which only its own loop can ask of it.
        PQfinish(pointer)
        PQsetNoticeProcessor(second, { _, _ in }, nil)
        self.pointer = second
        self.end = PQstatus(second) == CONNECTION_OK ? .connected : .failed(in: nil)
    }

    private static func drive(_ pointer: OpaquePointer, limit: Int) -> End {
        guard PQstatus(pointer) != CONNECTION_BAD else { return .failed(in: nil) }
        let clock = ContinuousClock()
        var address = place(of: pointer)
        var deadline = clock.now + .seconds(limit)
        var events = Int16(POLLOUT)
        while true {
            let waiting = PQstatus(pointer)
            var descriptor = pollfd(fd: PQsocket(pointer), events: events, revents: 0)
            let left = limit > 0 ? max(0, (deadline - clock.now) / .milliseconds(1)) : -1
            if descriptor.fd >= 0 {
                let ready = poll(&descriptor, 1, Int32(min(left.rounded(.up), 1e6)))
                if ready < 0, errno == EINTR { continue }
                if ready == 0, clock.now < deadline { continue }
                if ready == 0 { return .silent(seconds: limit) }
            }
            switch PQconnectPoll(pointer) {
            case PGRES_POLLING_OK: return .connected
            case PGRES_POLLING_READING: events = Int16(POLLIN)
            case PGRES_POLLING_WRITING: events = Int16(POLLOUT)
            default: return .failed(in: waiting.rawValue)
            }
            let next = place(of: pointer)
            if next != address {
                address = next
                deadline = clock.now + .seconds(limit)
            }
        }
    }

    private static func place(of pointer: OpaquePointer) -> [String] {
        [PQhost(pointer), PQhostaddr(pointer), PQport(pointer)].map { $0.map { String(cString: $0) } ?? "" }
    }

    /// Whether there is an address that has not been tried when another one stayed silent.
    private static func hasFurtherAddress(_ settings: [String: String], _ pointer: OpaquePointer) -> Bool {
        let hosts = (settings["hostaddr"] ?? settings["host"] ?? "").split(separator: ",")
        if hosts.count > 1 { return true }
        guard settings["hostaddr"] == nil, let host = PQhost(pointer) else { return false }
        return HostLookup(String(cString: host)).addresses > 1
    }
}

/// What the system knows about a host's name.
struct HostLookup: Hashable {
    /// How many addresses it has.
    let addresses: Int
    /// Whether there is no such name, as far as can be found out.
    let isUnknown: Bool

    /// Looks a name up.
    init(_ name: String) {
        var hints = addrinfo()
        hints.ai_socktype = SOCK_STREAM.socketType
        var found: UnsafeMutablePointer<addrinfo>?
        let code = getaddrinfo(name, nil, &hints, &found)
        defer { if let found { freeaddrinfo(found) } }
        var count = 0
        var next = code == 0 ? found : nil
        while let entry = next {
            count += 1
            next = entry.pointee.ai_next
        }
        addresses = count
        isUnknown = code != 0
    }
}

#if canImport(Glibc)
extension __socket_type {
    fileprivate var socketType: Int32 { Int32(rawValue) }
}
#else
extension Int32 {
    fileprivate var socketType: Int32 { self }
}
#endif
