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

/// When a run is over, and what came of it.
extension ProcessDriver {
    /// The earliest moment at which something is due.
    var earliest: Duration {
        var next = min(instance.nextWakeUp, probes.due, health.nextMoment, cpu.throttleDue)
        next = min(next, faults.due(after: now), arrivals.due)
        if let watch = setup.plan.platform.watch, watch > now { next = min(next, watch) }
        return settledBy > now ? min(next, settledBy) : next
    }

    /// The moment from which nothing more is waited for.
    var settledBy: Duration { max(setup.settledBy, faults.lastMoment) }

    /// Whether nothing can happen before the next moment of the plan but what the harness does itself.
    ///
    /// That is so once the process is gone. At a higher speed than the real one it also holds while the whole group is
    /// stopped because no request is in flight.
    var nothingRealIsPending: Bool {
        guard rows.isIdle, !arrivals.isRating, probes.exchanges.isEmpty, earliest < .never else { return false }
        if instance.phase == .ended || instance.phase == .waiting { return true }
        return cpu.isWithdrawn && setup.speed > 1 && faults.stoppedUntil == nil
    }

    /// Whether nothing that is asked or expected is outstanding.
    var isFinished: Bool {
        guard rows.closed == setup.plan.requests.count, rows.isIdle, arrivals.outstandingRatings == 0 else {
            return false
        }
        switch instance.phase {
        case .starting, .stopping, .waiting: return isWatchOver
        case .ended: return true
        case .serving: break
        }
        // A probe that has not seen the same often enough may still end the container, or take its traffic away.
        if !instance.workerKinds.isEmpty, !instance.onlyRepeatsAttempts, now < settledBy { return isWatchOver }
        if faults.arePending, now < settledBy { return false }
        return health.isFinal || cpu.isWithdrawn || now >= settledBy
    }

    /// Whether a container that is restarted has been watched for long enough.
    private var isWatchOver: Bool { setup.plan.platform.watch.map { now >= $0 } ?? false }

    /// Ends the process as a platform ends an instance that is no longer needed.
    func shutDown() {
        instance.finish(at: now)
        guard instance.exit == nil else { return readLog() }
        health.pause()
        if !health.isFinal, !setup.awaited.awaitsLastWord {
            log.note("the run ends while the service loads: nothing that is asked or expected waits for it", at: now)
        }
        lookForSockets()
        end.noteMemory(of: process)
        end.termination.sent(at: clock.now)
        process.signal(SIGTERM)
        process.signal(SIGCONT)
        log.note("SIGTERM to the group of process \(process.id)", at: clock.now)
        let deadline = ContinuousClock.now + TerminationWatch.patience(setup.plan, speed: setup.speed)
        while process.exit == nil, ContinuousClock.now < deadline {
            usleep(1000)
            // A service that waits for its log to be read would never end.
            readLog()
        }
        if let exit = process.exit {
            end.termination.exited(exit, at: clock.now)
        } else {
            end.termination.killed(at: clock.now)
            log.note("SIGKILL: it has not ended by itself", at: clock.now)
        }
        process.signal(SIGKILL)
        readLog()
    }

    /// What came of the run.
    func result() -> Result {
        let summary = instance.summary
        return Result(
            summary: summary,
            timeline: instance.timeline,
            answers: setup.plan.requests.indices.map(answer),
            finalHealth: instance.health?.status,
            log: log.excerpt(around: summary.troubleMoment),
            process: ProcessObservation(
                lateness: lateness.finish(),
                termination: end.termination.seen,
                misplaced: end.misplaced,
                peakMemory: end.memoryOfStarts,
                errorLines: log.errorLines
            )
        )
    }
}

extension ProcessDriver.Setup {
    /// How much later than the simulation a service may say its last word, in real time, where it has one to say.
    ///
    /// Waiting costs nothing where it comes, and being late is for the checks to judge.
    private static let patience = Duration.seconds(5)

    /// The moment from which nothing more is waited for.
    var settledBy: Duration {
        awaited.simulated + (awaited.hasLastWord ? Self.patience * speed : RealClock(speed: speed).allowance)
    }
}

extension StartupSummary {
    /// The moment around which a log is worth quoting: that of a failed start, or the end.
    var troubleMoment: Duration {
        switch outcome {
        case .killed(let at, _), .exited(let at, _), .stopped(let at), .givenUp(let at): at
        case .ready, .undecided: ended
        }
    }
}
