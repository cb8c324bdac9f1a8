extension VerdictRule {
    /// A probe that cannot be made: it counts neither as a success nor as a failure.
    static let neverAsked: VerdictRule = VerdictRule(name: "never asked") { subject in
        guard let errored = subject.record[.probeErrored], !subject.has(.running) else { return nil }
        let text = errored.last.text
        let isStartup = text.contains("Startup probe errored")
        let isAboutPort = text.contains("strconv.Atoi") || text.contains("port \"")
        // A command cannot be run in a container that has ended: a consequence.
        guard isAboutPort || !subject.has(.terminated, .backOff) else { return nil }
        let cause = isAboutPort ? "the probe names a port that the container does not have" : "the probe cannot be made"
        return Verdict(
            word: .neverAsked,
            certainty: .certain,
            cause: "\(cause): an error counts as no attempt, so that the container is neither killed nor ever ready",
            evidence: subject.evidence(errored.last),
            against: isStartup ? [] : ["the error is not of a startup probe"]
        )
    }
}
