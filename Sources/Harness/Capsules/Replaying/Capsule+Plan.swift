import Domain
package import Scenarios

extension Capsule {
    /// Resolves the scenario against the capsule's own sessions and measurements; no file that it names is opened.
    ///
    /// - Parameter path: What errors call the capsule.
    /// - Returns: The plan.
    /// - Throws: `ScenarioError` where the scenario cannot be decoded, or asks for sessions that the capsule does not hold.
    package func plan(of path: String) throws(ScenarioError) -> Plan {
        let written = try ScenarioLoader.decode(Array(scenario.utf8), path: "\(path) (its scenario)")
        // What the scenario selects of its own file is what the capsule holds.
        let recorded = sessions.isEmpty ? [Self.unknownSession] : sessions.map(\.recorded)
        let durations = measured.mapValues { Duration.nanoseconds($0) }
        let stages = Dictionary(uniqueKeysWithValues: InitialisationStage.allCases.map { ($0, durations[$0.rawValue]) })
            .compactMapValues(\.self)
        let plan = try written.selectingAll.plan(sessions: recorded, seed: seed, measured: stages)
        guard !stages.isEmpty else { return plan }
        // A measured stage is in the capsule as it was played, stretched already.
        let played = stages.mapValues { StageTiming(duration: $0) }
        return Plan(
            scenario: written,
            seed: plan.seed,
            sessions: plan.sessions,
            boot: plan.boot,
            stages: plan.stages.merging(played) { $1 },
            requests: plan.requests,
            ratings: plan.ratings,
            faults: plan.faults
        )
    }

    /// Who asks where it is not known who did.
    private static var unknownSession: RecordedSession {
        guard let id = SessionID("00000000-0000-0000-0000-000000000000") else {
            preconditionFailure("the nil UUID of RFC 9562 is no session's id")
        }
        return RecordedSession(id: id, phase: "recommendation", ratings: [], phase1Movies: [])
    }
}

extension Scenario {
    /// The same scenario with every session of its file.
    fileprivate var selectingAll: Scenario {
        Scenario(
            name: name,
            teaches: teaches,
            showsDefect: showsDefect,
            tags: tags,
            seed: seed,
            platform: platform,
            service: service,
            stages: stages,
            faults: faults,
            sessions: SessionSource(file: sessions.file, selection: sessions.selection.map { _ in .all }),
            catalogue: catalogue,
            requests: requests,
            ratings: ratings,
            expectations: expectations,
            source: source
        )
    }
}
