import ContainerPlatform
import Domain
import Goldens
import Observations
import Scenarios

/// The stages that an observed start finished, and the time of it that belongs to none.
struct ObservedStages {
    /// A stage that finished.
    struct Stage {
        let name: String
        let from: Duration
        let to: Duration
    }

    /// The stages in the order of their ends.
    let stages: [Stage]
    /// When the startup probe succeeded, absent where it did not.
    private let passed: Duration?
    /// When the service first listened, absent where it did not.
    private let listening: Duration?
    private let strategy: InitialisationStrategy

    /// Reads the stages of a start.
    ///
    /// A real process tells of each stage when it has finished and for how long it took. The boot is by definition the time
    /// before the first of them, the check of the environment.
    init(_ startup: StartupObservation, strategy: InitialisationStrategy) {
        var stages: [Stage] = []
        for entry in startup.timeline.entries {
            guard case .stageFinished(let name, let elapsed, _) = entry.event else { continue }
            stages.append(Stage(name: name, from: max(.zero, entry.moment - elapsed), to: entry.moment))
        }
        if let first = stages.first, first.name == InitialisationStage.environment.rawValue {
            stages.insert(Stage(name: "boot", from: .zero, to: first.from), at: 0)
        }
        self.stages = stages
        if case .ready(let moment) = startup.summary?.outcome { passed = moment } else { passed = nil }
        listening = startup.summary?.listening
        self.strategy = strategy
    }

    /// The stages as a golden holds them.
    var compared: [TimelineDifference.Stage] {
        stages.map { stage in
            TimelineDifference.Stage(
                name: stage.name,
                during: passed.map { stage.from >= $0 } ?? false ? .serving : .starting,
                seconds: (stage.to - stage.from).seconds
            )
        }
    }

    /// Time that belongs to no stage.
    struct Gap {
        /// How long it is.
        let length: Duration
        /// How long it is and where, in words.
        let words: String

        init(_ length: Duration, _ place: String) {
            self.length = length
            words = "\(length.text) \(place)"
        }
    }

    /// Time that belongs to no stage and is longer than may be.
    ///
    /// Under `lazy` P5's stages wait for the request that wants them.
    func gaps(longerThan allowance: Duration) -> [Gap] {
        var gaps: [Gap] = []
        var (moment, before) = (Duration.zero, "the start of the instance")
        for stage in stages {
            let waits = strategy == .lazy && stage.name == InitialisationStage.tokenizer.rawValue
            if stage.from - moment > allowance, !waits {
                gaps.append(Gap(stage.from - moment, "between \(before) and \(stage.name)"))
            }
            if stage.to >= moment { (moment, before) = (stage.to, stage.name) }
        }
        if let listening, listening - moment > allowance {
            gaps.append(Gap(listening - moment, "after \(before), before it listens"))
        }
        return gaps
    }
}
