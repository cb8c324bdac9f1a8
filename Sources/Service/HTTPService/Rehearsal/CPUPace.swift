import RecommendationEngine

#if canImport(Glibc)
import Glibc
#elseif canImport(Musl)
import Musl
#elseif canImport(Darwin)
import Darwin
#endif

/// Time that passes only while the process has the CPU: what a rehearsed stage or answer still has to take.
///
/// A process that is stopped, or gets no CPU, sees the clock jump. Time is therefore taken in short slices: one that ends
/// no later than a busy machine explains counts as long as it was, and one that ends after a jump as long as it was to
/// be. Where nobody stops the process a jump can only be the machine's, and counts as long as it was, so that the delays
/// of a busy machine do not add up over a long stage.
struct CPUPace: Hashable, Sendable {
    /// The length of a slice.
    static let slice = Duration.milliseconds(2)
    /// How late a slice may end before its lateness counts as time without CPU.
    static let lateness = Duration.milliseconds(10)

    /// What is still to take.
    private(set) var remaining: Duration
    /// Whether nobody stops the process.
    let keepsCPU: Bool

    /// Creates a pace.
    init(_ duration: Duration, keepsCPU: Bool) {
        remaining = max(duration, .zero)
        self.keepsCPU = keepsCPU
    }

    /// How long to sleep now, `nil` where nothing remains.
    var nextSlice: Duration? { remaining > .zero ? min(remaining, Self.slice) : nil }

    /// Tells how long work or a slice really took.
    mutating func slept(_ elapsed: Duration, asked: Duration) {
        remaining -= keepsCPU || elapsed <= asked + Self.lateness ? elapsed : asked
    }

    /// Tells that so much of it was taken by real work.
    mutating func worked(_ elapsed: Duration) {
        remaining -= elapsed
    }

    /// Takes all that remains on the calling thread.
    consuming func takeBlocking() {
        let clock = ContinuousClock()
        while let slice = nextSlice {
            let start = clock.now
            usleep(UInt32(slice / .microseconds(1)))
            slept(start.duration(to: clock.now), asked: slice)
        }
    }

    /// Takes all that remains; a cancelled task stops at once.
    consuming func take() async throws {
        let clock = ContinuousClock()
        while let slice = nextSlice {
            let start = clock.now
            try await Task.sleep(for: slice)
            slept(start.duration(to: clock.now), asked: slice)
        }
    }
}

extension Rehearsal {
    /// The pace of what takes so many seconds, 0 where nothing is said.
    func pace(of seconds: Double?) -> CPUPace {
        CPUPace(.seconds(seconds ?? 0), keepsCPU: keepsCPU ?? false)
    }
}
