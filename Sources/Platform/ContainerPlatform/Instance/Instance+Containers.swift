/// How probes beside the startup probe of Cloud Run decide about a container, and how a container is restarted.
extension Instance {
    /// Does what follows from a step of a worker.
    mutating func follow(
        _ step: ProbeWorker.Step,
        of kind: ProbeKind,
        at moment: Duration,
        _ actions: inout some InstanceActions
    ) {
        switch step {
        case .nothing:
            break
        case .startAttempt(let number, let deadline):
            actions.take(.startAttempt(of: kind, number: number, deadline: deadline))
        case .attemptEnded(let attempt, let inRow, let decided):
            // A timeout is the worker's word, not the driver's: its attempt goes on until it is dropped.
            if attempt.saw == .deadlineExceeded { actions.take(.abandonAttempt(of: kind)) }
            log.record(.attempt(attempt), at: moment)
            guard let decided else { return }
            found(decided == .success, by: kind, inRow: inRow, attempt, at: moment, &actions)
        }
    }

    /// A container runs: its probes begin, and without a startup probe it counts as started at once.
    mutating func containerStarted(at moment: Duration, _ actions: inout some InstanceActions) {
        workers.containerStarted(at: moment)
        if !workers.hasStartup { containerIsStarted(at: moment, &actions) }
    }

    /// The container counts as started: liveness and readiness begin, and traffic where nothing else decides about it.
    mutating func containerIsStarted(at moment: Duration, _ actions: inout some InstanceActions) {
        phase = .serving
        cpu.instanceStarted(at: moment)
        workers.containerIsStarted(at: moment)
        if rules.isReadyOnceStarted || !workers.hasReadiness { becomeReady(at: moment, &actions) }
    }

    /// The life of the container is over: what it had is cut, and the next one is due where there is to be one.
    mutating func containerEnded(
        _ exit: ProcessExit,
        at moment: Duration,
        _ actions: inout some InstanceActions
    ) {
        workers.containerEnded(&actions)
        start.decide(.exited(at: moment, exit))
        loseTraffic(at: moment)
        queue.endDelivered(at: moment, &log, &actions)
        guard let next = lives.ended(at: moment, exit, start, attempts: startupAttempts) else { return }
        phase = .waiting
        if next > moment { log.record(.backsOff(until: next), at: moment) }
    }

    /// Starts the container again.
    mutating func restart(at moment: Duration, _ actions: inout some InstanceActions) {
        lives.begin(at: moment)
        shutdown = Shutdown(grace: rules.grace)
        start = InstanceStart(start.probe.configuration, delays: .unprobed)
        service.restarts(at: moment, &log)
        phase = .starting
        log.record(.containerStarted(life: lives.number), at: moment)
        actions.take(.startContainer(number: lives.number))
        actions.take(.setCPU(millicores: cpu.millicores))
        containerStarted(at: moment, &actions)
    }

    /// The platform's patience ends: first it says so, then it takes the instance away unless that has become ready.
    mutating func reachDeadline(at moment: Duration, _ actions: inout some InstanceActions) {
        let isSecond = lives.isGivenUp
        lives.reachDeadline(at: moment, scaleDownAfter: rules.scaleDownWait)
        guard isSecond else {
            log.record(.progressDeadlineExceeded, at: moment)
            start.decide(.givenUp(at: moment))
            return
        }
        takeAway(&actions)
        let refusal = RequestOutcome.refusedByPlatform(status: 503, text: PlatformLog.notReady)
        queue.endQueued(refusal, at: moment, &log, &actions)
        if phase == .starting || phase == .serving || phase == .waiting { beginStop(at: moment, &actions) }
    }

    /// No life of the container is wanted any more.
    mutating func takeAway(_ actions: inout some InstanceActions) {
        lives.stop()
        workers.containerEnded(&actions)
    }

    /// Says what becomes of a request that the instance does not take now.
    mutating func refuse(
        _ index: Int,
        _ traffic: UnreadyTraffic,
        at moment: Duration,
        _ actions: inout some InstanceActions
    ) {
        switch traffic {
        case .waits: break
        case .elsewhere: queue.end(index, .elsewhere, at: moment, &log, &actions)
        case .refused:
            queue.end(
                index,
                .refusedByPlatform(status: 503, text: PlatformLog.notReady),
                at: moment,
                &log,
                &actions
            )
        }
    }

    /// A probe has found something new.
    private mutating func found(
        _ isSuccess: Bool,
        by kind: ProbeKind,
        inRow: Int,
        _ last: ProbeAttempt,
        at moment: Duration,
        _ actions: inout some InstanceActions
    ) {
        if kind != .startup {
            log.record(.probeFound(kind, isSuccess: isSuccess, inRow: inRow, saw: last.saw), at: moment)
        }
        switch (kind, isSuccess) {
        case (.startup, true):
            log.record(.probeSucceeded(attempts: last.number), at: moment)
            containerIsStarted(at: moment, &actions)
        case (.startup, false):
            log.record(.probeFailed(failures: inRow, saw: last.saw), at: moment)
            start.decide(.killed(at: moment, failures: inRow))
            endContainer(because: .startup, at: moment, &actions)
        case (.liveness, false):
            endContainer(because: .liveness, at: moment, &actions)
        case (.liveness, true):
            break
        case (.readiness, true):
            becomeReady(at: moment, &actions)
        case (.readiness, false):
            loseTraffic(at: moment)
        }
    }

    private mutating func becomeReady(at moment: Duration, _ actions: inout some InstanceActions) {
        guard phase == .serving, !isReady else { return }
        isReady = true
        lives.becameReady()
        if !workers.isEmpty { log.record(.traffic(isGiven: true), at: moment) }
        start.passes(at: moment)
        start.decide(.ready(at: moment))
        service.instanceStarted(at: moment)
        deliver(&actions)
    }

    private mutating func loseTraffic(at moment: Duration) {
        guard isReady else { return }
        isReady = false
        log.record(.traffic(isGiven: false), at: moment)
    }

    /// Ends a container whose probe has failed.
    private mutating func endContainer(
        because kind: ProbeKind,
        at moment: Duration,
        _ actions: inout some InstanceActions
    ) {
        guard phase == .starting || phase == .serving else { return }
        lives.failedProbe = kind
        phase = .stopping
        service.gap.close(at: moment)
        if kind == .liveness, rules.livenessKillsAtOnce {
            shutdown.kill(at: moment, &log, &actions)
        } else {
            shutdown.terminate(after: rules.grace(after: kind), at: moment, &log, &actions)
        }
    }
}
