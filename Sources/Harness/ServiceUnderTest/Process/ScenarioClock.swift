/// The scenario's time on a real clock: so many times as fast, from the moment at which the instance started.
struct ScenarioClock: Sendable {
    /// How many seconds of the scenario pass in one real second.
    let speed: Double
    private let start: ContinuousClock.Instant
    private var skipped = Duration.zero

    /// Starts the clock.
    init(speed: Double, start: ContinuousClock.Instant = .now) {
        self.speed = speed
        self.start = start
    }

    /// The scenario's time now.
    var now: Duration { moment(of: .now) }

    /// The scenario's time at a real moment.
    func moment(of instant: ContinuousClock.Instant) -> Duration {
        (instant - start) * speed + skipped
    }

    /// The real time from now until a moment of the scenario, zero where it is past.
    func real(until moment: Duration) -> Duration {
        max(min(moment - now, .seconds(1 << 40)) / speed, .zero)
    }

    /// Moves the scenario's time forward to a moment, where nothing real can happen before it.
    mutating func skip(to moment: Duration) {
        skipped += max(moment - now, .zero)
    }
}
