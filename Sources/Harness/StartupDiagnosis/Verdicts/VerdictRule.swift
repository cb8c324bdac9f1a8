/// One way to a verdict: a pure function of what the input states.
struct VerdictRule: Sendable {
    /// What it looks for.
    let name: String
    /// The verdict, `nil` where the rule has none.
    let verdict: @Sendable (SubjectCase) -> Verdict?

    /// The rules in the order in which they are asked: what ended a container comes before what followed from it.
    static let all: [VerdictRule] = [
        .outOfMemory, .evicted, .execFailed, .kubeletProbes, .mislabelledStop, .livenessFailed, .taskTimedOut,
        .exited, .signalled, .startupFailed, .neverStarted, .stoppedByOwner, .userDisabled, .deployMessage, .neverAsked,
        .containerEnd, .cpuStarved, .openEnd, .alive,
    ]

    /// Returns the verdict of the first rule that has one.
    static func judge(_ subject: SubjectCase) -> Verdict {
        for rule in all {
            if let verdict = rule.verdict(subject) { return verdict }
        }
        return Verdict(
            word: .unknown,
            certainty: .possible,
            cause: "nothing in the input says what became of it",
            evidence: subject.evidence(subject.record[.instanceStarting]?.last),
            decide: [NextLook.systemLog]
        )
    }
}

/// What to look up where the input does not decide.
enum NextLook {
    /// The system log of a revision.
    static let systemLog =
        "the platform's own lines: gcloud logging read 'logName:varlog' --format=json, or kubectl describe pod"
    /// The log of the revision itself.
    static let revisionLog =
        "the revision's log around that moment: Container called exit, Container terminated on signal, Memory limit of, "
        + "Application failed to start, STARTUP … probe failed"
    /// Who changed the configuration.
    static let owner =
        "a line STARTUP … probe failed of the same instanceId; whether the line's revision_name is the service's "
        + "latestReadyRevision; an audit entry UpdateService, ReplaceService or DeleteService in the minute before; the "
        + "annotations run.googleapis.com/scalingMode and manualInstanceCount"
}
