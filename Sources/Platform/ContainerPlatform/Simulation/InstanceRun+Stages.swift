/// Background stages and the CPU they get.
extension InstanceRun {
    /// Asks the process for its next stage and starts it.
    mutating func beginStage() {
        guard stage == nil, exited == nil, phase != .ended, let work = process.currentWork else { return }
        stage = RunningStage(work: work, began: now, step: .delay)
        record(.stageStarted(work.name))
        workLeft = scaled(work.cpu) * 1000
        if work.delay <= .zero {
            stage?.step = .work
        }
        workSettled = now
        scheduleStage()
    }

    /// Handles the moment at which the stage's delay, its work or its patience ends.
    mutating func stageReached() {
        guard let current = stage else { return }
        if let failsAt = current.work.failsAt, failsAt <= now {
            return endStage(failed: true)
        }
        switch current.step {
        case .delay:
            stage?.step = .work
            workSettled = now
            scheduleStage()
        case .work:
            settleWork()
            switch current.work.fate {
            case .finishes:
                endStage(failed: false)
            case .fails:
                endStage(failed: true)
            case .hangs:
                stage?.step = .hung
                record(.stageHung(current.work.name))
                scheduleStage()
            }
        case .hung:
            break
        }
    }

    private mutating func endStage(failed: Bool) {
        guard let current = stage else { return }
        settleWork()
        stage = nil
        stageDue = .never
        if failed {
            record(.stageFailed(current.work.name, elapsed: now - current.began))
        } else {
            record(.stageFinished(current.work.name, elapsed: now - current.began))
        }
        process.workEnded(failed: failed, at: now)
        processChanged()
    }

    /// Abandons the stage, as its process has ended.
    mutating func dropStage() {
        settleWork()
        stage = nil
        stageDue = .never
    }

    /// Accounts for the work done since the last time.
    mutating func settleWork() {
        guard case .work? = stage?.step else { return }
        let done = min((now - workSettled).nanosecondCount * workRate, workLeft)
        workLeft -= done
        workUsed += done
        workSettled = now
    }

    /// Computes when the stage is next due.
    mutating func scheduleStage() {
        guard let current = stage else {
            stageDue = .never
            return
        }
        switch current.step {
        case .delay:
            stageDue = current.began + .nanoseconds(scaled(current.work.delay))
        case .work:
            workRate = Int64(min(millicores, max(current.work.threads, 1) * 1000))
            if workLeft == 0 {
                stageDue = now
            } else if workRate == 0 {
                stageDue = .never
            } else {
                stageDue = workSettled + .nanoseconds((workLeft + workRate - 1) / workRate)
            }
        case .hung:
            stageDue = .never
        }
        if let failsAt = current.work.failsAt, failsAt < stageDue {
            stageDue = max(failsAt, now)
        }
    }

    /// Sets the CPU that the instance has now and lets the stage go on at the rate that follows.
    mutating func allocateCPU() {
        let allocated: Int
        switch phase {
        case .starting, .stopping:
            allocated = now < boostEnds ? plan.cpu.startupMillicores : plan.cpu.limitMillicores
        case .serving where now < boostEnds:
            allocated = plan.cpu.startupMillicores
        case .serving where inFlight > 0 || plan.cpu.billing == .instanceBased:
            allocated = plan.cpu.limitMillicores
        case .serving, .ended:
            allocated = 0
        }
        guard allocated != millicores else { return }
        settleWork()
        millicores = allocated
        if allocated == 0 {
            record(.cpuWithdrawn)
        } else {
            record(.cpuAllocated(millicores: allocated))
        }
        if stage != nil { scheduleStage() }
    }

    /// A duration in nanoseconds under the scale, at most about eleven days so that products with it fit.
    private func scaled(_ duration: Duration) -> Int64 {
        let most: Int64 = 1_000_000_000_000_000
        let plain = min(max(duration.nanosecondCount, 0), most)
        guard stageScale != 1000 else { return plain }
        return min(plain / 1000 * stageScale + plain % 1000 * stageScale / 1000, most)
    }
}
