import Domain

extension Plan {
    /// Returns the plan with other ids for its sessions, drawn from the seed.
    ///
    /// P5's prompts name the session, so that its rankings differ from those of the recorded ids.
    package func withDrawnSessions() -> Plan {
        var generator = SplitMix64(seed: seed)
        var drawn: [SessionID: RecordedSession] = [:]
        for session in sessions {
            drawn[session.id] = RecordedSession(
                id: .drawn(using: &generator),
                phase: session.phase,
                ratings: session.ratings,
                phase1Movies: session.phase1Movies
            )
        }
        var plan = self
        plan.sessions = sessions.compactMap { drawn[$0.id] }
        for (index, request) in requests.enumerated() {
            plan.requests[index].session = drawn[request.session.id] ?? request.session
        }
        for (index, given) in ratings.enumerated() {
            plan.ratings[index].session = drawn[given.session]?.id ?? given.session
        }
        return plan
    }
}

extension SessionID {
    /// Draws a UUID of version 4 (RFC 9562).
    fileprivate static func drawn(using generator: inout SplitMix64) -> SessionID {
        let high = generator.next() & 0xFFFF_FFFF_FFFF_0FFF | 0x4000
        let low = generator.next() & 0x3FFF_FFFF_FFFF_FFFF | 0x8000_0000_0000_0000
        let text = SessionID.text(high: high, low: low)
        guard let id = SessionID(text) else { preconditionFailure("\(text) is no UUID") }
        return id
    }
}
