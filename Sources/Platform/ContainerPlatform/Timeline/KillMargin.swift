/// How much slower the load could have been, or how much too slow it was.
package struct KillMargin: Hashable, Sendable, Codable {
    /// The largest factor on every stage's duration with which the start survives, to a thousandth, rounded down.
    ///
    /// Below 1 the start was killed, and this is how much faster it must become. Absent where no factor changes the
    /// outcome: a wrong port is never reached, an exit never waits.
    package let factor: Double?
    /// Whether the start survives every factor that was tried, up to ``largestFactor``.
    package let isUnbounded: Bool
    /// The time from the moment the probe could pass to the last moment at which it would still have been seen.
    ///
    /// Negative where the instance was killed first. Absent where the probe could never pass.
    package let spare: Duration?

    /// Creates a margin.
    package init(factor: Double?, isUnbounded: Bool, spare: Duration?) {
        self.factor = factor
        self.isUnbounded = isUnbounded
        self.spare = spare
    }

    /// The largest factor that is tried.
    package static let largestFactor = 1000.0
}
