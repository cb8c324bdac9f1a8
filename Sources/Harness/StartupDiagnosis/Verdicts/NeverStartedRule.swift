extension VerdictRule {
    /// No container ran: image, secret, volume, scheduling, a refused configuration.
    static let neverStarted: VerdictRule = VerdictRule(name: "never started") { subject in
        if let missing = subject[.imageMissing] {
            return never("the image cannot be used: \(missing.last.text.prefix(300))", .imageMissing, subject)
        }
        if let denied = subject[.secretDenied] {
            return never("a secret cannot be read: \(denied.last.text.prefix(300))", .secretDenied, subject)
        }
        if let refused = subject[.configurationRefused] {
            let said = refused.last.text.prefix(300)
            let cause = "the platform refuses the configuration, so that nothing was started: \(said)"
            return never(cause, .configurationRefused, subject)
        }
        // What was lacking for a while before the container ran, ended nothing.
        let hasRun = subject.has(.containerStarted, .running, .terminated, .backOff)
        guard !hasRun || isStillLacking(subject) else { return nil }
        if subject.has(.pullFailed, .pullReason) {
            var verdict = never("the image cannot be pulled", .pullReason, subject)
            verdict.evidence += subject.evidence(subject[.pullFailed]?.first)
            return verdict
        }
        for (kind, cause) in [
            (.containerConfigurationFailed, "the container cannot be created from its configuration"),
            (.podSetupFailed, "the pod's volumes or network could not be set up"),
            (.schedulingFailed, "no node takes the pod"), (.createFailed, "its controller could not create pods"),
        ] as [(FactKind, String)] {
            guard let tally = subject[kind] else { continue }
            return never("\(cause): \(tally.last.text.prefix(300))", kind, subject)
        }
        return nil
    }

    private static func never(_ cause: String, _ kind: FactKind, _ subject: SubjectCase) -> Verdict {
        Verdict(
            word: .neverStarted,
            certainty: .certain,
            cause: cause,
            evidence: subject.evidence(firstAndLast: kind)
        )
    }

    /// Whether the last word on a pod is that its image or configuration is not there, though a container ran before.
    private static func isStillLacking(_ subject: SubjectCase) -> Bool {
        guard let lack = (subject.record[.pullReason] ?? subject.record[.containerConfigurationFailed])?.last,
            let ran = (subject.record[.containerStarted] ?? subject.record[.running])?.last
        else { return subject.record[.pullReason] != nil && !subject.has(.running, .containerStarted, .terminated) }
        return subject.record[.running] == nil && subject.isBefore(ran, lack) == true
    }
}
