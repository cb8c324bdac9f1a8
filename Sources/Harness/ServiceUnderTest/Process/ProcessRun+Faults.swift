import ContainerPlatform
import Domain
import Observations
import Scenarios

#if canImport(Glibc)
import Glibc
#elseif canImport(Musl)
import Musl
#elseif canImport(Darwin)
import Darwin
#endif

/// Faults of the process: each leaves what the system says of the process afterwards.
extension ProcessRun {
    /// How often the group's memory is looked at in real time.
    private static let memoryInterval = Duration.milliseconds(20)

    /// Lets the faults strike whose moments have come, and ends those whose time is over.
    func reachFaults() {
        guard exited == nil else {
            faults.pending = []
            faults.stoppedUntil = nil
            faults.memoryDue = .never
            return
        }
        if let until = faults.stoppedUntil, until <= now { resume() }
        while let index = faults.pending.firstIndex(where: { ($0.due ?? .never) <= now }) {
            let fault = faults.pending.remove(at: index)
            strike(fault.blow, fault.number, moment: fault.moment)
        }
        if faults.memoryDue <= now { lookAtMemory() }
    }

    /// Lets a fault strike that waits for something outside the process.
    func strike(_ fault: Int, because evidence: String) {
        guard exited == nil else { return }
        process.signal(SIGKILL)
        ledger.record(fault, "\(evidence); \(endOfGroup())")
    }

    private func strike(_ blow: ProcessFaults.Blow, _ fault: Int, moment: FaultMoment) {
        let when = "at \(now.milliseconds3) s (\(moment.phrase))"
        switch blow {
        case .kill:
            process.signal(SIGKILL)
            let evidence = "SIGKILL to the group of process \(process.id) \(when); \(endOfGroup())"
            log.note(evidence, at: now)
            ledger.record(fault, evidence)
        case .stop(let length):
            watcher.exchange = nil
            watcher.due = .never
            let members = process.setStopped(true)
            faults.stoppedUntil = length.map { now + $0 } ?? .never
            let states = members.map { "\($0.id) \($0.state)" }.joined(separator: ", ")
            let evidence = "SIGSTOP to the group of process \(process.id) \(when); states read back: \(states)"
            log.note(evidence, at: now)
            if !members.isEmpty, members.allSatisfy(\.isStopped) { ledger.record(fault, evidence) }
        }
    }

    private func resume() {
        faults.stoppedUntil = nil
        guard !isWithdrawn else { return }
        let members = process.setStopped(false)
        let states = members.map { "\($0.id) \($0.state)" }.joined(separator: ", ")
        log.note("SIGCONT to the group of process \(process.id); states read back: \(states)", at: now)
        watcher.due = now
    }

    /// Kills the group once it holds too much, with the platform's words.
    private func lookAtMemory() {
        faults.memoryDue = now + Self.memoryInterval * setup.speed
        guard let (fault, bytes) = faults.memoryLimit else {
            faults.memoryDue = .never
            return
        }
        let used = process.members.reduce(0) { $0 + $1.residentBytes }
        guard used > bytes else { return }
        faults.memoryLimit = nil
        faults.memoryDue = .never
        let text = PlatformLog.memoryLimitExceeded(limitBytes: bytes, usedBytes: used)
        log.note(text, at: now)
        process.signal(SIGKILL)
        ledger.record(fault, "\(text) \(endOfGroup())")
    }

    /// Waits a little for the first process to end and says how it did.
    private func endOfGroup() -> String {
        let deadline = ContinuousClock.now + .milliseconds(500)
        while process.exit == nil, ContinuousClock.now < deadline { usleep(200) }
        return switch process.exit {
        case .signal(let number): "it ended on signal \(number)"
        case .code(let code): "it had ended with code \(code)"
        case nil: "it had not ended half a second later"
        }
    }
}

extension FaultMoment {
    /// The moment in words.
    fileprivate var phrase: String {
        switch self {
        case .time(let moment): "planned for \(moment.milliseconds3) s"
        case .stage(let stage): "in the stage \(stage.rawValue)"
        case .request(let number): "while request \(number) was with the service"
        }
    }
}
