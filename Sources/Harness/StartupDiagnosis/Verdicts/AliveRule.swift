extension VerdictRule {
    /// Nothing died, and something shows that it lives.
    static let alive: VerdictRule = VerdictRule(name: "lives") { subject in
        func alive(_ certainty: Certainty, _ cause: String, _ evidence: [Evidence]) -> Verdict {
            Verdict(word: .noDeath, certainty: certainty, cause: cause, evidence: evidence)
        }
        if let passed = subject.record[.startupPassed]?.last {
            if let stopping = subject.record[.programStopping]?.last, subject.isBefore(passed, stopping) == true {
                return stoppedInOrder(stopping, after: passed, subject)
            }
            let cause = "its startup probe passed, and nothing in the input ended it"
            return alive(.likely, cause, subject.evidence(passed))
        }
        if let running = subject.record[.running]?.last {
            return alive(.likely, "it is running and ready", subject.evidence(running))
        }
        if let passed = subject.record[.livenessPassed]?.last {
            let cause = "its liveness probe passed, and nothing in the input ended it"
            return alive(.likely, cause, subject.evidence(passed))
        }
        if let succeeded = subject[.succeeded]?.last {
            return alive(.certain, "it finished as it should", subject.evidence(succeeded))
        }
        if subject.record.requests.lastAnswered != nil {
            return alive(.likely, "it answers requests, and nothing in the input ended it", [])
        }
        if let missed =
            (subject.record[.startupMissed] ?? subject.record[.readinessMissed]
            ?? subject.record[.livenessMissed])?
            .last
        {
            var verdict = alive(
                .likely,
                "its probe was missed below its threshold, which ends nothing",
                subject.evidence(missed, atFirstOf: missed.kind == .startupMissed ? portPieces(missed) : [])
            )
            verdict.evidence += subject.evidence(subject.record[.containerNamed]?.last)
            if missed.kind == .readinessMissed {
                verdict.cause = "its readiness probe was missed, which takes traffic away and ends nothing"
            }
            verdict.decide = ["whether it became ready afterwards: kubectl get pod"]
            return verdict
        }
        if let probe = subject.record[.aggressiveProbe] {
            return alive(
                subject.has(.listening) ? .likely : .possible,
                "queue-proxy asked while the program was still loading; the lines say nothing of an end",
                subject.evidence(probe.first) + subject.evidence(subject.record[.listening]?.last)
            )
        }
        if let ready = subject.record[.readyTrue]?.last {
            return alive(.likely, "it became ready, and nothing in the input ended it", subject.evidence(ready))
        }
        if let stopping = subject.record[.programStopping]?.last, !subject.has(.running),
            subject.record[.listening].map({ subject.isBefore($0.last, stopping) == true }) ?? true
        {
            return Verdict(
                word: .unknown,
                certainty: .possible,
                cause: "the program ended as one that is told to; no line says by whom",
                evidence: subject.evidence(stopping) + subject.evidence(subject.record[.listening]?.last),
                decide: ["the platform's lines of that minute: a rollout, an idle instance, or a probe that failed"]
            )
        }
        if let listening = subject.record[.listening]?.last {
            let cause = "the program says that it is up, and nothing in the input ended it"
            return alive(.possible, cause, subject.evidence(listening))
        }
        if let started = subject.record[.containerStarted]?.last, subject.isKubernetes {
            return alive(.possible, "it was started, and nothing in the input ended it", subject.evidence(started))
        }
        if let healthy = subject[.containerHealthy]?.last {
            return alive(.likely, "its container is healthy", subject.evidence(healthy))
        }
        return nil
    }

    /// The program says that it was told to end, and the platform does not say why: so ends an idle instance, too.
    private static func stoppedInOrder(_ stopping: Fact, after passed: Fact, _ subject: SubjectCase) -> Verdict {
        var verdict = Verdict(
            word: .noDeath,
            certainty: .possible,
            cause: "its startup probe passed, and later the program ended as one that is told to; no line says by whom",
            evidence: subject.evidence(passed) + subject.evidence(stopping)
        )
        verdict.against.append("a stop by its owner looks the same to the program as the end of an idle instance")
        verdict.decide.append(
            "the platform's lines of that minute: Shutting down user disabled instance, or a probe that failed; whether "
                + "the instance had requests"
        )
        return verdict
    }

    /// The address that an attempt went to, for it may be another container's.
    private static func portPieces(_ missed: Fact) -> [String] {
        guard let match = missed.text.firstMatch(of: /http:\/\/[^:\/]+:([0-9]+[^" ]*)/) else { return [] }
        return [String(match.1)]
    }
}
