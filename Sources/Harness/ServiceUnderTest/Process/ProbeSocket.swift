import ContainerPlatform
import GRPCHealth

/// The attempts of a probe over real sockets.
///
/// On Cloud Run a TCP attempt goes on trying to connect until somebody ends it; the kubelet's is one try. An HTTP attempt
/// is one try everywhere; under a kubelet it follows redirects, on Cloud Run none. A health check of gRPC is one try on Cloud
/// Run; under a kubelet its client dials again until it has a connection (`RedialBackOff`). Of an aggressive attempt each
/// question is one try, and the attempt asks again until it has its successes or somebody ends it.
struct ProbeSocket {
    /// How long a TCP attempt waits in real time before it tries to connect again.
    private static let connectInterval = Duration.milliseconds(1)

    /// How long a question of an aggressive attempt may take at least in real time, however fast a scenario is played.
    private static let leastPatience = Duration.milliseconds(20)

    private let handler: ProbeHandler
    private let unknownPort: PortName?
    private let port: Int
    private let agent: String
    private let followsRedirects: Bool
    private let retriesConnecting: Bool
    private let redials: Bool
    private let polledSuccesses: Int
    private let interval: Duration
    private let patience: Duration
    private var poll: ReadinessPoll?
    private var givenUpAt = Duration.never
    private var redirects = 0
    private var backOff = RedialBackOff()
    /// Whether an attempt has begun that cannot be made.
    private var isError = false
    /// Kept so that nobody listens there.
    private let closedPort: ReservedPort?
    /// The connection of the attempt under way.
    private(set) var exchange: Exchange?
    /// When a TCP attempt tries again to connect.
    private(set) var retryDue = Duration.never

    /// Creates a socket without an attempt.
    ///
    /// - Parameters:
    ///   - probe: How the probe asks.
    ///   - profile: The platform.
    ///   - port: The port that the service is to listen on.
    ///   - closedPort: A port that nothing listens on, where the probe asks at another than the container's.
    ///   - speed: How many seconds of the scenario pass in one real second.
    init(_ probe: ProbeConfiguration, profile: PlatformProfile, port: Int, closedPort: ReservedPort?, speed: Double) {
        handler = probe.handler
        unknownPort = probe.unknownPort
        self.port = closedPort?.number ?? port
        agent = profile.proberAgent
        followsRedirects = profile.kubelet != nil
        retriesConnecting = profile.retriesConnecting
        redials = profile.kubelet != nil
        polledSuccesses = probe.isAggressive ? probe.successThreshold : 0
        patience = max(ReadinessPoll.patience, Self.leastPatience * speed)
        interval = Self.connectInterval * speed
        self.closedPort = closedPort
    }

    /// The moment at which an attempt goes on by itself.
    var due: Duration { min(retryDue, givenUpAt) }

    /// Begins an attempt.
    mutating func begin(at now: Duration) {
        abandon()
        isError = unknownPort != nil
        guard !isError else { return }
        backOff = RedialBackOff()
        if polledSuccesses > 0 { poll = ReadinessPoll(needed: polledSuccesses, at: now) }
        ask(at: now)
    }

    /// Drops the attempt under way.
    mutating func abandon() {
        exchange?.abandon()
        exchange = nil
        poll = nil
        isError = false
        retryDue = .never
        givenUpAt = .never
    }

    /// Goes on with the attempt under way.
    ///
    /// - Parameter now: The scenario's time.
    /// - Returns: What it saw, where that is its end.
    mutating func advance(at now: Duration) -> ProbeSighting? {
        if isError, let unknownPort {
            isError = false
            return .unknownPort(unknownPort)
        }
        if retryDue <= now { ask(at: now) }
        exchange?.advance()
        guard let end = exchange?.end else {
            guard givenUpAt <= now else { return nil }
            exchange?.abandon()
            return ended(.deadlineExceeded, at: now)
        }
        switch end {
        case .connected:
            return ended(.connected, at: now)
        case .answered(let answer):
            guard followsRedirects, (300..<400).contains(answer.status), let location = answer["location"] else {
                return ended(.status(answer.status), at: now)
            }
            return redirected(to: location, status: answer.status, at: now)
        case .checked(.answered(let status)):
            return ended(.health(status: Int(clamping: status)), at: now)
        case .checked(.failed(let code)):
            return ended(.callFailed(code: code), at: now)
        case .checked(.malformed):
            return ended(.notGRPC, at: now)
        case .checked(.noConnection):
            return redial(or: .notGRPC, at: now)
        case .refused, .broken, .malformed:
            return redial(or: .refused, at: now)
        }
    }

