package import ContainerPlatform

/// A choice of the owner's that survives under every condition of a sweep, with its price.
package struct SurvivingPolicy: Hashable, Sendable {
    /// The startup probe.
    package let probe: ProbeConfiguration
    /// The CPU.
    package let cpu: CPUAllocation
    /// In how many starts the instance became ready only after its container had been restarted.
    package let restarted: Int
    /// How long a start that never becomes ready is waited for at most.
    package let patience: Duration
    /// The mean time from being able to pass the probe to passing it, over all starts.
    package let meanLag: Duration
    /// The longest such time.
    package let longestLag: Duration
    /// The latest moment at which a start passed its probe.
    package let latest: Duration

    /// Whether it costs less than another of the same CPU: it kills fewer starts that would have lived, or else gives up
    /// sooner, or else notices sooner.
    func isCheaper(than other: SurvivingPolicy) -> Bool {
        (restarted, patience, meanLag, probe.failureThreshold)
            < (other.restarted, other.patience, other.meanLag, other.probe.failureThreshold)
    }
}

/// Finds among the choices of a grid the cheapest that survive, one for each CPU.
package struct PolicySearch: Sendable {
    /// The most CPUs for which a policy is kept, those with the least.
    private static let limit = 12

    /// How a choice fares under the conditions.
    private struct Fate {
        var conditions = 0
        var met = 0
        var isRefused = false
        var survived = 0
        var restarted = 0
        var lag = Duration.zero
        var longestLag = Duration.zero
        var latest = Duration.zero
    }

    /// The cheapest policy that survives for each CPU, from the least CPU to the most.
    package private(set) var policies: [SurvivingPolicy] = []
    /// How many choices survive under every condition, and how many were not refused.
    package private(set) var surviving = 0
    package private(set) var admitted = 0
    /// The choice that meets the most conditions where none meets all, and the share of those that it meets.
    package private(set) var nearest: (probe: ProbeConfiguration, cpu: CPUAllocation, share: Double)?

    private let conditions: Int
    private let criterion: SurvivalCriterion
    private var fate = Fate()

    /// Creates a search over the choices of a grid.
    init(_ grid: SweepGrid, criterion: SurvivalCriterion) {
        conditions = grid.conditions
        self.criterion = criterion
    }

    /// Takes the next combination.
    ///
    /// - Parameters:
    ///   - tally: What became of it.
    ///   - configuration: The probe and the CPU of a combination.
    mutating func take(_ tally: CellTally, _ configuration: (Int) -> (ProbeConfiguration, CPUAllocation)) {
        fate.conditions += 1
        fate.isRefused = fate.isRefused || tally.isRefused
        if criterion.isMet(by: tally) { fate.met += 1 }
        fate.survived += tally.survived
        fate.restarted += tally.restarted
        fate.lag += tally.lag
        fate.longestLag = max(fate.longestLag, tally.longestLag)
        fate.latest = max(fate.latest, tally.latest)
        guard fate.conditions == conditions else { return }
        defer { fate = Fate() }
        guard !fate.isRefused else { return }
        admitted += 1
        let share = Double(fate.met) / Double(fate.conditions)
        guard fate.met == fate.conditions else {
            guard share > nearest?.share ?? 0 else { return }
            let (probe, cpu) = configuration(tally.combination)
            nearest = (probe, cpu, share)
            return
        }
        surviving += 1
        let (probe, cpu) = configuration(tally.combination)
        keep(
            SurvivingPolicy(
                probe: probe,
                cpu: cpu,
                restarted: fate.restarted,
                patience: StartupProbe.lastDeadline(probe, jitter: .zero),
                meanLag: fate.lag / max(1, fate.survived),
                longestLag: fate.longestLag,
                latest: fate.latest
            )
        )
    }

    private mutating func keep(_ policy: SurvivingPolicy) {
        if let same = policies.firstIndex(where: { $0.cpu == policy.cpu }) {
            if policy.isCheaper(than: policies[same]) { policies[same] = policy }
            return
        }
        func isLess(_ first: CPUAllocation, _ second: CPUAllocation) -> Bool {
            (first.limit, first.duringStartup) < (second.limit, second.duringStartup)
        }
        policies.insert(policy, at: policies.firstIndex { isLess(policy.cpu, $0.cpu) } ?? policies.endIndex)
        if policies.count > Self.limit { policies.removeLast() }
    }
}
