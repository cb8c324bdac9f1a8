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
    /// What goes wrong, in the order written.
    package let faults: [PlannedFault]

    /// The timing of a stage.
    package func timing(of stage: InitialisationStage) -> StageTiming {
        stages[stage] ?? StageTimings.defaultTiming(of: stage)
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
}

/// One fault of a scenario.
package struct PlannedFault: Hashable, Sendable {
    /// Its number in the scenario, from 1.
    package let number: Int
    /// What goes wrong, and when.
    package let fault: Fault
    /// Where the scenario states it.
    package let location: SourceLocation
}
