import Checks
import Observations
import Scenarios

extension ScenarioRun {
    /// How often a scenario is tried that the machine is too busy for.
    private static let attemptLimit = 3
    /// How many times slower an attempt is than the one before, as far as the real speed lets it.
    ///
    /// The stages of the service then take so many times as long in real time, so that a delay of the machine weighs
    /// as many times less.
    private static let slowing = 4.0

    /// The next attempt at a scenario that the machine was too busy for, `nil` where there is nothing to try again.
    ///
    /// Each is slower than the one before; the caller runs nothing beside it.
    func nextAttempt(after result: ScenarioResult) -> ScenarioRun? {
        let attempts = result.attempts + [result]
        guard result.isUndecidedByLateness, case .process(var settings) = options.target,
            let speed = Self.speed(after: attempts.compactMap { $0.observation?.clock?.speed })
        else { return nil }
        settings.speed = .fixed(speed)
        var next = self
        next.options.target = .process(settings)
        next.earlier = attempts
        return next
    }

    /// The speed of the attempt that follows attempts at these speeds, `nil` where it is not tried again.
    static func speed(after speeds: [Double]) -> Double? {
        guard let last = speeds.last, speeds.count < attemptLimit else { return nil }
        return min(last, max(1, last / slowing))
    }
}
