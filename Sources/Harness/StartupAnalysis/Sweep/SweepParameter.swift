package import Domain

/// What a sweep can vary, by the names that the command line knows.
package enum SweepParameter: Hashable, Sendable {
    /// A stage of the load, the boot before them included.
    package enum Stage: Hashable, Sendable, CaseIterable {
        /// From the start of the process to the environment check.
        case boot
        /// A stage of initialisation.
        case initialisation(InitialisationStage)

        package static let allCases: [Stage] = [.boot] + InitialisationStage.allCases.map(Stage.initialisation)

        /// The stage's place in the load, from 0.
        var place: Int {
            switch self {
            case .boot: 0
            case .initialisation(let stage):
                switch stage {
                case .environment: 1
                case .svd: 2
                case .datamaps: 3
                case .tokenizer: 4
                case .checkpoint: 5
                }
            }
        }

        /// The stage's name in scenarios and timelines.
        package var name: String {
            switch self {
            case .boot: "boot"
            case .initialisation(let stage): stage.rawValue
            }
        }
    }

    /// The startup probe's `initialDelaySeconds`.
    case initialDelay
    /// The startup probe's `periodSeconds`.
    case period
    /// The startup probe's `timeoutSeconds`.
    case timeout
    /// The startup probe's `failureThreshold`.
    case failureThreshold
    /// The CPU limit in vCPU.
    case cpu
    /// Whether there is more CPU while the instance starts.
    case startupBoost
    /// How long a stage takes on one CPU per thread.
    case stage(Stage)
    /// All stages at once, as one recorded start had them.
    case stages

    /// Every parameter, in the order of the documentation.
    package static let all: [SweepParameter] =
        [.initialDelay, .period, .timeout, .failureThreshold, .cpu, .startupBoost]
        + Stage.allCases.map(SweepParameter.stage) + [.stages]

    /// The name on the command line, that of the platform's field where there is one.
    package var name: String {
        switch self {
        case .initialDelay: "probe.initialDelaySeconds"
        case .period: "probe.periodSeconds"
        case .timeout: "probe.timeoutSeconds"
        case .failureThreshold: "probe.failureThreshold"
        case .cpu: "cpu"
        case .startupBoost: "cpu.startupBoost"
        case .stage(let stage): "stage." + stage.name
        case .stages: "stages"
        }
    }

    /// Whether the owner of the service chooses it; the rest happens to the start.
    package var isChosen: Bool {
        switch self {
        case .initialDelay, .period, .timeout, .failureThreshold, .cpu, .startupBoost: true
        case .stage, .stages: false
        }
    }

    /// Whether it belongs to the startup probe.
    package var isOfProbe: Bool {
        switch self {
        case .initialDelay, .period, .timeout, .failureThreshold: true
        case .cpu, .startupBoost, .stage, .stages: false
        }
    }
}
