/// The delays of a platform in one instance, drawn from the ranges of its profile.
package struct PlatformDelays: Hashable, Sendable {
    /// The delay of the first attempt beyond the configured one.
    package var firstAttempt: Duration
    /// The delay from the exit of a starting process to the failure of the start.
    package var exitNotice: Duration
    /// The seed of the moments at which the workers of a young kubelet begin to tick.
    package var workerSeed: UInt64 = 0

    /// Creates delays.
    package init(firstAttempt: Duration = .zero, exitNotice: Duration = .zero) {
        self.firstAttempt = firstAttempt
        self.exitNotice = exitNotice
    }

    /// The delays under which no startup probe asks, as a kubelet's worker does it or nobody.
    static let unprobed = PlatformDelays(firstAttempt: .never)

    /// Draws the delays; exactly two numbers are drawn, and a third where there is a kubelet.
    @inline(__always)
    package init(_ profile: PlatformProfile, using generator: inout some RandomNumberGenerator) {
        firstAttempt = generator.next(in: profile.firstAttemptJitter)
        exitNotice = generator.next(in: profile.exitNotice)
        if profile.kubelet != nil { workerSeed = generator.next() }
    }
}
