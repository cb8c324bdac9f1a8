import Synchronization

/// The virtual moment of a replay as a clock for what keeps time, such as the cache of the catalogue.
///
/// It stands still while requests are answered and moves from one step of the replay to the next.
final class ReplayClock: Sendable {
    private let origin = ContinuousClock.now
    private let moment = Mutex(Duration.zero)

    /// Moves to a moment; never back.
    func advance(to moment: Duration) {
        self.moment.withLock { $0 = max($0, moment) }
    }

    /// The reading of the clock.
    var now: ContinuousClock.Instant { origin + moment.withLock { $0 } }
}
