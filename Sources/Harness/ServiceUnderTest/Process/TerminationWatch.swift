import ContainerPlatform
import Observations
import Scenarios

/// Sees what a service does from SIGTERM on.
struct TerminationWatch {
    /// What was seen, once it is over.
    private(set) var seen: ObservedTermination?
    private var sent: Duration?

    /// Takes the moment at which SIGTERM was sent.
    mutating func sent(at moment: Duration) {
        sent = sent ?? moment
    }

    /// Takes the end of the process, which ends the matter.
    mutating func exited(_ exit: ProcessExit, at moment: Duration) {
        over(exit, at: moment)
    }

    /// Takes the moment at which SIGKILL was sent to a process that had not ended.
    mutating func killed(at moment: Duration) {
        over(nil, at: moment)
    }

    private mutating func over(_ exit: ProcessExit?, at moment: Duration) {
        guard let sent, seen == nil else { return }
        seen = ObservedTermination(sent: sent, waited: moment - sent, exit: exit)
    }

    /// The longest real time to wait for a service at the end of its run, when nothing else waits for it.
    ///
    /// The end is the machine's own work and does not become faster with the scenario, so that a service which is to
    /// exit has the platform's grace in real time, or what the scenario says where that is more. One that is to ignore
    /// SIGTERM is watched for as long as the platform would.
    static func patience(_ plan: Plan, speed: Double) -> Duration {
        let grace = plan.platform.profile.terminationGrace
        switch plan.terminationExpectation {
        case .ignored: return grace / speed
        case .exits(let limit): return max(grace, (limit ?? .zero) / speed + RealClock.realAllowance)
        }
    }
}
