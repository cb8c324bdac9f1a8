/// What became of a subject.
package enum VerdictWord: String, Hashable, Sendable, Codable, CaseIterable {
    case startupProbeFailed = "startup-probe-failed"
    case livenessProbeFailed = "liveness-probe-failed"
    case exit
    case signal
    case oom
    /// The program could not be started at all.
    case execFailed = "exec-failed"
    /// No container ran: image, secret, scheduling, a refused configuration.
    case neverStarted = "never-started"
    /// Another revision took its place.
    case superseded
    /// The owner's configuration no longer wants it.
    case disabledByOwner = "disabled-by-owner"
    /// The owner or a controller of Kubernetes stopped it.
    case rollout
    case evicted
    /// It lives and makes no progress for want of CPU.
    case cpuStarved = "cpu-starved"
    /// Its probe cannot be made, so that it is neither killed nor ever ready.
    case neverAsked = "never-asked"
    case noDeath = "no-death"
    case unknown
}

/// How sure a verdict is.
package enum Certainty: String, Hashable, Sendable, Codable {
    /// The platform's own words say so.
    case certain
    /// It is inferred, and everything in the input agrees.
    case likely
    /// It is one of several readings.
    case possible
}

/// A line that shows something.
package struct Evidence: Hashable, Sendable {
    /// The place at which it shows it.
    package var place: LogPlace
    /// The line without escapes.
    package var text: String
}

/// What became of a subject, and what that rests on.
package struct Verdict: Hashable, Sendable {
    /// The verdict.
    package var word: VerdictWord
    /// How sure it is.
    package var certainty: Certainty
    /// Why, in a sentence that claims no more than the evidence shows.
    package var cause: String
    /// The lines that show it, the decisive one first.
    package var evidence: [Evidence]
    /// What speaks against it, or must not be read into it; empty for nothing.
    package var against: [String] = []
    /// What would decide it where the input cannot; empty for nothing.
    package var decide: [String] = []
    /// Whether the subject died or never started although no word of the vocabulary says how.
    package var hasDied: Bool?

    /// Whether a start failed or the subject died; `nil` where that is not known.
    package var isDeath: Bool? {
        if let hasDied { return hasDied }
        return switch word {
        case .noDeath, .cpuStarved: false
        case .unknown: nil
        default: true
        }
    }
}
