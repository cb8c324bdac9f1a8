import ContainerPlatform

extension KillMargin {
    /// The margin of a run as far as it was seen.
    ///
    /// A process that was killed never shows when it would have been ready; what the plan's timings say of that holds
    /// for a service that acts them out, and only where they say too that it is killed.
    ///
    /// - Parameters:
    ///   - summary: The run's figures.
    ///   - lastChance: The last moment at which readiness would still have been seen; `nil` without a startup probe.
    ///   - planned: The margin by the plan's timings; `nil` for a service that takes its own time.
    init?(ofRun summary: StartupSummary, lastChance: Duration?, planned: @autoclosure () -> KillMargin?) {
        guard let lastChance else { return nil }
        guard summary.isReady, let ready = summary.probeCouldPass else {
            let planned = planned()
            let agrees = (planned?.factor ?? 0) < 1 && planned?.isUnbounded != true
            self.init(
                factor: agrees ? planned?.factor : nil,
                isUnbounded: false,
                spare: summary.probeCouldPass.map { lastChance - $0 } ?? (agrees ? planned?.spare : nil)
            )
            return
        }
        let factor = ready > .zero ? lastChance / ready : Self.largestFactor
        let rounded = (min(factor, Self.largestFactor) * 1000).rounded(.down) / 1000
        self.init(factor: rounded, isUnbounded: factor >= Self.largestFactor, spare: lastChance - ready)
    }
}
