/// The end: of the process by itself, by the platform, by its owner.
extension Instance {
    /// The process is gone; while it starts the platform notices that only some time later.
    mutating func processExited(_ exit: ProcessExit, at moment: Duration, _ actions: inout some InstanceActions) {
        guard self.exit == nil else { return }
        if isAttempting { actions.take(.abandonAttempt) }
        shutdown.exited(exit, at: moment, &log)
        service.gap.close(at: moment)
        guard phase != .starting else {
            exitNoticeDue = moment + exitNotice
            return
        }
        phase = .ended
        queue.endOpen(at: moment, &log, &actions)
        cpu.forgetBoost()
        actions.take(.instanceEnded)
        allocateCPU(at: moment, &actions)
    }

    /// The owner's configuration no longer wants the instance.
    mutating func stopRequested(at moment: Duration, _ actions: inout some InstanceActions) {
        guard phase == .starting || phase == .serving else { return }
        log.record(.stopRequested, at: moment)
        if phase == .starting {
            outcome = .stopped(at: moment)
            if isAttempting { actions.take(.abandonAttempt) }
        }
        queue.endQueued(.elsewhere, at: moment, &log, &actions)
        beginStop(at: moment, &actions)
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
