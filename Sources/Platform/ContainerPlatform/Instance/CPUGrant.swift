/// The CPU that an instance has: what it is allocated, the startup boost, and what billing leaves it between requests.
///
/// While it starts and shuts down an instance has CPU. Once it has started, request-based billing withdraws it as soon
/// as no request is in flight, but for the tail of the boost (Cloud Run's pages on billing and on CPU boost).
struct CPUGrant: Sendable {
    private let startup: Int
    private let limit: Int
    private let isInstanceBased: Bool
    private let isBoosted: Bool
    private let boostTail: Duration
    /// The CPU that the instance has, in thousandths of a vCPU.
    private(set) var millicores: Int
    /// The moment from which the limit holds; never while the instance starts.
    private(set) var boostEnds = Duration.never
    /// The moment at which the end of the boost is due.
    private(set) var boostDue = Duration.never
    /// Whether the last change has been asked for twice.
    private var isRepeated = false

    /// Creates the CPU of an instance that starts.
    init(_ allocation: CPUAllocation, boostTail: Duration) {
        startup = allocation.startupMillicores
        limit = allocation.limitMillicores
        isInstanceBased = allocation.billing == .instanceBased
        isBoosted = allocation.startupBoost
        self.boostTail = boostTail
        millicores = startup
    }

    /// The instance has started: the boost lasts a little longer.
    mutating func instanceStarted(at moment: Duration) {
        boostEnds = isBoosted ? moment + boostTail : moment
        if isBoosted { boostDue = boostEnds }
    }

    /// Takes the end of the boost.
    mutating func endBoost(at moment: Duration, _ log: inout TimelineRecorder) {
        boostDue = .never
        log.record(.boostEnded, at: moment)
    }

    /// No end of the boost is due any more, as the process is gone.
    mutating func forgetBoost() { boostDue = .never }

    /// Gives and takes CPU.
    mutating func allocate(
        in phase: Instance.Phase,
        hasRequests: Bool,
        at moment: Duration,
        _ log: inout TimelineRecorder,
        _ actions: inout some InstanceActions
    ) {
        let allocated = allocation(in: phase, hasRequests: hasRequests, at: moment)
        guard allocated != millicores else { return }
        millicores = allocated
        isRepeated = false
        log.record(allocated == 0 ? .cpuWithdrawn : .cpuAllocated(millicores: allocated), at: moment)
        if phase != .ended { actions.take(.setCPU(millicores: allocated)) }
    }

    /// Asks once more for what the process's members do not show.
    mutating func readBack(isStopped: Bool, _ actions: inout some InstanceActions) {
        guard isStopped != (millicores == 0), !isRepeated else { return }
        isRepeated = true
        actions.take(.setCPU(millicores: millicores))
    }

    /// The end of work that begins now and keeps its CPU, at the lesser of its threads and what the instance has.
    ///
    /// - Parameters:
    ///   - work: The CPU time of the work.
    ///   - threads: The threads that it can use.
    ///   - moment: The moment at which it begins.
    /// - Returns: The moment at which it is done.
    func completion(of work: Duration, threads: Int, from moment: Duration) -> Duration {
        let work = min(max(work.wholeNanoseconds, 0), 1_000_000_000_000_000) * 1000
        let most = Int64(max(threads, 1) * 1000)
        let after = min(most, Int64(limit))
        guard moment < boostEnds else { return moment + .nanoseconds((work + after - 1) / after) }
        let during = min(most, Int64(startup))
        let left = (boostEnds - moment).wholeNanoseconds
        if work / during <= left { return moment + .nanoseconds((work + during - 1) / during) }
        return boostEnds + .nanoseconds((work - left * during + after - 1) / after)
    }

    private func allocation(in phase: Instance.Phase, hasRequests: Bool, at moment: Duration) -> Int {
        switch phase {
        case .starting, .stopping: moment < boostEnds ? startup : limit
        case .serving where moment < boostEnds: startup
        case .serving: hasRequests || isInstanceBased ? limit : 0
        case .ended: 0
        // Nobody is there to use what the next life gets.
        case .waiting: millicores
        }
    }
}
