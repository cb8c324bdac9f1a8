import ContainerPlatform

/// The attempts of the startup probe over real sockets.
///
/// A TCP attempt goes on trying to connect until somebody ends it, an HTTP attempt is one try.
struct ProbeSocket {
    /// How long a TCP attempt waits in real time before it tries to connect again.
    private static let connectInterval = Duration.milliseconds(1)

    private let address: SocketAddress
    private let request: [UInt8]
    private let interval: Duration
    /// Kept so that nobody listens there.
    private let closedPort: ReservedPort?
    /// The connection of the attempt under way.
    private(set) var exchange: Exchange?
    /// When a TCP attempt tries again to connect.
    private(set) var retryDue = Duration.never

    /// Creates a socket without an attempt.
    ///
    /// - Parameters:
    ///   - handler: How the probe asks.
    ///   - port: The port that the service is to listen on.
    ///   - closedPort: A port that nothing listens on, where the probe asks at another than the container's.
    ///   - speed: How many seconds of the scenario pass in one real second.
    init(_ handler: ProbeHandler, port: Int, closedPort: ReservedPort?, speed: Double) {
        address = .instance(port: closedPort?.number ?? port)
        request = handler.path.map { Exchange.get($0, port: port, agent: "GoogleHC/1.0") } ?? []
        interval = Self.connectInterval * speed
        self.closedPort = closedPort
    }

    /// Begins an attempt.
    mutating func begin() {
        retryDue = .never
        // Only the status matters, but the timeout covers the whole exchange.
        exchange = Exchange(to: address, request: request, bodyLimit: 10_240)
    }

    /// Drops the attempt under way.
    mutating func abandon() {
        exchange?.abandon()
        exchange = nil
        retryDue = .never
    }

    /// Goes on with the attempt under way.
    ///
    /// - Parameter now: The scenario's time.
    /// - Returns: What it saw, where that is its end.
    mutating func advance(at now: Duration) -> ProbeSighting? {
        if retryDue <= now { begin() }
        guard let exchange else { return nil }
        exchange.advance()
        guard let end = exchange.end else { return nil }
        self.exchange = nil
        switch end {
        case .connected:
            return .connected
        case .answered(let answer):
            return .status(answer.status)
        case .refused, .broken, .malformed:
            guard request.isEmpty else { return .refused }
            retryDue = now + interval
            return nil
        }
    }
}

extension Exchange {
    /// A request of the harness without a body.
    static func get(_ path: String, port: Int, agent: String) -> [UInt8] {
        let lines = [
            "GET \(path) HTTP/1.1", "Host: 127.0.0.2:\(port)", "User-Agent: \(agent)", "Accept: */*",
            "Connection: close", "", "",
        ]
        return Array(lines.joined(separator: "\r\n").utf8)
    }
}
