import ContainerPlatform

/// The CPU of a real process: all of it, a part, or none between requests.
///
/// None means that the whole group is stopped by a signal, which is read back from every member. A part of a core is
/// given by stopping the group for the rest of each period. Whole cores are given by affinity, at the real speed alone:
/// a faster scenario does not make the machine faster.
struct CPUControl {
    /// What was done to a group that was stopped or continued.
    struct Change {
        /// Whether it was to be stopped.
        let isStopped: Bool
        /// What its members showed afterwards: whether all are stopped, and after a continuation whether any still is;
        /// `nil` where nothing is known.
        let seenStopped: Bool?
        /// What was done and seen, in words.
        let text: String
    }

    /// The real time after which a group that has a part of a core is stopped or continued again.
    private static let throttlePeriod = Duration.milliseconds(20)

    private let startup: Int
    private let speed: Double
    private var millicores: Int
    /// The cores that the group was limited to since its start, 0 for no such limit.
    private var coreLimit = 0
    private var isThrottled = false
    /// Whether the group is stopped because it has no CPU.
    private(set) var isWithdrawn = false
    /// The next moment at which a throttled group is stopped or continued.
    private(set) var throttleDue = Duration.never

    /// Creates the CPU of a process that starts.
    init(_ allocation: CPUAllocation, speed: Double) {
        startup = allocation.startupMillicores
        millicores = startup
        self.speed = speed
    }

    /// Whether the group is stopped for want of CPU, for long or for a part of a period.
    var isStopped: Bool { isWithdrawn || isThrottled }

    /// Gives the group so much CPU.
    ///
    /// - Parameters:
    ///   - wanted: Thousandths of a core, 0 for none.
    ///   - process: The first process of the group.
    ///   - isHeld: Whether a fault keeps the group stopped.
    /// - Returns: What was done where the group was stopped or continued.
    mutating func set(_ wanted: Int, _ process: ServiceProcess, isHeld: Bool) -> Change? {
        if speed == 1, (1..<startup).contains(wanted), coreLimit != max(1, wanted / 1000) {
            coreLimit = max(1, wanted / 1000)
            process.limit(toCores: coreLimit)
        }
        millicores = wanted
        if wanted == 0 {
            isWithdrawn = true
            return change(process.setStopped(true), isStopped: true)
        }
        guard isWithdrawn else { return nil }
        isWithdrawn = false
        return isHeld ? nil : change(process.setStopped(false), isStopped: false)
    }

    /// Forgets what was withdrawn, as there is nothing left to stop.
    mutating func processEnded() {
        isWithdrawn = false
        isThrottled = false
        throttleDue = .never
    }

    /// Stops and continues a group that has only a part of a core.
    ///
    /// - Parameters:
    ///   - process: The first process of the group.
    ///   - mayRun: Whether nothing else stops the group.
    ///   - now: The scenario's time.
    mutating func throttle(_ process: ServiceProcess, mayRun: Bool, at now: Duration) {
        guard mayRun, !isWithdrawn, (1..<1000).contains(millicores) else {
            throttleDue = .never
            if isThrottled, mayRun, !isWithdrawn { _ = process.setStopped(false) }
            isThrottled = false
            return
        }
        guard throttleDue == .never || throttleDue <= now else { return }
        if throttleDue != .never {
            isThrottled.toggle()
            _ = process.setStopped(isThrottled)
        }
        let share = Double(isThrottled ? 1000 - millicores : millicores) / 1000
        throttleDue = now + Self.throttlePeriod * share * speed
    }

    private func change(_ members: [GroupMember], isStopped: Bool) -> Change {
        let states = members.map { "\($0.id) \($0.state)" }.joined(separator: ", ")
        let what = isStopped ? "stopped: no request is in flight" : "continued: a request is to be sent"
        let seen = isStopped ? members.allSatisfy(\.isStopped) : members.contains(where: \.isStopped)
        return Change(
            isStopped: isStopped,
            seenStopped: members.isEmpty ? nil : seen,
            text: "the group was \(what); states read back: \(states.isEmpty ? "unknown" : states)"
        )
    }
}
