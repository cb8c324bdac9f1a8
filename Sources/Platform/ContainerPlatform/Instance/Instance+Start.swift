/// The start: the probe's attempts and what follows from them.
extension Instance {
    /// Hands an event to the probe and does what it says.
    mutating func advanceProbe(
        _ event: StartupProbe.Event,
        at moment: Duration,
        _ actions: inout some InstanceActions
    ) {
        guard phase == .starting else { return }
        let wasAttempting = probe.isAttempting
        let action = probe.handle(event, at: moment)
        if wasAttempting, !probe.isAttempting, event == .timeReached { actions.take(.abandonAttempt) }
        switch action {
        case .startAttempt(let number, let deadline):
            actions.take(.startAttempt(number: number, deadline: deadline))
        case .attemptFailed(let attempt):
            log.record(.attempt(attempt), at: moment)
        case .instanceStarted(let attempt):
            log.record(.attempt(attempt), at: moment)
            instanceStarted(at: moment, &actions)
        case .instanceFailed(let failures, let last):
            if let last { log.record(.attempt(last), at: moment) }
            log.record(.probeFailed(failures: failures, saw: last?.saw), at: moment)
            startFailed(after: failures, at: moment, &actions)
        case nil:
            break
        }
    }

    /// Takes requests from now on.
    private mutating func instanceStarted(at moment: Duration, _ actions: inout some InstanceActions) {
        log.record(.probeSucceeded(attempts: probe.attempts), at: moment)
        outcome = .ready(at: moment)
        if probeCouldPass == nil { probeCouldPass = moment }
        phase = .serving
        cpu.instanceStarted(at: moment)
        service.instanceStarted(at: moment)
        deliver(&actions)
    }

    /// Gives the instance up, as its start has failed.
    private mutating func startFailed(after failures: Int, at moment: Duration, _ actions: inout some InstanceActions) {
        if let exit {
            outcome = .exited(at: moment, exit)
        } else {
            outcome = .killed(at: moment, failures: failures)
        }
        queue.endQueued(
            .refusedByPlatform(status: 503, text: PlatformLog.readinessCheckFailed),
            at: moment,
            &log,
            &actions
        )
        beginStop(at: moment, &actions)
    }
}
