/// A stage of background work: what it needs and how it ends.
package struct StageWork: Hashable, Sendable {
    /// How a stage ends once its work is done.
    package enum Ending: Hashable, Sendable {
        /// It finishes.
        case finishes
        /// It fails.
        case fails
        /// It neither finishes nor uses CPU from then on.
        case hangs
    }

    /// The stage's name in the timeline.
    package var name: String
    /// The time that passes before the work whatever the CPU does: network, disk, a lock.
    package var delay: Duration
    /// The CPU time of the work.
    package var cpu: Duration
    /// The threads that the work can use.
    package var threads: Int
    /// How it ends.
    package var ending: Ending
    /// The moment since instance start at which it fails if it still runs.
    package var failsAt: Duration?

    /// Creates a stage that finishes.
    package init(
        _ name: String,
        delay: Duration = .zero,
        cpu: Duration,
        threads: Int = 1,
        ending: Ending = .finishes,
        failsAt: Duration? = nil
    ) {
        self.name = name
        self.delay = delay
        self.cpu = cpu
        self.threads = threads
        self.ending = ending
        self.failsAt = failsAt
    }
}
