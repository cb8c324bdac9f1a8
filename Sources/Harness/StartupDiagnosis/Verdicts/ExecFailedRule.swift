extension VerdictRule {
    /// The program could not be started at all.
    static let execFailed: VerdictRule = VerdictRule(name: "program could not be started") { subject in
        if let stated = subject[.execFailed] {
            let text = stated.last.text
            let cause: String
            if text.contains("exec format error") {
                cause = "the program is not one for this machine: usually an image built for another CPU architecture"
            } else if text.contains("permission denied") {
                cause = "the program may not be executed"
            } else if text.contains("not found") || text.contains("no such file") || text.contains("finding executable")
            {
                cause = "the program of the command is not in the image"
            } else {
                cause = "the program could not be started: \(text.prefix(200))"
            }
            var verdict = Verdict(
                word: .execFailed,
                certainty: .certain,
                cause: cause,
                evidence: subject.evidence(stated.last)
            )
            verdict.evidence += cancelled(subject) + subject.evidence(subject[.backOff]?.last)
            if text.contains("exec format error") {
                verdict.against.append("a script without an interpreter line ends with the same words")
                verdict.decide.append("the image's platform: docker image inspect --format '{{.Os}}/{{.Architecture}}'")
            }
            return verdict
        }
        guard let stated = subject[.execFailedWithoutCause] else { return nil }
        var verdict = Verdict(
            word: .execFailed,
            certainty: stated.count > 1 || !stated.last.text.hasPrefix("Application exec likely") ? .certain : .likely,
            cause: "the program could not be started; these lines do not say why",
            evidence: subject.evidence(firstAndLast: .execFailedWithoutCause)
        )
        verdict.evidence += cancelled(subject)
        verdict.decide = [
            "the lines just before; then the image's architecture, the command's path, and the rights to what is mounted"
        ]
        return verdict
    }
}
