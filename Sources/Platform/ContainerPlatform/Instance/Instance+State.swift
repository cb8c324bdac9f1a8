/// What a driver may ask.
extension Instance {
    /// The requests that have arrived, in the order of their arrival.
    package var requests: [InstanceRequest] { queue.requests }

    /// How many requests the instance works on, those included that are on their way to it.
    package var inFlight: Int { queue.inFlight }

    /// How the process ended, absent while it runs.
    package var exit: ProcessExit? { shutdown.exit }

    /// What the service last said of itself, absent before it said anything.
    package var health: ServiceHealth? { service.health }

    /// The port that the process listens on, absent where it does not.
    package var listeningPort: Int? { service.port }

    /// The CPU that the instance has, in thousandths of a vCPU; 0 where it is withdrawn.
    package var millicores: Int { cpu.millicores }

    /// The moment at which an attempt of the probe would first have succeeded, absent before.
    package var probeCouldPass: Duration? { start.couldPass }

    /// How the start was decided, so far.
    var decision: StartDecision {
        StartDecision(outcome: start.outcome, attempts: start.probe.attempts, couldPass: start.couldPass)
    }

    /// Whether an attempt of the probe is under way.
    package var isAttempting: Bool { phase == .starting && start.probe.isAttempting }

    /// What happened; empty unless recorded.
    package var timeline: Timeline { log.timeline }
}
