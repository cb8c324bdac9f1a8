/// The delays of a platform in one instance, drawn from the ranges of its profile.
package struct PlatformDelays: Hashable, Sendable {
    /// The delay of the first attempt beyond the configured one.
    package var firstAttempt: Duration
    /// The delay from the exit of a starting process to the failure of the start.
    package var exitNotice: Duration

    /// Creates delays.
    package init(firstAttempt: Duration = .zero, exitNotice: Duration = .zero) {
        self.firstAttempt = firstAttempt
        self.exitNotice = exitNotice
    }

    /// Draws the delays; exactly two numbers are drawn.
    package init(_ profile: PlatformProfile, using generator: inout some RandomNumberGenerator) {
        firstAttempt = generator.next(in: profile.firstAttemptJitter)
        exitNotice = generator.next(in: profile.exitNotice)
    }
}
