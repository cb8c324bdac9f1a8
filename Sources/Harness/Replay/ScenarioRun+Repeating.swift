import Checks
import Observations
import Scenarios

extension ScenarioRun {
    /// How many times slower the second attempt is than the first, as far as the real speed lets it.
    ///
    /// The stages of the service then take so many times as long in real time, so that a delay of the machine weighs
    /// as many times less.
    private static let slowing = 4.0

    /// The second attempt at a scenario that the machine was too busy for, `nil` where there is nothing to try again.
    ///
    /// There is one second attempt, at a lower speed; the caller runs nothing beside it.
    func secondAttempt(after result: ScenarioResult) -> ScenarioRun? {
        guard result.attempts.isEmpty, result.isUndecidedByLateness, case .process(var settings) = options.target,
            let speed = result.observation?.clock?.speed
        else { return nil }
        settings.speed = .fixed(min(speed, max(1, speed / Self.slowing)))
        var second = self
        second.options.target = .process(settings)
        second.earlier = [result]
        return second
    }
}
