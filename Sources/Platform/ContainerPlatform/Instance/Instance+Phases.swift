/// How the instance goes from one phase to the next, and what its requests get by its phase.
extension Instance {
    /// Hands an event to the start and does what follows where that decides it.
    mutating func advanceStart(
        _ event: StartupProbe.Event,
        at moment: Duration,
        _ actions: inout some InstanceActions
    ) {
        guard phase == .starting else { return }
        switch start.advance(event, exit: exit, at: moment, &log, &actions) {
        case .succeeded:
            containerIsStarted(at: moment, &actions)
        case .failed:
            let refusal = RequestOutcome.refusedByPlatform(status: 503, text: PlatformLog.readinessCheckFailed)
            queue.endQueued(refusal, at: moment, &log, &actions)
            beginStop(at: moment, &actions)
        case nil:
            break
        }
    }

    /// Takes a request into the queue, or says at once that this instance does not serve it.
    mutating func requestArrived(
        _ index: Int,
        planned: Duration,
        at moment: Duration,
        _ actions: inout some InstanceActions
    ) {
        queue.arrived(index, planned: planned, at: moment, &log)
        switch phase {
        case .starting, .waiting:
            refuse(index, rules.whileStarting, at: moment, &actions)
        case .serving where isReady:
            deliver(&actions)
        case .serving:
            refuse(index, rules.whileUnready, at: moment, &actions)
        case .stopping where lives.areRestarted:
            refuse(index, rules.whileUnready, at: moment, &actions)
        case .stopping, .ended:
            let refusal =
                !rules.hasKubelet
                ? RequestOutcome.refusedByPlatform(status: 500, text: PlatformLog.couldNotStart)
                : .refusedByPlatform(status: 503, text: PlatformLog.notReady)
            queue.end(index, start.hasFailed ? refusal : .elsewhere, at: moment, &log, &actions)
        }
    }

    /// Gives a request its outcome and its place to the next one.
    mutating func endRequest(
        _ index: Int,
        _ outcome: RequestOutcome,
        at moment: Duration,
        _ actions: inout some InstanceActions
    ) {
        queue.end(index, outcome, at: moment, &log, &actions)
        deliver(&actions)
    }

    /// Delivers queued requests where the instance takes any.
    mutating func deliver(_ actions: inout some InstanceActions) {
        if phase == .serving, isReady { queue.deliver(&actions) }
    }

    /// The owner's configuration no longer wants the instance.
    mutating func stopRequested(at moment: Duration, _ actions: inout some InstanceActions) {
        guard phase == .starting || phase == .serving || phase == .waiting else { return }
        log.record(.stopRequested, at: moment)
        if phase == .starting { start.stop(at: moment, &actions) }
        takeAway(&actions)
        queue.endQueued(.elsewhere, at: moment, &log, &actions)
        beginStop(at: moment, &actions)
    }

    /// The process is gone; while it starts the platform notices that only some time later.
    mutating func processExited(_ exit: ProcessExit, at moment: Duration, _ actions: inout some InstanceActions) {
        guard self.exit == nil else { return }
        shutdown.exited(exit, at: moment, &log)
        service.gap.close(at: moment)
        guard !lives.areRestarted else { return containerEnded(exit, at: moment, &actions) }
        workers.containerEnded(&actions)
        guard phase != .starting else { return start.processExited(at: moment, &actions) }
        phase = .ended
        queue.endOpen(at: moment, &log, &actions)
        cpu.forgetBoost()
        actions.take(.instanceEnded)
        allocateCPU(at: moment, &actions)
    }

    /// Gives the instance up: SIGTERM, and SIGKILL after the grace.
    mutating func beginStop(at moment: Duration, _ actions: inout some InstanceActions) {
        service.gap.close(at: moment)
        phase = exit == nil ? .stopping : .ended
        allocateCPU(at: moment, &actions)
        if phase == .stopping {
            shutdown.terminate(at: moment, &log, &actions)
        } else {
            actions.take(.instanceEnded)
        }
    }
}
