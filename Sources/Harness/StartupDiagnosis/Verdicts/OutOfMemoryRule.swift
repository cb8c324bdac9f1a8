extension VerdictRule {
    /// The platform says that a memory limit was exceeded, or the kernel killed the container for it.
    static let outOfMemory: VerdictRule = VerdictRule(name: "out of memory") { subject in
        if let killed = subject[.oomKilled], killed.last.number != 143 { return oomKilled(killed.last, subject) }
        if let line = subject[.memoryExceeded] {
            let amounts = line.last.text
                .firstMatch(of: /limit of ([0-9]+ ?[A-Za-z]+) exceeded with ([0-9]+ ?[A-Za-z]+) used/)
            let what =
                amounts.map { "it used \($0.2), its limit is \($0.1)" } ?? "the configured memory limit was reached"
            var verdict = Verdict(
                word: .oom,
                certainty: .certain,
                cause: "out of memory\(whenInItsLife(line.last, subject)): \(what)",
                evidence: subject.evidence(line.last)
            )
            verdict.evidence += subject.evidence(subject[.endedBySignal]?.last)
            verdict.evidence += cancelled(subject)
            verdict.decide = amounts == nil ? [] : ["the limit holds for all containers of the instance together"]
            return verdict
        }
        if let line = subject[.memoryAtDeploy] {
            return Verdict(
                word: .oom,
                certainty: .certain,
                cause: "the container ran out of memory before it was ready, as the platform says at the deployment",
                evidence: subject.evidence(line.last),
                decide: ["how much it used: the line \"Memory limit of … exceeded\" in the revision's log"]
            )
        }
        if let line = subject[.kernelKilled] {
            return Verdict(
                word: .oom,
                certainty: .likely,
                cause: "the kernel killed a process for the memory limit of its group",
                evidence: subject.evidence(line.last),
                against: ["whether it was the process by which the container lives, the line does not say"],
                decide: ["the container's terminated state: OOMKilled with exit code 137"]
            )
        }
        if let line = subject[.memoryInRequest], !subject.has(.livenessFailed, .exited) {
            return Verdict(
                word: .oom,
                certainty: .certain,
                cause: "the instance used too much memory while it served a request, and was terminated",
                evidence: subject.evidence(line.last)
            )
        }
        return nil
    }

    private static func oomKilled(_ killed: Fact, _ subject: SubjectCase) -> Verdict {
        let isStarting = subject.has(.startupMissed) && !subject.has(.running)
        var verdict = Verdict(
            word: .oom,
            certainty: killed.number == 137 ? .certain : .likely,
            cause: "killed by the kernel for its memory\(isStarting ? " before it was ready" : "")",
            evidence: subject.evidence(killed)
        )
        verdict.evidence += subject.evidence(subject[.memoryLimit]?.last)
        verdict.evidence += subject.evidence(subject[.startupMissed]?.last)
        if subject.has(.startupMissed) {
            verdict.against.append("the missed startup probes are those of a program that had not come so far")
        }
        if let code = killed.number, code != 137 {
            verdict.against.append("a kernel's kill ends with 137, and the exit code is \(code)")
        }
        return verdict
    }

    /// Says whether something came before or after the instance was ready, where the input tells.
    static func whenInItsLife(_ fact: Fact, _ subject: SubjectCase) -> String {
        if let passed = subject.record[.startupPassed]?.first, subject.isBefore(passed, fact) == true {
            return " after it was ready"
        }
        return subject.has(.startupFailed) ? " before it was ready" : ""
    }

    /// The startup probe's failure as a consequence of the container's end.
    static func cancelled(_ subject: SubjectCase) -> [Evidence] {
        guard let failed = subject[.startupFailed]?.last else { return [] }
        return failed.source.has("status CANCELLED")
            ? subject.evidence(failed, at: "status CANCELLED") : subject.evidence(failed, at: "STARTUP")
    }
}
