package import Domain

/// A scenario with everything resolved: which sessions, which requests when, how long each stage takes.
package struct Plan: Hashable, Sendable {
    /// The scenario it comes from.
    package let scenario: Scenario
    /// The seed of everything random in the run.
    package let seed: UInt64
    /// The sessions that take part, in the order of the selection.
    package let sessions: [RecordedSession]
    /// From the start of the process to the environment check.
    package let boot: StageTiming
    /// The timing of every stage of initialisation.
    package let stages: [InitialisationStage: StageTiming]
    /// The requests in order of arrival.
    package let requests: [PlannedRequest]
    /// The ratings that are given meanwhile, in the order in which they are given.
    package let ratings: [PlannedRating]
    /// What goes wrong, in the order written.
    package let faults: [PlannedFault]

    /// Creates a plan.
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
        self.scenario = scenario
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

/// One request to `/recommend`.
package struct PlannedRequest: Hashable, Sendable {
    /// Its number, from 1 in order of arrival.
    package let number: Int
    /// When it arrives, from the start of the instance.
    package let at: Duration
    /// The session that asks.
    package let session: RecordedSession
    /// How many films of each model are saved (`topk_per_model`).
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
