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
        guard lives.earlier.isEmpty else { return decisionOfLives }
        return StartDecision(outcome: start.outcome, attempts: startupAttempts, couldPass: start.couldPass)
    }

    private var decisionOfLives: StartDecision {
        let summary = summary
        return StartDecision(
            outcome: summary.outcome,
            attempts: summary.attempts,
            couldPass: summary.probeCouldPass,
            life: summary.life
        )
    }

    /// Whether an attempt of the startup probe is under way.
    package var isAttempting: Bool {
        phase == .starting && (start.probe.isAttempting || workers.isAttempting(.startup))
    }

    /// Whether requests are delivered to the process.
    package var takesRequests: Bool { phase == .serving && isReady }

    /// Whether it is not decided how the start of this life goes.
    var awaitsDecision: Bool { if case .undecided = start.outcome { true } else { false } }

    /// Whether it is decided how the start of this life, or of an earlier one, went.
    package var isDecided: Bool { !awaitsDecision || !lives.earlier.isEmpty }

    /// Whether no later life of the container can decide the start otherwise.
    var isSettled: Bool {
        guard lives.areRestarted else { return isDecided }
        return if case .ready = start.outcome { true } else { false }
    }

    /// The probes that go on asking beside or in place of Cloud Run's startup probe.
    package var workerKinds: [ProbeKind] { workers.kinds }

    /// Whether everything that is still due are attempts that change nothing where the service does not change.
    package var onlyRepeatsAttempts: Bool {
        guard workers.areSettled, phase == .serving else { return false }
        let others = min(cpu.boostDue, min(queue.timeoutDue, min(shutdown.killDue, lives.deadlineDue)))
        return others == .never
    }

    /// The attempts of the startup probe in this life.
    var startupAttempts: Int { workers.hasStartup ? workers.startupAttempts : start.probe.attempts }

    /// What happened; empty unless recorded.
    package var timeline: Timeline { log.timeline }
}
