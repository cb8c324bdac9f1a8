import ContainerPlatform
package import Domain

/// The armed rules of a proxy: decides which of them fire, and how the bytes of connections are delayed.
///
/// Time and the seed of its randomness are handed to it, so that the same events at the same times give the same
/// decisions.
package struct RuleBook: Sendable {
    private struct Entry {
        let id: ProxyRuleID
        let rule: ProxyRule
        let armedAt: Duration
        var occasions = 0
        var bytesLeft: Int

        func isInForce(at now: Duration) -> Bool {
            let age = now - armedAt
            return age >= rule.from && rule.to.map { age < $0 } ?? true
        }
    }

    /// An occasion on which a rule may fire.
    package enum Occasion: Hashable, Sendable {
        /// A connection has been accepted.
        case newConnection
        /// A boundary is reached.
        case boundary(WireProtocolTracker.BoundaryCrossing)
        /// A message is about to be forwarded, on a connection that serves a session.
        case message(UInt8, DatabaseDirection)
    }

    /// How bytes are delayed.
    package struct Shape: Hashable, Sendable {
        /// How much later they arrive.
        package var delay: Duration = .zero
        /// The most bytes a second, `nil` for any number.
        package var bytesPerSecond: Int?
        /// The rules that have a part in it.
        package var rules: [ProxyRuleID] = []

        /// Creates a shape; without arguments bytes pass as they come.
        package init(delay: Duration = .zero, bytesPerSecond: Int? = nil) {
            self.delay = delay
            self.bytesPerSecond = bytesPerSecond
        }
    }

    private var entries: [Entry] = []
    private var armed = 0
    private var generator: SplitMix64

    /// Creates a book without rules.
    package init(seed: UInt64) {
        generator = SplitMix64(seed: seed)
    }

    /// The armed rules' sessions, which trackers look for.
    package var sessions: Set<SessionID> {
        Set(
            entries.compactMap { entry in
                if case .session(let session) = entry.rule.aim { session } else { nil }
            }
        )
    }

    /// Puts a rule in force.
    package mutating func arm(_ rule: ProxyRule, at now: Duration) -> ProxyRuleID {
        armed += 1
        var bytes = 0
        if case .bytes(let count, _) = rule.trigger { bytes = count }
        entries.append(Entry(id: ProxyRuleID(number: armed), rule: rule, armedAt: now, bytesLeft: bytes))
        return ProxyRuleID(number: armed)
    }

    /// Takes a rule out of force.
    ///
    /// - Returns: The rule, `nil` where it was not armed.
    @discardableResult
    package mutating func disarm(_ id: ProxyRuleID) -> ProxyRule? {
        guard let index = entries.firstIndex(where: { $0.id == id }) else { return nil }
        return entries.remove(at: index).rule
    }

    /// The armed rule of an id.
    package func rule(_ id: ProxyRuleID) -> ProxyRule? { entries.first { $0.id == id }?.rule }

    /// Returns the rules that fire on an occasion, in the order of arming, and counts it.
    ///
    /// - Parameters:
    ///   - occasion: The occasion.
    ///   - session: The session that the connection serves.
    ///   - now: The time.
    /// - Returns: The rules.
    package mutating func fires(on occasion: Occasion, session: SessionID?, at now: Duration) -> [ProxyRuleID] {
        var fired: [ProxyRuleID] = []
        for index in entries.indices where entries[index].isInForce(at: now) {
            guard entries[index].rule.meets(occasion, session: session) else { continue }
            entries[index].occasions += 1
            let counts = entries[index].rule.trigger == .atOnce ? nil : entries[index].rule.occurrence
            guard counts.map({ $0 == entries[index].occasions }) ?? true else { continue }
            fired.append(entries[index].id)
        }
        return fired
    }

    /// Counts bytes that are about to be forwarded against the rules that fire after a number of them.
    ///
    /// - Returns: The rule that fires, with the number of these bytes that are still forwarded; `nil` where none does.
    package mutating func fires(
        afterForwarding count: Int,
        _ direction: DatabaseDirection,
        session: SessionID?,
        at now: Duration
    ) -> (rule: ProxyRuleID, allowed: Int)? {
        var first: (index: Int, allowed: Int)?
        for index in entries.indices where entries[index].isInForce(at: now) && entries[index].bytesLeft > 0 {
            guard case .bytes(_, direction) = entries[index].rule.trigger, entries[index].rule.isAimed(at: session)
            else { continue }
            if entries[index].bytesLeft <= count, entries[index].bytesLeft < first?.allowed ?? .max {
                first = (index, entries[index].bytesLeft)
            }
        }
        let passing = first?.allowed ?? count
        for index in entries.indices where entries[index].isInForce(at: now) && entries[index].bytesLeft > 0 {
            guard case .bytes(_, direction) = entries[index].rule.trigger, entries[index].rule.isAimed(at: session)
            else { continue }
            entries[index].bytesLeft -= passing
        }
        return first.map { (entries[$0.index].id, $0.allowed) }
    }

    /// Returns how bytes that have just come are delayed.
    package mutating func shape(at now: Duration) -> Shape {
        var shape = Shape()
        for entry in entries where entry.isInForce(at: now) {
            switch entry.rule.action {
            case .latency(let latency, let jitter):
                shape.delay += latency + jitter * Double.random(in: 0...1, using: &generator)
                shape.rules.append(entry.id)
            case .bandwidth(let rate):
                shape.bytesPerSecond = min(rate, shape.bytesPerSecond ?? rate)
                shape.rules.append(entry.id)
            case .pause, .cut, .reset, .blackHole, .refuse: break
            }
        }
        return shape
    }
}

extension ProxyRule {
    /// Whether the rule is about the connections that serve a session.
    fileprivate func isAimed(at session: SessionID?) -> Bool {
        switch aim {
        case .everything: true
        case .session(let aimed): aimed == session
        }
    }

    /// Whether an occasion is one of the rule's.
    fileprivate func meets(_ occasion: RuleBook.Occasion, session: SessionID?) -> Bool {
        switch (trigger, occasion) {
        case (.newConnection, .newConnection): aim == .everything
        case (.atOnce, .newConnection): !action.lasts && aim == .everything
        case (.message(let type, let direction), .message(let seen, let heading)):
            type == seen && direction == heading && isAimed(at: session)
        case (.ownCommit, .boundary(let crossing)) where crossing.boundary == nil:
            isAimed(at: crossing.session)
        case (.boundary(let boundary), .boundary(let crossing)) where boundary == crossing.boundary:
            // BEGIN shows no session; rules that aim at one fire at the first statement that does.
            boundary != .beforeTransaction
                ? isAimed(at: crossing.session)
                : crossing.isLate == (aim != .everything) && isAimed(at: crossing.session)
        default: false
        }
    }
}
