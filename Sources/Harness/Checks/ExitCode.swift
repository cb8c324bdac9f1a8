/// The exit codes of the command line; their order of precedence is `ExitCode.precedence`.
package enum ExitCode: Int32, Sendable, Codable, CaseIterable {
    /// Everything required passed, and something ran.
    case passed = 0
    /// An expectation, a golden or a threshold failed.
    case expectationFailed = 1
    /// Bad usage, an unknown name, or a file that cannot be understood.
    case usage = 2
    /// The environment or the harness itself failed.
    case environment = 3
    /// The instance was killed by its probe or never became ready, against the expectation.
    case startupFailed = 4
    /// Rows in the database are not what they should be.
    case landingFailed = 5
    /// Only pending goldens remain.
    case goldensPending = 6
    /// No verdict: nothing ran, a fault did not fire, or an observation is missing.
    case inconclusive = 7
    /// The run was interrupted.
    case interrupted = 130

    /// The codes from the strongest to the weakest; the strongest of several causes is the code of the run.
    ///
    /// What failed for certain comes before what is not known.
    package static let precedence: [ExitCode] = [
        .interrupted, .usage, .environment, .startupFailed, .landingFailed, .expectationFailed, .inconclusive,
        .goldensPending, .passed,
    ]

    /// Returns the one code for several causes; no cause at all means that nothing ran.
    package static func combining(_ causes: some Sequence<ExitCode>) -> ExitCode { ordered(causes)[0] }

    /// Returns every code that several causes give, the one that decides first.
    ///
    /// A pass is a cause only where nothing else is; no cause at all means that nothing ran, and is no verdict.
    package static func ordered(_ causes: some Sequence<ExitCode>) -> [ExitCode] {
        let found = Set(causes)
        guard !found.isEmpty else { return [.inconclusive] }
        let others = found.subtracting([.passed])
        return precedence.filter((others.isEmpty ? found : others).contains)
    }

    /// The code of a verdict that is not a pass, by what it is about.
    package init(_ verdict: Verdict) {
        switch (verdict.outcome, verdict.subject) {
        case (.passed, _): self = .passed
        case (.inconclusive, _): self = .inconclusive
        case (.failed, .startup): self = .startupFailed
        case (.failed, .landing): self = .landingFailed
        case (.failed, .answers), (.failed, .rankings), (.failed, .faults), (.failed, .termination),
            (.failed, .timeline):
            self = .expectationFailed
        }
    }
}
