import Checks
import Observations
import Scenarios

extension ScenarioRun {
    /// How many times slower the second attempt is than the first, as far as the real speed lets it.
    ///
    /// What a service acts out takes so many times as long then, and hides as much more of the machine's delays.
    private static let slowing = 4.0

    /// The run that tries again what the machine was too busy for, `nil` where there is nothing to try again.
    ///
    /// There is one second attempt, at a lower speed, and whoever runs it runs nothing beside it.
    func secondAttempt(after result: ScenarioResult) -> ScenarioRun? {
        guard result.attempts.isEmpty, result.isSpoiltByLateness, case .process(var settings) = options.target,
            let speed = result.observation?.clock?.speed
        else { return nil }
        settings.speed = .fixed(min(speed, max(1, speed / Self.slowing)))
        var second = self
        second.options.target = .process(settings)
        second.earlier = [result]
        return second
    }
}
