import Domain

extension InstanceSimulation {
    /// Computes how much slower the stages could have been for the start to survive, or how much too slow they were.
    ///
    /// The factor is found by simulating again and again: doubling, then halving the interval down to a thousandth. That
    /// presumes that a slower load never helps. Requests and a stop by the owner are left out. The seed is that of the
    /// run in question, so that the delays drawn are the same.
    /// - Complexity: About 25 simulated starts.
    package func killMargin(seed: UInt64) -> KillMargin {
        var generator = SplitMix64(seed: seed)
        let jitter = generator.next(in: plan.profile.firstAttemptJitter)
        let exitNotice = generator.next(in: plan.profile.exitNotice)
        var question = plan
        question.requests = []
        question.stopAt = nil

        func start(scale: Int64, probed: Bool) -> StartupSummary {
            var run = InstanceRun(plan: question, process: process, jitter: jitter, exitNotice: exitNotice)
            run.stageScale = scale
            run.isProbed = probed
            run.endsAtDecision = true
            return run.complete().summary
        }

        let spare = start(scale: 1000, probed: false).probeCouldPass.map { lastChance(jitter: jitter) - $0 }
        let most = Int64(KillMargin.largestFactor * 1000)
        var survives: Int64
        var dies: Int64
        if start(scale: 1000, probed: true).isReady {
            (survives, dies) = (1000, 2000)
            while dies <= most, start(scale: dies, probed: true).isReady {
                (survives, dies) = (dies, dies * 2)
            }
            if dies > most {
                guard !start(scale: most, probed: true).isReady else {
                    return KillMargin(factor: KillMargin.largestFactor, isUnbounded: true, spare: spare)
                }
                dies = most
            }
        } else {
            guard start(scale: 0, probed: true).isReady else {
                return KillMargin(factor: nil, isUnbounded: false, spare: spare)
            }
            (survives, dies) = (0, 1000)
        }
        while dies - survives > 1 {
            let middle = (survives + dies) / 2
            if start(scale: middle, probed: true).isReady { survives = middle } else { dies = middle }
        }
        return KillMargin(factor: Double(survives) / 1000, isUnbounded: false, spare: spare)
    }

    /// The last moment at which readiness would still be seen, under the delays that a seed draws.
    package func lastChance(seed: UInt64) -> Duration {
        lastChance(jitter: drawnDelays(seed: seed).firstAttempt)
    }

    /// The last moment at which readiness would still be seen.
    private func lastChance(jitter: Duration) -> Duration {
        switch plan.probe.handler {
        case .tcp:
            StartupProbe.lastDeadline(plan.probe, jitter: jitter) - plan.profile.connectionNotice
        case .http:
            plan.probe.lastAttempt + jitter
        }
    }
}
