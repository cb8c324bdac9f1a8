import Domain

extension VerdictRule {
    /// A task of a job that ran longer than it may.
    static let taskTimedOut: VerdictRule = VerdictRule(name: "task's timeout") { subject in
        guard let timeout = subject[.taskTimedOut]?.last else { return nil }
        return Verdict(
            word: .unknown,
            certainty: .likely,
            cause: "the platform ended the task because it ran longer than its timeout; that is no crash and no probe",
            evidence: subject.evidence(timeout) + subject.evidence(subject.record[.endedBySignal]?.last),
            decide: ["what the task was doing then: the program's last lines"],
            hasDied: true
        )
    }

    /// Cloud Run says that the container exited.
    static let exited: VerdictRule = VerdictRule(name: "exit") { subject in
        guard let exited = subject.record[.exited] ?? subject[.exited] else { return nil }
        let code = exited.last.text.number(after: "called exit(")
        let isCut = exited.last.text.contains("called exit(")
        let unstated = isCut ? "a code that is cut off" : "an error"
        let stated = code.map { "exit code \($0)" } ?? unstated
        if subject.isJob {
            guard code == 0 else {
                return Verdict(
                    word: .exit,
                    certainty: .certain,
                    cause: "the job's task exited with \(code.map(String.init) ?? unstated)",
                    evidence: subject.evidence(exited.last)
                )
            }
            return Verdict(
                word: .noDeath,
                certainty: .certain,
                cause: "the job's task finished: exit code 0 is its normal end",
                evidence: subject.evidence(exited.last) + resourceType(subject)
            )
        }
        if let stop = orderedStop(subject), subject.isBefore(stop, exited.last) == true { return nil }
        if let told = toldToEnd(by: exited.last, subject) { return endAsTold(told, exited.last, subject) }
        if let passed = subject.record[.startupPassed]?.first, subject.isBefore(passed, exited.last) == true {
            return Verdict(
                word: .exit,
                certainty: .certain,
                cause: "the program ended by itself with \(stated) after it was ready",
                evidence: subject.evidence(exited.last)
            )
        }
        let isStart = subject.has(.startupFailed, .instanceStarting, .readyFalse, .portMessage)
        var verdict = Verdict(
            word: .exit,
            certainty: .certain,
            cause: "the program ended by itself with \(stated)"
                + (isStart ? " before it was ready, which fails the start of a service" : ""),
            evidence: subject.evidence(exited.last) + cancelled(subject)
        )
        if exited.count > 1 { verdict.against.append("the input shows \(exited.count) such exits") }
        if let code, (129..<160).contains(code) {
            verdict.decide.append("what sent signal \(code - 128): a shell says so of a process that ended on one")
        }
        if code == 127 { verdict.decide.append("which command the shell did not find: 127 is its code for that") }
        return verdict
    }

    /// Cloud Run says that the container ended on a signal.
    static let signalled: VerdictRule = VerdictRule(name: "signal") { subject in
        guard let ended = subject.record[.endedBySignal] ?? subject[.endedBySignal] else { return nil }
        if let stop = orderedStop(subject), subject.isBefore(stop, ended.last) == true { return nil }
        let number = ended.last.text.number(after: "on signal ")
        if number == 15, let told = toldToEnd(by: ended.last, subject) {
            return endAsTold(told, ended.last, subject)
        }
        var verdict = Verdict(
            word: .signal,
            certainty: .certain,
            cause: "the container ended on signal \(number.map(String.init) ?? "of a number that is cut off")"
                + whenInItsLife(ended.last, subject),
            evidence: subject.evidence(ended.last)
        )
        verdict.evidence += subject.evidence(subject[.uncaughtSignal]?.last) + cancelled(subject)
        switch number {
        case 9:
            verdict.against.append("who sent SIGKILL is not said; for memory a line \"Memory limit of …\" stands near")
            verdict.decide.append("a line \"Memory limit of …\" or \"LIVENESS … probe failed\" of the same instance")
        case 15:
            verdict.against.append("SIGTERM is how the platform stops an instance that it no longer needs")
            verdict.decide.append("a line \"Shutting down user disabled instance\", or an idle instance before it")
        default: break
        }
        return verdict
    }

    /// How long an instance has from SIGTERM to its end, with some allowance, in microseconds.
    private static let shutdown: Int64 = 15_000_000

    /// The program's own line that it was told to end, shortly before the end of an instance that was ready.
    private static func toldToEnd(by end: Fact, _ subject: SubjectCase) -> Fact? {
        guard let passed = subject.record[.startupPassed]?.first, subject.isBefore(passed, end) == true,
            let told = subject.record[.programStopping]?.last, subject.isBefore(passed, told) == true,
            subject.isBefore(told, end) == true
        else { return nil }
        if let from = told.time, let to = end.time, to.microseconds - from.microseconds > shutdown { return nil }
        return told
    }

    private static func endAsTold(_ told: Fact, _ end: Fact, _ subject: SubjectCase) -> Verdict {
        Verdict(
            word: .noDeath,
            certainty: .possible,
            cause: "the program ended as one that is told to, which is how an idle instance ends; no line says by whom",
            evidence: subject.evidence(told) + subject.evidence(end),
            against: ["a stop by its owner looks the same to the program as the end of an idle instance"],
            decide: [
                "the platform's lines of that minute: Shutting down user disabled instance, or a probe that failed"
            ]
        )
    }

    /// The owner's or the probe's stop of the instance, from which its end follows.
    private static func orderedStop(_ subject: SubjectCase) -> Fact? {
        subject.record[.userDisabled]?.first ?? subject.record[.livenessFailed]?.first
            ?? subject.record[.stopped]?.first
    }

    private static func resourceType(_ subject: SubjectCase) -> [Evidence] {
        guard let type = subject.record.typeSource else { return [] }
        return [Evidence(place: type.place(of: nil), text: type.string)]
    }
}
