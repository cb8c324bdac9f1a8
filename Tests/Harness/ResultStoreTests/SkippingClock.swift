import Synchronization

/// A clock on which every wait is over at once.
final class SkippingClock: Clock {
    /// A moment of it.
    struct Instant: InstantProtocol {
        /// The time since it began.
        var offset: Swift.Duration

        func advanced(by duration: Swift.Duration) -> Instant { Instant(offset: offset + duration) }
        func duration(to other: Instant) -> Swift.Duration { other.offset - offset }
        static func < (left: Instant, right: Instant) -> Bool { left.offset < right.offset }
    }

    private let time = Mutex(Swift.Duration.zero)

    let minimumResolution = Swift.Duration.zero
    var now: Instant { Instant(offset: time.withLock { $0 }) }

    func sleep(until deadline: Instant, tolerance: Swift.Duration?) async throws {
        time.withLock { $0 = max($0, deadline.offset) }
    }
}
