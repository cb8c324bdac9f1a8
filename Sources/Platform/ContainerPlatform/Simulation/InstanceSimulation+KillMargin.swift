import Domain

extension InstanceSimulation {
    /// Computes how much slower the stages could have been for the start to survive, or how much too slow they were.
    ///
    /// The factor is found by simulating again and again: doubling, then halving the interval down to a thousandth. That
    /// presumes that a slower load never helps. Requests and a stop by the owner are left out. The seed is that of the
    /// run in question, so that the delays drawn are the same.
    /// - Complexity: About 25 simulated starts.
    /// - Returns: The margin of the startup probe, in the first life of a container; without one nothing is known.
    package func killMargin(seed: UInt64) -> KillMargin {
        guard plan.hasStartupProbe else { return KillMargin(factor: nil, isUnbounded: false, spare: nil) }
        let delays = drawnDelays(seed: seed)
        var question = plan
        question.requests = []
        question.stopAt = nil
        question.liveness = nil
        question.readiness = nil

        func isReady(scale: Int64) -> Bool {
            var driver = SimulationDriver(plan: question, delays: delays, stageScale: scale)
            var process = process
            driver.run(&process, until: .decided)
            return driver.instance.phase == .serving
        }

        let spare = timeToPass(of: question).map { lastChance(delays) - $0 }
        let most = Int64(KillMargin.largestFactor * 1000)
        var survives: Int64
        var dies: Int64
        if isReady(scale: 1000) {
            (survives, dies) = (1000, 2000)
            while dies <= most, isReady(scale: dies) {
                (survives, dies) = (dies, dies * 2)
            }
            if dies > most {
                guard !isReady(scale: most) else {
                    return KillMargin(factor: KillMargin.largestFactor, isUnbounded: true, spare: spare)
                }
                dies = most
            }
        } else {
            guard isReady(scale: 0) else {
                return KillMargin(factor: nil, isUnbounded: false, spare: spare)
            }
            (survives, dies) = (0, 1000)
        }
        while dies - survives > 1 {
            let middle = (survives + dies) / 2
            if isReady(scale: middle) { survives = middle } else { dies = middle }
        }
        return KillMargin(factor: Double(survives) / 1000, isUnbounded: false, spare: spare)
    }

    /// The moment at which an attempt would first succeed if the start were never given up.
    private func timeToPass(of plan: InstancePlan) -> Duration? {
        var unprobed = plan
        unprobed.profile.kubelet = nil
        var driver = SimulationDriver(plan: unprobed, delays: .unprobed)
        var process = process
        driver.run(&process, until: .couldPass)
        return driver.instance.probeCouldPass
    }

    /// The last moment at which readiness would still be seen, under the delays that a seed draws.
    package func lastChance(seed: UInt64) -> Duration {
        lastChance(drawnDelays(seed: seed))
    }

    /// The last moment at which readiness would still be seen, in the first life of a container.
    ///
    /// A port that opens while a kubelet's health check of gRPC dials again is seen later still; that is left out.
    private func lastChance(_ delays: PlatformDelays) -> Duration {
        guard plan.profile.kubelet == nil else {
            var workers = ContainerWorkers(
                ContainerProbes(startup: plan.probe),
                profile: plan.profile,
                seed: delays.workerSeed
            )
            workers.containerStarted(at: .zero)
            return workers.nextWakeUp + plan.probe.lastAttempt - plan.probe.initialDelay
        }
        let jitter = delays.firstAttempt
        return switch plan.probe.handler {
        case .tcp:
            StartupProbe.lastDeadline(plan.probe, jitter: jitter) - plan.profile.connectionNotice
        case .http, .grpc:
            plan.probe.lastAttempt + jitter
        }
    }
}
