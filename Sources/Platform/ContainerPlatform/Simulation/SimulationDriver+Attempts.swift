/// The attempts of the probes on a simulated process.
extension SimulationDriver {
    /// Begins attempts.
    mutating func beginAttempts(_ kinds: ProbeKinds, _ process: inout some SimulatedProcess) {
        let port = instance.exit == nil ? process.listeningPort : nil
        if kinds.contains(ProbeKinds(.startup)) {
            if let saw = attempt.begin(listeningPort: port, at: now) {
                hand(.attemptEnded(saw), &process)
            } else if instance.exit == nil {
                attempt.reconsider(process, at: now)
            }
        }
        for index in others.indices where kinds.contains(ProbeKinds(others[index].kind)) {
            if let saw = others[index].attempt.begin(listeningPort: port, at: now) {
                hand(.attemptEnded(saw, of: others[index].kind), &process)
            } else if instance.exit == nil {
                others[index].attempt.reconsider(process, at: now)
            }
        }
    }

    /// Drops attempts under way.
    mutating func dropAttempts(_ kinds: ProbeKinds) {
        if kinds.contains(ProbeKinds(.startup)) { attempt.end() }
        for index in others.indices where kinds.contains(ProbeKinds(others[index].kind)) { others[index].attempt.end() }
    }

    /// Takes the moment at which an attempt goes on or ends.
    mutating func reachAttempt(_ process: inout some SimulatedProcess) {
        if attempt.due <= now {
            guard let saw = attempt.reached(process, at: now) else { return }
            return hand(.attemptEnded(saw), &process)
        }
        guard let index = others.firstIndex(where: { $0.attempt.due <= now }),
            let saw = others[index].attempt.reached(process, at: now)
        else { return }
        hand(.attemptEnded(saw, of: others[index].kind), &process)
    }

    /// Lets the attempts of the probes that go on after the start see what the process has become.
    mutating func reconsiderOthers(_ process: some SimulatedProcess) {
        for index in others.indices where instance.workers.isAttempting(others[index].kind) {
            others[index].attempt.reconsider(process, at: now)
        }
    }

    /// Whether attempts of all probes that decide about traffic would succeed now.
    func wouldPass(_ process: some SimulatedProcess) -> Bool {
        if gates.contains(ProbeKinds(.startup)), !attempt.wouldPass(process) { return false }
        for other in others where gates.contains(ProbeKinds(other.kind)) && !other.attempt.wouldPass(process) {
            return false
        }
        return true
    }

    /// Whether all that is left are attempts that see again what they saw.
    var onlyRepeatsAttempts: Bool {
        guard instance.queue.requests.count == arrivals.count, stopAt == .never else { return false }
        let work = min(stage.due, min(answers.due, min(exitDue, attempt.due)))
        return work == .never && others.allSatisfy { $0.attempt.due == .never } && instance.onlyRepeatsAttempts
    }
}

extension InstancePlan {
    /// The probes that all have to pass for the instance to get traffic.
    var gates: ProbeKinds {
        var gates = hasStartupProbe ? ProbeKinds(.startup) : []
        if readiness != nil, !profile.isReadyOnceStarted { gates.formUnion(ProbeKinds(.readiness)) }
        return gates
    }
}
