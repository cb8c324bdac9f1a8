package import Domain
package import SourcePlaces

/// A scenario with everything resolved: which sessions, which requests when, how long each stage takes.
///
/// It holds everything that a target or a check needs of the scenario, which neither of them sees.
package struct Plan: Hashable, Sendable {
    /// The scenario's name.
    package let name: String
    /// The scenario's file, in whose folder its command is started.
    package let file: String
    /// What starts, probes and stops the service.
    package let platform: PlatformConditions
    /// How the service behaves.
    package let service: ServiceSettings
    /// The path of the catalogue.
    package let catalogue: String
    /// What must be seen of the run, but for each answer, which its request states.
    package let expectations: Expectations
    /// What visitors must see, in the order written.
    package let visitors: [PlannedVisitors]
    /// What is stated of single places, in the order written.
    package let places: [PlannedPlaces]
    /// What the service must do when it is told to end: what the scenario expects, or else says that its service does.
    package let terminationExpectation: TerminationExpectation
    /// The seed of everything random in the run.
    package let seed: UInt64
    /// The sessions that take part, in the order of the selection.
    package internal(set) var sessions: [RecordedSession]
    /// From the start of the process to the environment check.
    package let boot: StageTiming
    /// The timing of every stage of initialisation.
    package let stages: [InitialisationStage: StageTiming]
    /// The stages whose duration was measured on this machine.
    package let measuredStages: Set<InitialisationStage>
    /// The requests in order of arrival.
    package internal(set) var requests: [PlannedRequest]
    /// The ratings that are given meanwhile, in the order in which they are given.
    package internal(set) var ratings: [PlannedRating]
    /// What goes wrong, in the order written.
    package let faults: [PlannedFault]

    /// Creates a plan.
    ///
    /// - Precondition: The sessions of the scenario's expectations are among the plan's.
    package init(
        scenario: Scenario,
        seed: UInt64,
        sessions: [RecordedSession],
        boot: StageTiming,
        stages: [InitialisationStage: StageTiming],
        requests: [PlannedRequest],
        ratings: [PlannedRating] = [],
        faults: [PlannedFault]
    ) {
        self.name = scenario.name.value
        self.file = scenario.source.file
        self.platform = scenario.platform
        self.service = scenario.service
        self.catalogue = scenario.catalogue.value
        self.expectations = scenario.expectations
        let places = SessionPlaces(sessions)
        self.visitors = scenario.expectations.visitors.map { PlannedVisitors($0, among: places) }
        self.places = scenario.expectations.places.map { PlannedPlaces($0, among: places) }
        self.measuredStages = Set(scenario.stages.stagesToMeasure)
        self.terminationExpectation = scenario.terminationExpectation
        self.seed = seed
        self.sessions = sessions
        self.boot = boot
        self.stages = stages
        self.requests = requests
        self.ratings = ratings
        self.faults = faults
    }

    /// The timing of a stage.
    package func timing(of stage: InitialisationStage) -> StageTiming {
        stages[stage] ?? StageTimings.defaultTiming(of: stage)
    }

    /// Returns the request with a number.
    ///
    /// - Complexity: O(1), as requests are numbered from 1 in their order.
    package func request(numbered number: Int) -> PlannedRequest? {
        guard requests.indices.contains(number - 1), requests[number - 1].number == number else {
            return requests.first { $0.number == number }
        }
        return requests[number - 1]
    }

    /// Returns the model that begins the display list of a request, by its number from 1; it is drawn from the seed.
    package func displayStart(ofRequest request: Int) -> Model {
        var generator = SplitMix64(seed: seed &+ UInt64(request))
        return generator.next().isMultiple(of: 2) ? .svd : .p5
    }
}

/// What some visitors of a scenario must see.
package struct PlannedVisitors: Hashable, Sendable {
    /// What they must see.
    package let view: ExpectedView
    /// The places of their sessions among the plan's, from 0.
    package let places: [Int]
    /// Where the scenario states it.
    package let location: SourceLocation

    /// Resolves an expectation; without references it is about all sessions.
    init(_ expected: Located<VisitorExpectation>, among sessions: SessionPlaces) {
        view = expected.value.view
        location = expected.location
        places = sessions.places(of: expected.value.sessions, at: expected.location)
    }
}

/// What is stated of a place in the lists of some sessions.
package struct PlannedPlaces: Hashable, Sendable {
    /// What is stated.
    package let expectation: PlaceExpectation
    /// The places of the sessions among the plan's, from 0.
    package let places: [Int]
    /// Where the scenario states it.
    package let location: SourceLocation

    /// Resolves an expectation; without references it is about all sessions.
    init(_ expected: Located<PlaceExpectation>, among sessions: SessionPlaces) {
        expectation = expected.value
        location = expected.location
        places = sessions.places(of: expected.value.sessions, at: expected.location)
    }
}

/// One request to `/recommend`.
package struct PlannedRequest: Hashable, Sendable {
    /// Its number, from 1 in order of arrival.
    package let number: Int
    /// When it arrives, from the start of the instance.
    package let at: Duration
    /// The session that asks.
    package internal(set) var session: RecordedSession
    /// How many movies of each model are saved (`topk_per_model`).
    package let topK: Int
    /// The phase of the study.
    package let phase: Int
    /// What the answer must be.
    package let expectation: AnswerExpectation
    /// Where the scenario states the request.
    package let location: SourceLocation

    /// Creates a request.
    package init(
        number: Int,
        at: Duration,
        session: RecordedSession,
        topK: Int = 10,
        phase: Int = 2,
        expectation: AnswerExpectation = AnswerExpectation(),
        location: SourceLocation
    ) {
        self.number = number
        self.at = at
        self.session = session
        self.topK = topK
        self.phase = phase
        self.expectation = expectation
        self.location = location
    }
}

/// One fault of a scenario.
package struct PlannedFault: Hashable, Sendable {
    /// Its number in the scenario, from 1.
    package let number: Int
    /// What goes wrong, and when.
    package let fault: Fault
    /// Where the scenario states it.
    package let location: SourceLocation

    /// Creates a fault.
    package init(number: Int, fault: Fault, location: SourceLocation) {
        self.number = number
        self.fault = fault
        self.location = location
    }
}
