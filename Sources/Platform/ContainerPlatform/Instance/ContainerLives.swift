/// The lives of an instance's container: how the earlier ones went, when the next begins, and how long the platform
/// waits for one that becomes ready.
struct ContainerLives: Sendable {
    /// The lives that were followed by another.
    private(set) var earlier: [ContainerLife] = []
    /// The number of the life that goes on, or is to begin, from 1.
    private(set) var number = 1
    /// When it began.
    private(set) var began = Duration.zero
    /// When the next begins; never where none is to.
    private(set) var restartDue = Duration.never
    /// When the platform stops waiting for a ready container, and then when it takes the instance away.
    private(set) var deadlineDue: Duration
    /// Whether it has stopped waiting.
    private(set) var isGivenUp = false
    /// The probe for whose failure the container is being ended.
    var failedProbe: ProbeKind?
    private var backOff: RestartBackOff?

    /// Creates the first life of a container.
    @inline(__always)
    init(_ profile: PlatformProfile) {
        backOff = profile.kubelet.map { RestartBackOff(first: $0.firstBackOff, longest: $0.longestBackOff) }
        deadlineDue = profile.progressDeadline ?? .never
    }

    /// Whether a container that ends is started again.
    var areRestarted: Bool { backOff != nil }

    /// A container is ready: the deadline is met.
    mutating func becameReady() { deadlineDue = .never }

    /// Takes the moment of the deadline, the first time to stop waiting, the second time to take the instance away.
    mutating func reachDeadline(at moment: Duration, scaleDownAfter wait: Duration) {
        deadlineDue = isGivenUp ? .never : moment + wait
        isGivenUp = true
    }

    /// No further life is wanted.
    mutating func stop() {
        backOff = nil
        restartDue = .never
        deadlineDue = .never
    }

    /// Takes the end of a life.
    ///
    /// - Returns: When the next begins; absent where none is to.
    mutating func ended(
        at moment: Duration,
        _ exit: ProcessExit,
        _ start: InstanceStart,
        attempts: Int
    ) -> Duration? {
        guard var backOff else { return nil }
        restartDue = backOff.restart(after: moment, wasKilled: failedProbe != nil)
        self.backOff = backOff
        earlier.append(
            ContainerLife(
                number: number,
                began: began,
                ended: moment,
                outcome: start.outcome,
                attempts: attempts,
                couldPass: start.couldPass,
                failedProbe: failedProbe,
                exit: exit
            )
        )
        return restartDue
    }

    /// The next life begins.
    mutating func begin(at moment: Duration) {
        number += 1
        began = moment
        restartDue = .never
        failedProbe = nil
    }
}
