extension VerdictRule {
    /// Something looks like an end, and nothing proves one.
    static let openEnd: VerdictRule = VerdictRule(name: "no proof of an end") { subject in
        if let deadline = subject[.progressDeadline]?.last { return deadlineExceeded(deadline, subject) }
        if let signal = subject.record[.uncaughtSignal]?.last { return uncaught(signal, subject) }
        if subject.record[.workerKilled] != nil { return killedWorker(subject) }
        if let crash = subject.record[.crashText]?.first, !subject.has(.startupPassed, .running),
            subject.record.requests.lastAnswered == nil
        {
            return Verdict(
                word: .unknown,
                certainty: .possible,
                cause: "the program printed what looks like its crash; no line of the platform says that it ended",
                evidence: subject.evidence(crash),
                decide: [
                    "Container called exit, Container terminated on signal, or a terminated state of the same container"
                ]
            )
        }
        if let failed = subject.record[.podFailed]?.last, !subject.has(.running) {
            return Verdict(
                word: .unknown,
                certainty: .possible,
                cause: "the pod failed with the reason \(failed.name ?? failed.text)",
                evidence: subject.evidence(failed),
                decide: ["the pod's message and its containers' states: kubectl describe pod"],
                hasDied: true
            )
        }
        if let backOff = subject.record[.backOff]?.last, !subject.has(.running) {
            return Verdict(
                word: .unknown,
                certainty: .possible,
                cause: "the container ends again and again; how, the input does not say",
                evidence: subject.evidence(backOff) + subject.evidence(subject.record[.startupMissed]?.last),
                decide: ["the last state of the container (kubectl describe pod), and kubectl logs --previous"],
                hasDied: true
            )
        }
        if let failed = subject[.executionFailed]?.last, !subject.has(.succeeded) {
            return Verdict(
                word: .unknown,
                certainty: .possible,
                cause: "the job's execution failed; how its task ended, the line does not say",
                evidence: subject.evidence(failed),
                decide: ["the task's log: Container called exit, Container terminated on signal, a memory limit"],
                hasDied: true
            )
        }
        if let ready = subject[.readyFalse]?.last, subject.record[.startupPassed] == nil {
            return Verdict(
                word: .unknown,
                certainty: .possible,
                cause: "the revision did not become ready; why, the line does not say",
                evidence: subject.evidence(ready),
                decide: [NextLook.revisionLog],
                hasDied: true
            )
        }
        return failedRequest(subject)
    }

    /// A request that failed, where nothing says what the instance did.
    private static func failedRequest(_ subject: SubjectCase) -> Verdict? {
        guard !subject.has(.startupPassed, .running), subject.record.requests.lastAnswered == nil else { return nil }
        let meanings: [(kind: FactKind, cause: String)] = [
            (.requestBroken, "the connection to the instance broke: the program closed it, or the instance ended"),
            (
                .requestWithoutInstance,
                "no instance was there for the request: the limit is reached, or none started in time"
            ),
            (.requestTimedOut, "a request took longer than it may; nothing says that the instance ended"),
        ]
        for meaning in meanings {
            guard let failed = subject.record[meaning.kind]?.last else { continue }
            return Verdict(
                word: .unknown,
                certainty: .possible,
                cause: meaning.cause,
                evidence: subject.evidence(failed),
                decide: ["the system log of the same instance around the request", NextLook.revisionLog]
            )
        }
        return nil
    }

    private static func deadlineExceeded(_ deadline: Fact, _ subject: SubjectCase) -> Verdict {
        var verdict = Verdict(
            word: .unknown,
            certainty: .possible,
            cause: "the revision was not ready within its progress deadline, which never says why",
            evidence: subject.evidence(deadline)
        )
        for kind in [.containerHealthy, .noTraffic] as [FactKind] {
            guard let fact = subject[kind]?.last else { continue }
            verdict.evidence += subject.evidence(fact)
            verdict.against.append(
                kind == .noTraffic
                    ? "it gets no traffic, so that scaling it to zero is as it should be" : "its container was healthy"
            )
        }
        verdict.decide = [
            "the pod of the revision: kubectl describe pod, and the conditions ResourcesAvailable and ContainerHealthy"
        ]
        return verdict
    }

    private static func uncaught(_ signal: Fact, _ subject: SubjectCase) -> Verdict {
        let process = signal.text.number(after: "pid=")
        let number = signal.text.number(after: "signal: ")
        let cut = "of a number that is cut off"
        let what =
            "process \(process.map(String.init) ?? cut) of the container got signal \(number.map(String.init) ?? cut)"
        let isAnsweredLater: Bool
        if let answered = subject.record.requests.lastAnswered, let time = signal.time {
            isAnsweredLater = answered > time
        } else {
            isAnsweredLater = false
        }
        var verdict = Verdict(
            word: isAnsweredLater || process != 1 && process != nil ? .noDeath : .unknown,
            certainty: isAnsweredLater ? .certain : .possible,
            cause: isAnsweredLater
                ? "a \(what); the instance answered requests afterwards" : "a \(what), which on its own proves no end",
            evidence: subject.evidence(signal) + subject.evidence(subject[.requestBroken]?.last)
        )
        if !isAnsweredLater {
            let line = "Container terminated on signal \(number.map(String.init) ?? "N")."
            verdict.decide = ["a line \"\(line)\" of the same instance"]
        }
        return verdict
    }

    private static func killedWorker(_ subject: SubjectCase) -> Verdict {
        guard let killed = subject.record[.workerKilled]?.last, let timeout = subject.record[.workerTimeout]?.last,
            killed.text.number(after: "(pid:") == timeout.text.number(after: "(pid:")
        else {
            return Verdict(
                word: .unknown,
                certainty: .possible,
                cause: "a worker of gunicorn was killed from outside, and memory is only its guess",
                evidence: subject.evidence(subject.record[.workerKilled]?.last),
                decide: ["a line \"Memory limit of …\" or a terminated state OOMKilled at that moment"]
            )
        }
        return Verdict(
            word: .noDeath,
            certainty: .likely,
            cause: "a worker did not answer gunicorn in time, and gunicorn itself killed it; the container goes on",
            evidence: subject.evidence(timeout) + subject.evidence(killed),
            against: ["\"Perhaps out of memory?\" is a guess that gunicorn prints"]
        )
    }
}
