import ContainerPlatform
import Observations
import Scenarios

#if canImport(Glibc)
import Glibc
#elseif canImport(Musl)
import Musl
#elseif canImport(Darwin)
import Darwin
#endif

/// The process, its sockets, and what other tasks say.
extension ProcessDriver {
    /// Takes what other tasks have said.
    func takeMessages() {
        for message in setup.mailbox.take() {
            switch message {
            case .rows(let question, let rows): take(rows, of: question)
            case .rated: arrivals.rated()
            case .boundaryReached(let fault, let evidence): kill(for: fault, because: evidence)
            case .failed(let error): failure = failure ?? error
            case .cancelled: failure = failure ?? CancellationError()
            }
        }
    }

    /// Reads what the service has written.
    func readLog() {
        for line in log.read(process, at: now) {
            instance.note(line.event, at: now)
            if let stage = line.finished { faults.stageFinished(stage, at: now) }
        }
    }

    /// Tells the instance what the service has shown of itself.
    func pollHealth() {
        let seen = health.advance(clock)
        if !seen.isEmpty { refresh() }
        for sighting in seen {
            switch sighting {
            case .listening(let isListening):
                tell(.listening(port: isListening ? setup.plan.platform.profile.containerPort : nil))
            case .probeCouldPass:
                tell(.probeCouldPass)
            case .health(let health):
                if health.isFinal { end.noteMemory(of: process) }
                tell(.healthSeen(health))
            }
        }
    }

    /// Asks the service for its health where it is time.
    func askHealth() {
        guard instance.exit == nil, instance.phase != .stopping, !cpu.isStopped, faults.stoppedUntil == nil else {
            return health.pause()
        }
        if health.ask(at: now, isStarting: instance.phase == .starting) { pollHealth() }
    }

    /// Goes on with the attempts of the probes, and tells the instance what they saw.
    func advanceAttempts() {
        while let (kind, saw) = probes.advance(at: now) {
            refresh()
            tell(.attemptEnded(saw, of: kind))
        }
    }

    /// Takes notice of the end of the process.
    func noticeExit() {
        guard instance.exit == nil, let exit = process.exit else { return }
        refresh()
        readLog()
        // What it answered before its end is an answer.
        advanceRequests()
        health.pause()
        end.termination.exited(exit, at: now)
        if setup.plan.platform.watch == nil { faults.processEnded() } else { faults.processRestarts() }
        cpu.processEnded()
        tell(.processExited(exit))
    }

    /// Finds out where a service listens that was never found listening.
    func lookForSockets() {
        guard instance.summary.listening == nil, instance.exit == nil else { return }
        if let explanation = end.lookForSockets(of: process) { log.note(explanation, at: now) }
    }

    /// Lets faults of the process strike whose moments have come, and ends those whose time is over.
    func reachFaults() {
        guard instance.exit == nil else { return }
        if let resumed = faults.resume(process, isWithdrawn: cpu.isWithdrawn, at: now) {
            log.note(resumed, at: now)
            health.due = now
        }
        while let strike = faults.strike(process, at: now, speed: setup.speed) {
            log.note(strike.logged, at: now)
            if strike.hasStruck { ledger.record(strike.fault, strike.evidence) }
        }
    }

    /// Lets a fault strike that waits for something outside the process.
    private func kill(for fault: Int, because evidence: String) {
        guard instance.exit == nil else { return }
        process.signal(SIGKILL)
        ledger.record(fault, "\(evidence); \(process.endAfterKill())")
    }
}
