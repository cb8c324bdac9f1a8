extension VerdictRule {
    /// A deployment's message, which names the check that failed and never why.
    static let deployMessage: VerdictRule = VerdictRule(name: "message of a deployment") { subject in
        guard !subject.has(.startupPassed) || subject.record[.startupPassed] == nil else { return nil }
        if let message = subject[.configuredProbeMessage] {
            return Verdict(
                word: .startupProbeFailed,
                certainty: .certain,
                cause: "the startup probe that was configured failed; the cause is in the revision's log, not here",
                evidence: subject.evidence(message.last),
                decide: [NextLook.revisionLog]
            )
        }
        if let message = subject[.portMessage] {
            return Verdict(
                word: .startupProbeFailed,
                certainty: .likely,
                cause: "the default start check failed; the cause is in the revision's log, not here",
                evidence: subject.evidence(message.last),
                against: ["the same message covers a program that ended and one that could not be executed"],
                decide: [NextLook.revisionLog]
            )
        }
        for kind in [.requestWaitedInVain, .requestStartFailed] as [FactKind] {
            guard let message = subject.record[kind]?.last, subject.record[.startupPassed] == nil else { continue }
            return Verdict(
                word: .startupProbeFailed,
                certainty: .likely,
                cause: "an instance did not become healthy, and a request that needed it failed; why is in its log",
                evidence: subject.evidence(message),
                decide: [NextLook.revisionLog]
            )
        }
        return nil
    }
}
