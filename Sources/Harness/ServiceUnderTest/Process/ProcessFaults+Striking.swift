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

/// What the faults of a process do to its group; each leaves what the system says of the group afterwards.
extension ProcessFaults {
    /// A fault that was let strike.
    struct Strike: Hashable {
        /// Its number.
        let fault: Int
        /// What was done and what the system showed afterwards.
        let evidence: String
        /// What the log says of it.
        let logged: String
        /// Whether the system showed that it has struck.
        let hasStruck: Bool
    }

    /// How often the group's memory is looked at in real time.
    private static let memoryInterval = Duration.milliseconds(20)

    /// Lets the next fault strike whose moment has come.
    ///
    /// - Parameters:
    ///   - process: The first process of the group.
    ///   - now: The scenario's time.
    ///   - speed: How many seconds of the scenario pass in one real second.
    /// - Returns: What came of it; `nil` where there is none.
    mutating func strike(_ process: ServiceProcess, at now: Duration, speed: Double) -> Strike? {
        if let index = pending.firstIndex(where: { ($0.due ?? .never) <= now }) {
            let fault = pending.remove(at: index)
            return strike(fault, process, at: now)
        }
        guard memoryDue <= now else { return nil }
        memoryDue = now + Self.memoryInterval * speed
        return lookAtMemory(of: process)
    }

    /// Continues a stopped group whose time is over, unless it has no CPU anyhow.
    ///
    /// - Returns: What was done and seen, where it was continued.
    mutating func resume(_ process: ServiceProcess, isWithdrawn: Bool, at now: Duration) -> String? {
        guard let until = stoppedUntil, until <= now else { return nil }
        stoppedUntil = nil
        guard !isWithdrawn else { return nil }
        let states = Self.states(of: process.setStopped(false))
        return "SIGCONT to the group of process \(process.id); states read back: \(states)"
    }

    private mutating func strike(_ fault: Pending, _ process: ServiceProcess, at now: Duration) -> Strike {
        let when = "at \(now.fixedSecondsText) s (\(fault.moment.phrase))"
        switch fault.effect {
        case .kill:
            process.signal(SIGKILL)
            let evidence = "SIGKILL to the group of process \(process.id) \(when); \(process.endAfterKill())"
            return Strike(fault: fault.number, evidence: evidence, logged: evidence, hasStruck: true)
        case .stop(let length):
            let members = process.setStopped(true)
            stoppedUntil = length.map { now + $0 } ?? .never
            let evidence =
                "SIGSTOP to the group of process \(process.id) \(when); states read back: \(Self.states(of: members))"
            let isStopped = !members.isEmpty && members.allSatisfy(\.isStopped)
            return Strike(fault: fault.number, evidence: evidence, logged: evidence, hasStruck: isStopped)
        }
    }

    /// Kills the group once it holds too much, with the platform's words.
    private mutating func lookAtMemory(of process: ServiceProcess) -> Strike? {
        guard let (fault, bytes) = memoryLimit else {
            memoryDue = .never
            return nil
        }
        let used = process.members.reduce(0) { $0 + $1.residentBytes }
        guard used > bytes else { return nil }
        memoryLimit = nil
        memoryDue = .never
        let text = PlatformLog.memoryLimitExceeded(limitBytes: bytes, usedBytes: used)
        process.signal(SIGKILL)
        let evidence = "\(text) \(process.endAfterKill())"
        return Strike(fault: fault, evidence: evidence, logged: text, hasStruck: true)
    }

    private static func states(of members: [GroupMember]) -> String {
        members.map { "\($0.id) \($0.state)" }.joined(separator: ", ")
    }
}

extension ServiceProcess {
    /// Waits a little for the first process to end after SIGKILL and says how it did.
    func endAfterKill() -> String {
        let deadline = ContinuousClock.now + .milliseconds(500)
        while exit == nil, ContinuousClock.now < deadline { usleep(200) }
        return switch exit {
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
        case .time(let moment): "planned for \(moment.fixedSecondsText) s"
        case .stage(let stage): "in the stage \(stage.rawValue)"
        case .request(let number): "while request \(number) was with the service"
        }
    }
}
