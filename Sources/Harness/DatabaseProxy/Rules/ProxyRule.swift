package import Domain

/// What the proxy does to connections, to which of them, and when.
package struct ProxyRule: Hashable, Sendable {
    /// Which connections a rule is about.
    package enum Aim: Hashable, Sendable {
        /// All of them.
        case everything
        /// Those whose statements show this session.
        case session(SessionID)
    }

    /// When a rule fires.
    package enum Trigger: Hashable, Sendable {
        /// As soon as it is in force, on every connection that is open then, and on new ones.
        case atOnce
        /// Before anything of a new connection is forwarded.
        case newConnection
        /// At a boundary of a request.
        case boundary(WriteBoundary)
        /// When the server has committed statements that wrote recommendations without a `COMMIT` of the service's.
        case ownCommit
        /// Before a message of this type is forwarded, such as `Q` or `Z`.
        case message(UInt8, DatabaseDirection)
        /// As soon as this many bytes have been forwarded since the rule was armed, counted over its connections.
        case bytes(Int, DatabaseDirection)
    }

    /// What happens when a rule fires.
    package enum Action: Hashable, Sendable {
        /// Nothing: the bytes are held while the callback runs, and forwarded then.
        case pause
        /// The connection is closed in both directions; what is held back is lost.
        case cut
        /// As `cut`, and the service's side gets a TCP reset.
        case reset
        /// Bytes of either direction are swallowed, the connection stays open.
        case blackHole
        /// Each byte arrives this much later in either direction, plus a random time up to `jitter`.
        case latency(Duration, jitter: Duration)
        /// Each direction of each connection carries this many bytes a second.
        case bandwidth(Int)
        /// The port is closed: connections are refused by the system.
        case refuse

        /// Whether the action goes on for as long as the rule is in force, rather than strike once.
        package var lasts: Bool {
            switch self {
            case .latency, .bandwidth, .refuse: true
            case .pause, .cut, .reset, .blackHole: false
            }
        }
    }

    /// What happens.
    package var action: Action
    /// When it happens.
    package var trigger: Trigger
    /// Which connections it happens to.
    package var aim: Aim
    /// Which of the occasions counts, from 1; `nil` for each of them.
    package var occurrence: Int?
    /// From when after it was armed the rule is in force.
    package var from: Duration
    /// Until when after it was armed the rule is in force, `nil` for as long as it is armed.
    package var to: Duration?

    /// Creates a rule.
    ///
    /// - Precondition: Actions that last are triggered `atOnce` and hit everything; counts are positive.
    package init(
        _ action: Action,
        _ trigger: Trigger = .atOnce,
        aim: Aim = .everything,
        occurrence: Int? = 1,
        from: Duration = .zero,
        to: Duration? = nil
    ) {
        precondition(!action.lasts || trigger == .atOnce && aim == .everything, "\(action) triggered by \(trigger)")
        precondition(occurrence ?? 1 > 0, "occurrence \(occurrence ?? 0)")
        if case .bytes(let count, _) = trigger { precondition(count > 0, "\(count) bytes") }
        if case .bandwidth(let rate) = action { precondition(rate > 0, "\(rate) bytes a second") }
        self.action = action
        self.trigger = trigger
        self.aim = aim
        self.occurrence = occurrence
        self.from = from
        self.to = to
    }
}

/// Names an armed rule of one proxy.
package struct ProxyRuleID: Hashable, Sendable, Comparable {
    /// The number, from 1 in the order of arming.
    package let number: Int

    package static func < (left: ProxyRuleID, right: ProxyRuleID) -> Bool { left.number < right.number }
}
