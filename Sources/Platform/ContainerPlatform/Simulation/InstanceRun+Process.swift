/// Changes of the process, and its end.
extension InstanceRun {
    /// Takes notice of whatever the process has become and lets everybody react.
    mutating func processChanged() {
        observeProcess()
        guard exited == nil else { return }
        beginStage()
        reconsiderAttempt()
        admitWaiting()
        deliverQueued()
        allocateCPU()
    }

    /// Compares the process with what is known of it and records the differences.
    mutating func observeProcess() {
        guard exited == nil else { return }
        if let exit = process.exit {
            return processExited(exit)
        }
        let port = process.listeningPort
        if port != knownPort {
            if let port {
                record(.listening(port: port))
                if summary.listening == nil { summary.listening = now }
            } else {
                record(.stoppedListening)
            }
            knownPort = port
        }
        let health = process.health
        if health != knownHealth {
            record(.health(health))
            if health.level >= .basic, summary.readyBasic == nil { summary.readyBasic = now }
            if health.level == .full, summary.readyFull == nil { summary.readyFull = now }
            if phase == .serving { trackGap(health) }
            knownHealth = health
        }
        if phase == .starting, summary.probeCouldPass == nil, wouldPass { summary.probeCouldPass = now }
    }

    private mutating func trackGap(_ health: ServiceHealth) {
        if health.recommends {
            closeGap()
        } else if gapSince == nil {
            gapSince = now
        }
    }

    private mutating func closeGap() {
        if let since = gapSince { summary.truthGap += now - since }
        gapSince = nil
    }

    /// The process has ended by itself.
    private mutating func processExited(_ exit: ProcessExit) {
        if phase == .starting {
            leave(exit)
            exitNoticeDue = now + exitNotice
        } else {
            end(exit)
        }
    }

    /// Gives up the instance: SIGTERM, and SIGKILL after the grace.
    mutating func beginStop() {
        closeGap()
        stopDue = .never
        guard exited == nil else {
            phase = .ended
            return allocateCPU()
        }
        phase = .stopping
        allocateCPU()
        record(.signal(15))
        killDue = now + plan.profile.terminationGrace
        if case .exits(let after, let exit) = process.terminate(at: now) {
            pendingExit = exit
            exitDue = now + max(after, .zero)
        }
    }

    /// The owner's configuration no longer wants the instance.
    mutating func stopReached() {
        stopDue = .never
        guard phase == .starting || phase == .serving else { return }
        record(.stopRequested)
        if phase == .starting {
            summary.outcome = .stopped(at: now)
            probeDue = .never
            attemptDue = .never
            exitNoticeDue = .never
        }
        sendQueuedElsewhere()
        beginStop()
    }

    /// The process is gone, by itself or by a signal.
    mutating func end(_ exit: ProcessExit) {
        leave(exit)
        phase = .ended
        cutOpen()
        allocateCPU()
        exitDue = .never
        killDue = .never
        stopDue = .never
        boostDue = .never
    }

    private mutating func leave(_ exit: ProcessExit) {
        exited = exit
        record(.exited(exit))
        dropStage()
        closeGap()
        reconsiderAttempt()
    }
}
