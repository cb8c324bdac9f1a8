/// A probe's attempt under way against a simulated process.
///
/// On Cloud Run a TCP attempt waits until the port opens; the kubelet's is one try. An HTTP attempt is one try everywhere,
/// and waits only where the server accepts and does not answer. A health check of gRPC is one try on Cloud Run; under a
/// kubelet its client dials again until it has a connection. An aggressive attempt asks again and again; what becomes of
/// the server while one question of at most 100 ms is under way is left out there.
struct SimulatedAttempt: Sendable {
    private let handler: ProbeHandler
    private let unknownPort: PortName?
    private let port: Int
    private let connectionNotice: Duration
    private let answerDelay: Duration
    private let retriesConnecting: Bool
    /// Whether a health check waits for its connection.
    private let redials: Bool
    /// The successes in a row that an aggressive attempt needs; 0 for any other.
    private let polledSuccesses: Int
    /// When the attempt goes on by itself, never where nothing can be told yet.
    private(set) var due = Duration.never
    /// What it comes to then; absent where it dials again.
    private var result: ProbeSighting? = .refused
    /// The questions of an aggressive attempt under way.
    private var poll: ReadinessPoll?
    private var isAsking = false
    private var backOff = RedialBackOff()

    /// Creates the attempts of a probe, of which none is under way.
    @inline(__always)
    init(_ probe: ProbeConfiguration, profile: PlatformProfile) {
        handler = probe.handler
        unknownPort = probe.unknownPort
        port = probe.handler.port ?? profile.containerPort
        connectionNotice = profile.connectionNotice
        answerDelay = profile.answerDelay
        retriesConnecting = profile.retriesConnecting
        redials = profile.kubelet != nil && probe.handler.service != nil
        polledSuccesses = probe.isAggressive ? probe.successThreshold : 0
    }

    /// Begins an attempt on a process that listens on a port, or on none.
    ///
    /// - Returns: What it came to where that shows at once.
    @inline(__always)
    mutating func begin(listeningPort: Int?, at moment: Duration) -> ProbeSighting? {
        due = .never
        if let unknownPort { return .unknownPort(unknownPort) }
        guard polledSuccesses == 0 else {
            poll = ReadinessPoll(needed: polledSuccesses, at: moment)
            isAsking = false
            due = moment
            return nil
        }
        if redials { backOff = RedialBackOff() }
        guard listeningPort != port else { return nil }
        if case .tcp = handler, retriesConnecting { return nil }
        guard redials else { return .refused }
        redial(after: moment)
        return nil
    }

    /// Lets the attempt see what the process has become.
    @inline(__always)
    mutating func reconsider(_ process: some SimulatedProcess, at moment: Duration) {
        guard due == .never, polledSuccesses == 0 else { return }
        ask(process, at: moment)
    }

    /// Takes the moment at which the attempt goes on.
    ///
    /// - Returns: What it came to, where it is over.
    mutating func reached(_ process: some SimulatedProcess, at moment: Duration) -> ProbeSighting? {
        due = .never
        guard poll != nil else {
            if result == nil { ask(process, at: moment) }
            return due == .never ? result : nil
        }
        return reachedQuestion(process, at: moment)
    }

    /// Goes on with the questions of an aggressive attempt.
    private mutating func reachedQuestion(_ process: some SimulatedProcess, at moment: Duration) -> ProbeSighting? {
        guard var poll else { return nil }
        if isAsking {
            isAsking = false
            let saw = result ?? .deadlineExceeded
            let isOver = poll.answered(saw, at: moment)
            self.poll = isOver ? nil : poll
            due = isOver ? .never : poll.due
            return isOver ? saw : nil
        }
        let givenUp = poll.ask(at: moment)
        self.poll = poll
        isAsking = true
        result = .deadlineExceeded
        if process.exit != nil || process.listeningPort != port {
            // A client that waits for its connection has none when the question is given up.
            result = redials ? .deadlineExceeded : .refused
            due = redials ? givenUp : moment
        } else {
            ask(process, at: moment)
            due = min(due, givenUp)
        }
        return nil
    }

    /// Ends the attempt, with its result or without.
    mutating func end() {
        due = .never
        poll = nil
    }

    /// Whether an attempt that began now would succeed.
    @inline(__always)
    func wouldPass(_ process: some SimulatedProcess) -> Bool {
        guard unknownPort == nil, process.listeningPort == port else { return false }
        switch handler {
        case .tcp: return true
        case .http(let path, _):
            guard case .status(let code) = process.answer(toProbe: path) else { return false }
            return ProbeSighting.status(code).isSuccess
        case .grpc(let service, _):
            return process.sighting(ofHealthCheck: service)?.isSuccess == true
        }
    }

    @inline(__always)
    private mutating func ask(_ process: some SimulatedProcess, at moment: Duration) {
        switch handler {
        case .tcp:
            guard process.listeningPort == port else { return }
            result = .connected
            due = moment + connectionNotice
        case .http(let path, _):
            guard case .status(let code) = process.answer(toProbe: path) else { return }
            result = .status(code)
            due = moment + answerDelay
        case .grpc(let service, _):
            check(service, process, at: moment)
        }
    }

    /// Makes a health check, or dials again where there is no connection of HTTP/2.
    private mutating func check(_ service: String, _ process: some SimulatedProcess, at moment: Duration) {
        let isListening = process.exit == nil && process.listeningPort == port
        let saw = isListening ? process.sighting(ofHealthCheck: service) : .refused
        guard redials, saw == .refused || saw == .notGRPC else {
            // Without an answer yet the attempt hangs.
            guard let saw else { return }
            result = saw
            due = moment + answerDelay
            return
        }
        redial(after: moment)
    }

    private mutating func redial(after moment: Duration) {
        result = nil
        due = backOff.next(after: moment)
    }
}