    /// Waits for the next try to connect, where the attempt goes on trying.
    private mutating func redial(or saw: ProbeSighting, at now: Duration) -> ProbeSighting? {
        let dialsAgain = redials && handler.service != nil
        guard dialsAgain || (handler.onlyConnects && retriesConnecting && poll == nil) else {
            return ended(saw, at: now)
        }
        exchange = nil
        // A question of an aggressive attempt is given up before its client dials again.
        if poll == nil { retryDue = dialsAgain ? backOff.next(after: now) : now + interval }
        return nil
    }

    /// Asks once.
    private mutating func ask(at now: Duration) {
        retryDue = .never
        redirects = 0
        if poll != nil {
            _ = poll?.ask(at: now)
            givenUpAt = now + patience
        }
        if let service = handler.service {
            exchange = Exchange(checking: service, port: port, agent: agent)
        } else {
            connect(Redirect(port: port, path: handler.path ?? ""))
        }
    }

    private mutating func connect(_ target: Redirect) {
        let request = handler.path == nil ? [] : Exchange.get(target.path, port: target.port, agent: agent)
        // Only the status matters, but the timeout covers the whole exchange.
        exchange = Exchange(to: .instance(port: target.port), request: request, bodyLimit: 10_240)
    }

    /// Follows a redirect to the same host, at most ten of them; another host's is a success as it stands.
    private mutating func redirected(to location: String, status: Int, at now: Duration) -> ProbeSighting? {
        guard let target = Redirect(location, host: "127.0.0.2", port: port) else {
            return ended(.status(status), at: now)
        }
        redirects += 1
        guard redirects <= Redirect.limit else { return ended(.refused, at: now) }
        connect(target)
        return advance(at: now)
    }

    /// Takes the end of a question, which is that of the attempt unless the attempt goes on asking.
    private mutating func ended(_ saw: ProbeSighting, at now: Duration) -> ProbeSighting? {
        exchange = nil
        givenUpAt = .never
        guard var poll else { return saw }
        let isOver = poll.answered(saw, at: now)
        self.poll = isOver ? nil : poll
        retryDue = isOver ? .never : poll.due
        return isOver ? saw : nil
    }
}

extension PlatformProfile {
    /// The field `User-Agent` of the platform's prober; the queue-proxy of Knative leaves the version out.
    fileprivate var proberAgent: String {
        guard kubelet != nil else { return "GoogleHC/1.0" }
        return progressDeadline == nil ? "kube-probe/1.34" : "kube-probe//"
    }
}

extension Exchange {
    /// Begins a health check of gRPC on the instance.
    ///
    /// - Parameters:
    ///   - service: The service that is asked about; empty for the server as a whole.
    ///   - port: The port.
    ///   - agent: The field `user-agent`.
    convenience init(checking service: String, port: Int, agent: String) {
        let call = HealthCheckCall(service: service, authority: "127.0.0.2:\(port)", agent: agent)
        self.init(to: .instance(port: port), checking: call)
    }

    /// A request of the harness without a body.
    static func get(_ path: String, port: Int, agent: String) -> [UInt8] {
        let lines = [
            "GET \(path) HTTP/1.1", "Host: 127.0.0.2:\(port)", "User-Agent: \(agent)", "Accept: */*",
            "Connection: close", "", "",
        ]
        return Array(lines.joined(separator: "\r\n").utf8)
    }
}
