/// A request to an instance and what became of it.
package struct InstanceRequest: Hashable, Sendable {
    /// The moment at which it arrived.
    package let arrived: Duration
    /// The moment at which it was on its way to the process.
    package internal(set) var delivered: Duration?
    /// The moment at which the service took it, with the state it had then.
    package internal(set) var admitted: Duration?
    /// The moment of its outcome.
    package internal(set) var ended: Duration?
    /// What became of it.
    package internal(set) var outcome = RequestOutcome.unanswered

    /// Creates a request that has just arrived.
    init(arrived: Duration) {
        self.arrived = arrived
    }

    /// The time from arrival to answer.
    package var latency: Duration? { ended.map { $0 - arrived } }

    /// The HTTP status that the visitor got.
    package var status: Int? {
        switch outcome {
        case .unanswered, .elsewhere: nil
        case .served(let state): state.status
        case .refused(let status, _), .refusedByPlatform(let status, _), .cut(let status, _): status
        }
    }
}

/// What became of a request.
package enum RequestOutcome: Hashable, Sendable, Codable {
    /// The run ended before it.
    case unanswered
    /// The service answered in the state that it had when it took the request.
    case served(RequestState)
    /// The service refused it.
    case refused(status: Int, text: String)
    /// The platform refused it, with the text of its request log.
    case refusedByPlatform(status: Int, text: String)
    /// The process ended while it was served.
    case cut(status: Int, text: String)
    /// It came when the platform no longer sent requests to this instance.
    case elsewhere
}
