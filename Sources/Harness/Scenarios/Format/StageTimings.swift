package import Domain

/// How long one stage of initialisation takes, and on how many threads.
package struct StageTiming: Hashable, Sendable {
    /// How long the stage takes with one CPU per thread.
    package let duration: Duration
    /// The threads it computes on, so how many CPUs it can use at most.
    package let threads: Int

    /// Creates a timing.
    package init(duration: Duration, threads: Int = 1) {
        self.duration = duration
        self.threads = threads
    }
}

/// How long the stages of initialisation take: as stated, or as measured on the real stages.
package struct StageTimings: Hashable, Sendable {
    /// From the start of the process to the environment check.
    package let boot: StageTiming
    /// The stages whose timing the scenario states; these win over measured ones.
    package let stated: [InitialisationStage: StageTiming]
    /// The factor by which measured durations are stretched; `nil` where nothing is measured.
    package let measuredFactor: Double?

    /// Creates timings.
    package init(
        boot: StageTiming = StageTimings.defaultBoot,
        stated: [InitialisationStage: StageTiming] = [:],
        measuredFactor: Double? = nil
    ) {
        self.boot = boot
        self.stated = stated
        self.measuredFactor = measuredFactor
    }

    /// The time a Python process needs until it checks its environment.
    package static let defaultBoot = StageTiming(duration: .seconds(2))

    /// The timing of a stage that is neither stated nor measured, from the incident's log.
    package static func defaultTiming(of stage: InitialisationStage) -> StageTiming {
        switch stage {
        case .environment: StageTiming(duration: .zero)
        case .svd: StageTiming(duration: .seconds(1))
        case .datamaps: StageTiming(duration: .milliseconds(200))
        case .tokenizer: StageTiming(duration: .seconds(1))
        case .checkpoint: StageTiming(duration: .seconds(20))
        }
    }

    /// The stages that have to be measured before the scenario can be planned, in their order.
    package var stagesToMeasure: [InitialisationStage] {
        measuredFactor == nil ? [] : InitialisationStage.allCases.filter { stated[$0] == nil }
    }
}
