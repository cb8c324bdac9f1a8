/// Something that happened to an instance, simulated or real.
package enum TimelineEvent: Hashable, Sendable, Codable {
    /// The platform started the instance, with so many thousandths of a vCPU for the start.
    case instanceStarted(millicores: Int)
    /// A background stage began.
    case stageStarted(String)
    /// A background stage finished after so long, in which it used so much CPU time where that is known.
    case stageFinished(String, elapsed: Duration, cpu: Duration? = nil)
    /// A background stage failed after so long.
    case stageFailed(String, elapsed: Duration)
    /// A background stage hangs.
    case stageHung(String)
    /// The process listens on a port.
    case listening(port: Int)
    /// The process no longer listens.
    case stoppedListening
    /// The service's health changed.
    case health(ServiceHealth)
    /// An attempt of the probe ended.
    case attempt(ProbeAttempt)
    /// The probe succeeded: the instance gets traffic.
    case probeSucceeded(attempts: Int)
    /// The probe failed: the instance is given up; what the last attempt saw where one was under way.
    case probeFailed(failures: Int, saw: ProbeSighting?)
    /// A request arrived.
    case requestArrived(Int)
    /// A request reached the process.
    case requestDelivered(Int)
    /// The service took a request in this state.
    case requestAdmitted(Int, RequestState)
    /// A request ended.
    case requestEnded(Int, RequestOutcome, latency: Duration)
    /// The instance has this much CPU from now on.
    case cpuAllocated(millicores: Int)
    /// The instance has no CPU from now on.
    case cpuWithdrawn
    /// The startup boost ended.
    case boostEnded
    /// The owner's configuration no longer wants the instance.
    case stopRequested
    /// A signal was sent to the process.
    case signal(Int32)
    /// The process ended.
    case exited(ProcessExit)
    /// A liveness or readiness probe has found something new after so many equal attempts in a row, the last of which
    /// saw this.
    case probeFound(ProbeKind, isSuccess: Bool, inRow: Int, saw: ProbeSighting)
    /// The instance gets traffic from now on, or gets none.
    case traffic(isGiven: Bool)
    /// The container is started again at this moment.
    case backsOff(until: Duration)
    /// The container has been started again, in the life with this number.
    case containerStarted(life: Int)
    /// The platform no longer waits for the revision to become ready.
    case progressDeadlineExceeded
}
