import Synchronization

/// A clock on which every wait is over at once.
final class SkippingClock: Clock {
    /// A moment of it.
    struct Instant: InstantProtocol {
        /// The time since it began.
        var offset: Duration

        func advanced(by duration: Duration) -> Instant { Instant(offset: offset + duration) }
        func duration(to other: Instant) -> Duration { other.offset - offset }
        static func < (left: Instant, right: Instant) -> Bool { left.offset < right.offset }
    }

    private let time = Mutex(Duration.zero)

    let minimumResolution = Duration.zero
    var now: Instant { Instant(offset: time.withLock { $0 }) }

    func sleep(until deadline: Instant, tolerance: Duration?) async throws {
        time.withLock { $0 = max($0, deadline.offset) }
    }
}
