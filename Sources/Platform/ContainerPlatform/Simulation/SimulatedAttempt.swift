/// The probe's attempt under way against a simulated process.
///
/// A TCP attempt waits until the port opens. An HTTP attempt is one try, and waits only where the server accepts and does
/// not answer.
struct SimulatedAttempt: Sendable {
    private let handler: ProbeHandler
    private let port: Int
    private let connectionNotice: Duration
    private let answerDelay: Duration
    /// When the attempt ends by itself, never where nothing can be told yet.
    private(set) var due = Duration.never
    /// What it comes to then.
    private(set) var result = ProbeSighting.refused

    /// Creates the attempts of a probe, of which none is under way.
    init(_ handler: ProbeHandler, profile: PlatformProfile) {
        self.handler = handler
        port = handler.port ?? profile.containerPort
        connectionNotice = profile.connectionNotice
        answerDelay = profile.answerDelay
    }

    /// Begins an attempt on a process that listens on a port, or on none.
    ///
    /// - Returns: What it came to where that shows at once.
    mutating func begin(listeningPort: Int?) -> ProbeSighting? {
        due = .never
        if case .http = handler, listeningPort != port { return .refused }
        return nil
    }

    /// Lets the attempt see what the process has become.
    mutating func reconsider(_ process: some SimulatedProcess, at moment: Duration) {
        guard due == .never else { return }
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

    /// Ends the attempt, with its result or without.
    mutating func end() { due = .never }

    /// Whether an attempt that began now would succeed.
    func wouldPass(_ process: some SimulatedProcess) -> Bool {
        guard process.listeningPort == port else { return false }
        switch handler {
        case .tcp: return true
        case .http(let path, _):
            guard case .status(let code) = process.answer(toProbe: path) else { return false }
            return ProbeSighting.status(code).isSuccess
        }
    }
}
