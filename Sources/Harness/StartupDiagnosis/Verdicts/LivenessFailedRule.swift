extension VerdictRule {
    /// Cloud Run shut the instance down for its liveness probe.
    static let livenessFailed: VerdictRule = VerdictRule(name: "liveness probe of Cloud Run") { subject in
        guard let failed = subject.record[.livenessFailed]?.last ?? subject[.livenessFailed]?.last else { return nil }
        let probe = ProbeSentence(failed.text)
        let isDecision = failed.text.contains("has been shut down")
        var verdict = Verdict(
            word: .livenessProbeFailed,
            certainty: isDecision ? .certain : .likely,
            cause: "\(probe.described(as: "liveness")) failed"
                + (probe.attempts.map { " \($0) \($0 == 1 ? "time" : "times") in a row" } ?? "")
                + (isDecision ? ", and the instance was shut down" : ""),
            evidence: subject.evidence(failed)
        )
        if let broken = subject[.requestBroken]?.last {
            verdict.evidence += subject.evidence(broken)
            verdict.against.append("the broken request is a consequence: the kill ends what is in flight")
        }
        if probe.status == nil, probe.answer == nil {
            verdict.decide.append("why the path was not answered: the program's own lines in the periods before")
        }
        if !isDecision { verdict.decide.append("whether the line goes on: The instance has been shut down.") }
        return verdict
    }
}
