/// What one attempt of a probe came to.
package enum ProbeSighting: Hashable, Sendable, Codable {
    /// The TCP connection was made.
    case connected
    /// The server answered with this status.
    case status(Int)
    /// The server answered a health check of gRPC with this serving status, of which 1 is `SERVING`.
    case health(status: Int)
    /// The server ended a health check with this status of gRPC, which is not 0.
    case callFailed(code: Int)
    /// A connection was made, and the server does not speak gRPC over it.
    case notGRPC
    /// The container has no port of this name: the prober could not ask at all.
    case unknownPort(PortName)
    /// Nothing listened on the port.
    case refused
    /// The timeout ran out.
    case deadlineExceeded
    /// The process ended during the attempt.
    case cancelled

    /// Whether it is a success: a connection, a status of 2xx or 3xx (redirects are not followed), or `SERVING`.
    package var isSuccess: Bool {
        switch self {
        case .connected: true
        case .status(let code): (200..<400).contains(code)
        case .health(let status): status == 1
        case .callFailed, .notGRPC, .unknownPort, .refused, .deadlineExceeded, .cancelled: false
        }
    }

    /// Whether it is an error of the prober's, which is neither success nor failure and counts for nothing.
    package var isError: Bool { if case .unknownPort = self { true } else { false } }
}

/// One attempt of a probe, over.
package struct ProbeAttempt: Hashable, Sendable, Codable {
    /// The probe that made it.
    package let probe: ProbeKind
    /// The number of the attempt on its container, from 1.
    package let number: Int
    /// The moment at which it began, since instance start.
    package let started: Duration
    /// The moment at which it ended, since instance start.
    package let ended: Duration
    /// What it came to.
    package let saw: ProbeSighting

    /// Creates an attempt.
    package init(
        _ probe: ProbeKind = .startup,
        number: Int,
        started: Duration,
        ended: Duration,
        saw: ProbeSighting
    ) {
        self.probe = probe
        self.number = number
        self.started = started
        self.ended = ended
        self.saw = saw
    }
}
