/// A probe's attempt under way against a simulated process.
///
/// On Cloud Run a TCP attempt waits until the port opens; the kubelet's is one try. An HTTP attempt is one try everywhere,
/// and waits only where the server accepts and does not answer. An aggressive attempt asks again and again; what becomes
/// of the server while one question of at most 100 ms is under way is left out there.
struct SimulatedAttempt: Sendable {
    private let handler: ProbeHandler
    private let port: Int
    private let connectionNotice: Duration
    private let answerDelay: Duration
    private let retriesConnecting: Bool
    /// The successes in a row that an aggressive attempt needs; 0 for any other.
    private let polledSuccesses: Int
    /// When the attempt goes on by itself, never where nothing can be told yet.
    private(set) var due = Duration.never
    /// What it comes to then.
    private var result = ProbeSighting.refused
    /// The questions of an aggressive attempt under way.
    private var poll: ReadinessPoll?
    private var isAsking = false

    /// Creates the attempts of a probe, of which none is under way.
    @inline(__always)
    init(_ probe: ProbeConfiguration, profile: PlatformProfile) {
        handler = probe.handler
        port = probe.handler.port ?? profile.containerPort
        connectionNotice = profile.connectionNotice
        answerDelay = profile.answerDelay
        retriesConnecting = profile.retriesConnecting
        polledSuccesses = probe.isAggressive ? probe.successThreshold : 0
    }

    /// Begins an attempt on a process that listens on a port, or on none.
    ///
    /// - Returns: What it came to where that shows at once.
    @inline(__always)
    mutating func begin(listeningPort: Int?, at moment: Duration) -> ProbeSighting? {
        due = .never
        guard polledSuccesses == 0 else {
            poll = ReadinessPoll(needed: polledSuccesses, at: moment)
            isAsking = false
            due = moment
            return nil
        }
        guard listeningPort != port else { return nil }
        if case .tcp = handler, retriesConnecting { return nil }
        return .refused
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
        guard var poll else { return result }
        if isAsking {
            isAsking = false
            let isOver = poll.answered(result, at: moment)
            self.poll = isOver ? nil : poll
            due = isOver ? .never : poll.due
            return isOver ? result : nil
        }
        let givenUp = poll.ask(at: moment)
        self.poll = poll
        isAsking = true
        result = .deadlineExceeded
        if process.exit != nil || process.listeningPort != port {
            result = .refused
            due = moment
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
        guard process.listeningPort == port else { return false }
        switch handler {
        case .tcp: return true
        case .http(let path, _):
            guard case .status(let code) = process.answer(toProbe: path) else { return false }
            return ProbeSighting.status(code).isSuccess
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
        }
    }
}
