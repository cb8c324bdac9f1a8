/// The probe's attempts and what follows from them.
extension InstanceRun {
    /// The port that the probe asks.
    private var probedPort: Int { plan.probe.handler.port ?? plan.profile.containerPort }

    /// Hands an event to the probe and does what it says.
    mutating func advanceProbe(_ event: StartupProbe.Event) {
        let action = probe.handle(event, at: now)
        probeDue = probe.nextWakeUp ?? .never
        switch action {
        case .startAttempt:
            beginAttempt()
        case .attemptFailed(let attempt):
            attemptDue = .never
            record(.attempt(attempt))
        case .instanceStarted(let attempt):
            attemptDue = .never
            record(.attempt(attempt))
            instanceStarted()
        case .instanceFailed(let failures, let last):
            attemptDue = .never
            if let last { record(.attempt(last)) }
            record(.probeFailed(failures: failures, saw: last?.saw))
            if let exited {
                summary.outcome = .exited(at: now, exited)
            } else {
                summary.outcome = .killed(at: now, failures: failures)
            }
            startFailed = true
            refuseQueued(status: 503, text: PlatformLog.readinessCheckFailed)
            beginStop()
        case nil:
            break
        }
    }

    private mutating func beginAttempt() {
        switch plan.probe.handler {
        case .tcp:
            connectIfListening()
        case .http(let path, _):
            guard process.listeningPort == probedPort, exited == nil else {
                return advanceProbe(.attemptEnded(.refused))
            }
            answerIfPossible(path)
        }
    }

    private mutating func connectIfListening() {
        guard process.listeningPort == probedPort, exited == nil else { return }
        attemptResult = .connected
        attemptDue = now + plan.profile.connectionNotice
    }

    private mutating func answerIfPossible(_ path: String) {
        guard case .status(let code) = process.answer(toProbe: path) else { return }
        attemptResult = .status(code)
        attemptDue = now + plan.profile.answerDelay
    }

    /// Lets an attempt under way see what the process has become.
    mutating func reconsiderAttempt() {
        guard probe.isAttempting else { return }
        if exited != nil {
            attemptDue = .never
        } else if attemptDue == .never {
            switch plan.probe.handler {
            case .tcp: connectIfListening()
            case .http(let path, _): answerIfPossible(path)
            }
        }
    }

    /// Whether an attempt that began now would succeed.
    var wouldPass: Bool {
        guard exited == nil, process.listeningPort == probedPort else { return false }
        switch plan.probe.handler {
        case .tcp:
            return true
        case .http(let path, _):
            guard case .status(let code) = process.answer(toProbe: path) else { return false }
            return ProbeSighting.status(code).isSuccess
        }
    }

    private mutating func instanceStarted() {
        record(.probeSucceeded(attempts: probe.attempts))
        summary.outcome = .ready(at: now)
        phase = .serving
        if plan.cpu.startupBoost {
            boostEnds = now + plan.profile.boostTail
            boostDue = boostEnds
        } else {
            boostEnds = now
        }
        if process.health.recommends == false { gapSince = now }
        deliverQueued()
        allocateCPU()
    }
}
