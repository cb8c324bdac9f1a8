import ContainerPlatform
import Domain
import Scenarios

/// One start of a sweep as a value that is changed from combination to combination.
struct SweptStart {
    private var start: InstanceSimulation<StagedProcess>
    private let conditions: PlatformConditions
    private let drawn: [MeasuredStarts]
    private let drawnParameters: [SweepParameter]
    /// Whether the platform refuses the configuration, so that nothing is started.
    private(set) var isRefused = false

    /// Creates the start of a scenario before any axis has been applied.
    init(_ start: InstanceSimulation<StagedProcess>, under conditions: PlatformConditions, axes: [SweepAxis]) {
        self.start = start
        self.conditions = conditions
        var drawn: [(SweepParameter, MeasuredStarts)] = []
        for axis in axes {
            if case .measured(let starts) = axis.values { drawn.append((axis.parameter, starts)) }
        }
        drawnParameters = drawn.map(\.0)
        self.drawn = drawn.map(\.1)
    }

    /// The probe as it is now.
    var probe: ProbeConfiguration { start.plan.probe }

    /// The CPU as it is now.
    var cpu: CPUAllocation { start.plan.cpu }

    /// Gives a parameter a value.
    mutating func apply(_ value: SweepValue, to parameter: SweepParameter) {
        switch (parameter, value) {
        case (.initialDelay, .seconds(let seconds)): start.plan.probe.initialDelay = .seconds(seconds)
        case (.period, .seconds(let seconds)): start.plan.probe.period = .seconds(seconds)
        case (.timeout, .seconds(let seconds)): start.plan.probe.timeout = .seconds(seconds)
        case (.failureThreshold, .count(let count)): start.plan.probe.failureThreshold = count
        case (.cpu, .cores(let limit)):
            let cpu = start.plan.cpu
            start.plan.cpu = CPUAllocation(limit: limit, billing: cpu.billing, startupBoost: cpu.startupBoost)
        case (.startupBoost, .isOn(let isOn)): start.plan.cpu.startupBoost = isOn
        case (.stage(let stage), .duration(let duration)): set(stage, delay: nil, cpu: duration)
        default: preconditionFailure("\(parameter.name) cannot be \(value.text)")
        }
        // A probe that was stated is the owner's, whatever the platform would have added.
        if parameter.isOfProbe { start.plan.probe.isPlatformDefault = false }
    }

    /// The configuration as the platform sees it.
    var platform: PlatformConditions {
        PlatformConditions(
            profile: conditions.profile,
            cpu: start.plan.cpu,
            probe: conditions.probe.map { [probe = start.plan.probe] _ in probe }
        )
    }

    /// Finds out whether the platform refuses the configuration; to be called when a choice has changed.
    mutating func judge() { isRefused = platform.isRefused }

    /// Simulates the start.
    ///
    /// - Parameter seed: The seed of what is drawn: the platform's delays first, as for a run of the scenario with this
    ///   seed, and then a recorded start for each axis that is measured.
    /// - Returns: How the start was decided.
    mutating func decide(seed: UInt64) -> StartDecision {
        var generator = SplitMix64(seed: seed)
        let delays = PlatformDelays(start.plan.profile, using: &generator)
        for index in drawn.indices {
            let recorded = drawn[index].start(drawnBy: generator.next())
            draw(recorded, for: drawnParameters[index])
        }
        return start.decide(under: delays)
    }

    private mutating func draw(_ recorded: [MeasuredStarts.Work?], for parameter: SweepParameter) {
        for (place, stage) in SweepParameter.Stage.allCases.enumerated() {
            guard parameter == .stages || parameter == .stage(stage), let work = recorded[place] else { continue }
            set(stage, delay: work.delay, cpu: work.cpu)
        }
    }

    /// Changes a stage in every life of the container.
    private mutating func set(_ stage: SweepParameter.Stage, delay: Duration?, cpu: Duration) {
        start.process.set(stage, delay: delay, cpu: cpu)
        for index in start.process.later.indices {
            start.process.later[index].process.set(stage, delay: delay, cpu: cpu)
        }
    }
}

extension StagedProcess {
    /// Changes a stage that the process comes to; one after a stage that fails is never begun.
    fileprivate mutating func set(_ stage: SweepParameter.Stage, delay: Duration?, cpu: Duration) {
        let place = stage.place
        guard place < stages.count else { return }
        if let delay { stages[place].delay = delay }
        stages[place].cpu = cpu
    }
}
