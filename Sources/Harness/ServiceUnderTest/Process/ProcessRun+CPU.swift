import ContainerPlatform
import Scenarios

/// The CPU that the instance has: all of it, a part, or none between requests.
///
/// None means that the whole group is stopped by a signal, which is read back from every member. A part of a core is
/// given by stopping the group for the rest of each period. Whole cores are given by affinity, at the real speed alone:
/// a faster scenario does not make the machine faster.
extension ProcessRun {
    /// The real time after which a group that has a part of a core is stopped or continued again.
    private static let throttlePeriod = Duration.milliseconds(20)

    /// Whether the group is stopped for whatever reason.
    var isStopped: Bool { isWithdrawn || isThrottled || faults.stoppedUntil != nil }

    /// Ends the boost where it is time.
    func reachBoost() {
        guard boostDue <= now else { return }
        boostDue = .never
        record(.boostEnded)
        if setup.speed == 1 { process.limit(toCores: max(1, setup.plan.scenario.platform.cpu.limitMillicores / 1000)) }
    }

    /// Gives and takes CPU as the platform's billing says.
    func allocateCPU() {
        defer { throttle() }
        let cpu = setup.plan.scenario.platform.cpu
        let allocated: Int
        switch phase {
        case .starting, .stopping: allocated = now < boostEnds ? cpu.startupMillicores : cpu.limitMillicores
        case .serving where now < boostEnds: allocated = cpu.startupMillicores
        case .serving where inFlight > 0 || cpu.billing == .instanceBased: allocated = cpu.limitMillicores
        case .serving, .ended: allocated = 0
        }
        guard allocated != millicores else { return }
        millicores = allocated
        guard exited == nil else {
            isWithdrawn = false
            return
        }
        if allocated == 0 {
            watcher.exchange = nil
            watcher.due = .never
            isWithdrawn = true
            readBack(process.setStopped(true), "stopped: no request is in flight")
            record(.cpuWithdrawn)
        } else if isWithdrawn {
            isWithdrawn = false
            if faults.stoppedUntil == nil { readBack(process.setStopped(false), "continued: a request is to be sent") }
            record(.cpuAllocated(millicores: allocated))
            watcher.due = now
        } else {
            record(.cpuAllocated(millicores: allocated))
        }
    }

    /// Notes the states of the group's members as the system shows them.
    private func readBack(_ members: [GroupMember], _ what: String) {
        now = max(now, clock.now)
        let states = members.map { "\($0.id) \($0.state)" }.joined(separator: ", ")
        log.note("the group was \(what); states read back: \(states.isEmpty ? "unknown" : states)", at: now)
    }

    /// Stops and continues a group that has only a part of a core.
    private func throttle() {
        guard exited == nil, phase != .ended, !isWithdrawn, faults.stoppedUntil == nil, (1..<1000).contains(millicores)
        else {
            throttleDue = .never
            if isThrottled {
                isThrottled = false
                if exited == nil, !isWithdrawn, faults.stoppedUntil == nil { _ = process.setStopped(false) }
            }
            return
        }
        guard throttleDue == .never || throttleDue <= now else { return }
        if throttleDue != .never {
            isThrottled.toggle()
            _ = process.setStopped(isThrottled)
        }
        let share = Double(isThrottled ? 1000 - millicores : millicores) / 1000
        throttleDue = now + Self.throttlePeriod * share * setup.speed
    }
}
