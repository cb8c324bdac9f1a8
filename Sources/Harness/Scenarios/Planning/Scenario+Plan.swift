package import Domain
import SourcePlaces

extension Scenario {
    /// The most requests a plan may hold.
    package static let requestLimit = 100_000

    /// Resolves the scenario against the recorded sessions of its file.
    ///
    /// - Parameters:
    ///   - recorded: All sessions of the scenario's session file, in the file's order.
    ///   - seed: A seed that replaces the scenario's own.
    ///   - measured: The measured durations of the stages that ``StageTimings/stagesToMeasure`` names.
    /// - Returns: The plan.
    /// - Throws: `ScenarioError` for a session, a request number or a measurement that does not exist.
    /// - Complexity: O(*n* log *n*) in the number of requests.
    package func plan(
        sessions recorded: [RecordedSession],
        seed: UInt64? = nil,
        measured: [InitialisationStage: Duration] = [:]
    ) throws(ScenarioError) -> Plan {
        let selected = try select(from: recorded)
        let places = SessionPlaces(selected)
        let requests = try plannedRequests(among: places)
        for fault in faults {
            guard let number = fault.value.request, number > requests.count else { continue }
            throw ScenarioError(
                .schema,
                at: fault.location,
                "the fault is for request \(number), the scenario has \(requests.count)"
            )
        }
        for expectation in expectations.visitors {
            for reference in expectation.value.sessions ?? [] {
                _ = try places.find(reference, at: expectation.location)
            }
        }
        for expectation in expectations.places {
            for reference in expectation.value.sessions ?? [] {
                _ = try places.find(reference, at: expectation.location)
            }
        }
        return Plan(
            scenario: self,
            seed: seed ?? self.seed,
            sessions: selected,
            boot: stages.boot,
            stages: try stageTimings(measured),
            requests: requests,
            ratings: try plannedRatings(among: places),
            faults: faults.enumerated()
                .map { index, fault in
                    PlannedFault(number: index + 1, fault: fault.value, location: fault.location)
                }
        )
    }

    private func select(from recorded: [RecordedSession]) throws(ScenarioError) -> [RecordedSession] {
        let location = sessions.selection.location
        switch sessions.selection.value {
        case .all:
            return recorded
        case .first(let count):
            guard count <= recorded.count else {
                throw ScenarioError(
                    .unknownName,
                    at: location,
                    "the first \(count) sessions are selected, \(sessions.file.value) holds \(recorded.count)"
                )
            }
            return Array(recorded.prefix(count))
        case .listed(let references):
            let places = SessionPlaces(recorded)
            var selected: [RecordedSession] = []
            var ids: Set<SessionID> = []
            for reference in references {
                let session = try places.find(reference, at: location)
                guard ids.insert(session.id).inserted else {
                    throw ScenarioError(.schema, at: location, "the session \(session.id) is selected twice")
                }
                selected.append(session)
            }
            return selected
        }
    }

    private func plannedRequests(among places: SessionPlaces) throws(ScenarioError) -> [PlannedRequest] {
        var arrivals: [(at: Duration, session: RecordedSession, rule: RequestRule)] = []
        for rule in requests {
            var at = rule.at
            for session in try asked(by: rule, among: places) {
                arrivals.append((at, session, rule))
                at += rule.every
            }
            guard arrivals.count <= Self.requestLimit else {
                throw ScenarioError(.schema, at: rule.location, "more than \(Self.requestLimit) requests")
            }
        }
        let order = arrivals.indices.sorted { (arrivals[$0].at, $0) < (arrivals[$1].at, $1) }
        return order.enumerated()
            .map { number, index in
                let arrival = arrivals[index]
                return PlannedRequest(
                    number: number + 1,
                    at: arrival.at,
                    session: arrival.session,
                    topK: arrival.rule.topK,
                    phase: arrival.rule.phase,
                    expectation: arrival.rule.expectation,
                    location: arrival.rule.location
                )
            }
    }

    private func asked(
        by rule: RequestRule,
        among places: SessionPlaces
    ) throws(ScenarioError) -> [RecordedSession] {
        switch rule.sessions.value {
        case .all: return places.sessions
        case .listed(let references):
            var sessions: [RecordedSession] = []
            for reference in references {
                sessions.append(try places.find(reference, at: rule.sessions.location))
            }
            return sessions
        }
    }

    private func stageTimings(
        _ measured: [InitialisationStage: Duration]
    ) throws(ScenarioError) -> [InitialisationStage: StageTiming] {
        var work = stages.stated
        for stage in InitialisationStage.allCases where work[stage] == nil {
            guard let factor = stages.measuredFactor else {
                work[stage] = StageTimings.defaultTiming(of: stage)
                continue
            }
            guard let duration = measured[stage] else {
                throw ScenarioError(
                    .unreadable,
                    path: source.file,
                    "the stage `\(stage.rawValue)` has not been measured; state its duration in `stages`"
                )
            }
            work[stage] = StageTiming(duration: duration * factor)
        }
        return work
    }
}

extension Fault {
    /// The number of the request that the fault is for, `nil` where it is for none in particular.
    package var request: Int? {
        switch self {
        case .stage: nil
        case .scoring(_, let request), .databaseGoesAway(let request, _): request
        case .process(.killed(.request(let request))), .process(.stopped(.request(let request), _)): request
        case .process: nil
        case .database(let fault): if case .request(let request) = fault.span { request } else { nil }
        }
    }
}
