extension VerdictRule {
    /// A node gave the pod up.
    static let evicted: VerdictRule = VerdictRule(name: "evicted") { subject in
        guard let tally = subject[.evicted] else { return nil }
        let message = tally.last.text
        let cause =
            message.contains("low on resource") || message.contains("storage usage")
                || message.contains("node had condition")
            ? "evicted by its node: \(message)"
            : message.contains("reempt") || tally.first.name?.hasPrefix("Preempt") == true
                ? "preempted for a pod of higher priority" : "evicted by its node"
        var verdict = Verdict(
            word: .evicted,
            certainty: .certain,
            cause: cause,
            evidence: subject.evidence(firstAndLast: .evicted)
        )
        if message.contains("exceeds its request") {
            verdict.against.append("the container exceeded what it requests, which is not its limit")
        }
        return verdict
    }
}
