/// The attempts of the probes on a simulated process.
extension SimulationDriver {
    /// Begins attempts.
    mutating func beginAttempts(_ kinds: ProbeKinds, _ process: inout some SimulatedProcess) {
        if kinds.contains(ProbeKinds(.startup)) { beginAttempt(.startup, &process) }
        guard !attempts.others.isEmpty else { return }
        for kind in [ProbeKind.liveness, .readiness] where kinds.contains(ProbeKinds(kind)) {
            beginAttempt(kind, &process)
        }
    }

    @inline(__always)
    private mutating func beginAttempt(_ kind: ProbeKind, _ process: inout some SimulatedProcess) {
        let port = instance.exit == nil ? process.listeningPort : nil
        if let saw = attempts.begin(kind, listeningPort: port, at: now) {
            hand(.attemptEnded(saw, of: kind), &process)
        } else if instance.exit == nil {
            attempts.reconsider(kind, process, at: now)
        }
    }

    /// Takes the moment at which an attempt goes on or ends.
    mutating func reachAttempt(_ process: inout some SimulatedProcess) {
        guard let (kind, saw) = attempts.reached(process, at: now) else { return }
        hand(.attemptEnded(saw, of: kind), &process)
    }

    /// Lets the attempts of the probes that go on after the start see what the process has become.
    mutating func reconsiderOthers(_ process: some SimulatedProcess) {
        for kind in [ProbeKind.liveness, .readiness] where instance.workers.isAttempting(kind) {
            attempts.reconsider(kind, process, at: now)
        }
    }

    /// Whether all that is left are attempts that see again what they saw.
    var onlyRepeatsAttempts: Bool {
        guard instance.queue.requests.count == arrivals.count, stopAt == .never else { return false }
        let work = min(stage.due, min(answers.due, min(exitDue, attempts.due)))
        return work == .never && instance.onlyRepeatsAttempts
    }
}
