extension VerdictRule {
    /// Kubelet says that it kills a container for its startup or liveness probe.
    static let kubeletProbes: VerdictRule = VerdictRule(name: "killed by kubelet for a probe") { subject in
        let startup = subject.record[.killedByStartupProbe]
        let liveness = subject.record[.killedByLivenessProbe]
        let kills = [startup, liveness].compactMap { $0?.last }
        guard let kill = kills.max(by: { subject.isBefore($0, $1) ?? false }) else { return nil }
        let isStartup = kill.kind == .killedByStartupProbe
        let missed = subject[isStartup ? .startupMissed : .livenessMissed]?.last
        var verdict = Verdict(
            word: isStartup ? .startupProbeFailed : .livenessProbeFailed,
            certainty: .certain,
            cause: "kubelet killed the container for its \(isStartup ? "startup" : "liveness") probe"
                + (missed.flatMap { MissedProbe($0.text).reason }.map { ": \($0)" } ?? ""),
            evidence: subject.evidence(kill)
        )
        verdict.evidence += subject.evidence(missed, atFirstOf: MissedProbe.words)
        if let probe = subject.record[.probeDescribed]?.first, isStartup || probe.name == "Liveness" {
            verdict.evidence += subject.evidence(probe)
        }
        if let ended = subject.record[.terminated]?.last, let code = ended.number {
            verdict.against.append("exit code \(code) is how the program ended when it was stopped")
        }
        if let hook = subject.record[.hookFailed]?.last { verdict.evidence += subject.evidence(hook) }
        verdict.against.append("counts of events add up over all lives of the container")
        return verdict
    }
}

/// Why one attempt of a probe failed, as kubelet prints it.
struct MissedProbe {
    /// The reason in words, `nil` for one that is not known.
    let reason: String?

    /// The texts of kubelet that say so.
    static let words = [
        "connection refused", "statuscode:", "context deadline exceeded", "Client.Timeout", "i/o timeout",
        "no route to host", "connection reset", "timed out", "NOT_SERVING", "EOF",
    ]

    /// Reads an event's message.
    init(_ text: String) {
        if text.contains("connection refused") {
            reason = "nothing listened on the port (connection refused)"
        } else if let status = text.number(after: "statuscode: ") {
            reason = "it was answered with \(status)"
        } else if ["deadline exceeded", "Client.Timeout", "timeout", "timed out"].contains(where: text.contains) {
            reason = "it was not answered in time"
        } else if text.contains("no route to host") || text.contains("connection reset") || text.contains("EOF") {
            reason = "the connection failed"
        } else {
            reason = nil
        }
    }
}
