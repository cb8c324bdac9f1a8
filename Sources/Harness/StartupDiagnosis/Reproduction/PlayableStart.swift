import Domain

/// What of a subject's start can be played again, or why nothing can.
package enum PlayableStart: Hashable, Sendable {
    /// This start.
    case start(RecordedStart)
    /// Nothing, for this reason.
    case nothing(because: String)

    /// The start, `nil` where there is none.
    package var start: RecordedStart? {
        guard case .start(let start) = self else { return nil }
        return start
    }

    /// Reads the start of a subject.
    init(_ subject: SubjectCase, _ verdict: Verdict) {
        if subject.isJob {
            self = .nothing(because: "a task of a job is not probed, and nothing asks whether it is ready")
        } else if subject.isKubernetes || subject.has(.containerUnhealthy) {
            // A revision of Knative is a pod, of which its condition tells.
            self = KubernetesStart(subject).start(verdict)
        } else {
            self = CloudRunStart(subject).start(verdict)
        }
    }

    /// Why a verdict without a start has none.
    static func nothing(for word: VerdictWord) -> PlayableStart {
        let reason =
            switch word {
            case .neverStarted: "no container ran"
            case .execFailed: "the program could not be started at all, and a scenario starts one"
            case .rollout, .disabledByOwner, .superseded: "its owner ended it, which no scenario does"
            case .evicted: "its node ended it, which no scenario does"
            case .neverAsked: "its probe cannot be made, and a scenario's can"
            case .unknown: "the input does not say what became of it"
            case .startupProbeFailed, .livenessProbeFailed, .exit, .signal, .oom, .cpuStarved, .noDeath:
                "no line shows how its start went"
            }
        return .nothing(because: reason)
    }
}
