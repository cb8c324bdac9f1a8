import Domain
package import Scenarios

extension Plan {
    /// Why a deployed service cannot be put under the conditions of the plan, one reason each; empty where it can.
    package var remoteObstacles: [String] {
        var reasons: [String] = []
        if !faults.isEmpty { reasons.append("it has faults, and a deployed service is not broken") }
        if !ratings.isEmpty {
            reasons.append("it gives ratings meanwhile, which are not imposed on a deployed service")
        }
        if !scenario.service.missingEnvironment.isEmpty {
            reasons.append("it takes variables away, and a deployed service is not started")
        }
        var startup = scenario.expectations.startup
        if let outcome = startup.outcome, outcome.value != .ready {
            reasons.append("it expects the start to end in `\(outcome.value.rawValue)`")
        }
        startup.outcome = nil
        if startup != StartupExpectation() {
            reasons.append("it expects moments or figures of the start, which was long ago")
        }
        if scenario.expectations.termination != nil {
            reasons.append("it expects how the service ends, and a deployed service is not told to")
        }
        let states = requests.compactMap(\.expectation.state?.value)
        if states.contains(where: { $0 != .full }) {
            reasons.append("it expects answers of a service that is still loading")
        }
        let statuses = requests.compactMap(\.expectation.status?.value)
        if statuses.contains(where: { $0 >= 500 }) { reasons.append("it expects requests to fail") }
        return reasons
    }

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
        return Plan(
            scenario: scenario,
            seed: seed,
            sessions: sessions.compactMap { drawn[$0.id] },
            boot: boot,
            stages: stages,
            requests: requests.map { request in
                PlannedRequest(
                    number: request.number,
                    at: request.at,
                    session: drawn[request.session.id] ?? request.session,
                    topK: request.topK,
                    phase: request.phase,
                    expectation: request.expectation,
                    location: request.location
                )
            },
            ratings: ratings.map { given in
                PlannedRating(
                    at: given.at,
                    session: drawn[given.session]?.id ?? given.session,
                    index: given.index,
                    rating: given.rating
                )
            },
            faults: faults
        )
    }
}

extension SessionID {
    /// Draws a UUID of version 4 (RFC 9562).
    static func drawn(using generator: inout SplitMix64) -> SessionID {
        let high = generator.next() & 0xFFFF_FFFF_FFFF_0FFF | 0x4000
        let low = generator.next() & 0x3FFF_FFFF_FFFF_FFFF | 0x8000_0000_0000_0000
        let text = SessionID.text(high: high, low: low)
        guard let id = SessionID(text) else { preconditionFailure("\(text) is no UUID") }
        return id
    }
}
