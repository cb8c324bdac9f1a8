/// The clock of a run in real time, and what it is allowed.
package struct RealClock: Hashable, Sendable, Codable {
    /// How many seconds of the scenario passed in one real second.
    package let speed: Double

    /// What a moment may be off in real time: the harness, the probes and the service share one machine.
    package static let realAllowance = Duration.milliseconds(150)

    /// Creates a clock.
    package init(speed: Double) {
        self.speed = speed
    }

    /// What a moment may be off in the scenario's time.
    package var allowance: Duration { Self.realAllowance * speed }
}
