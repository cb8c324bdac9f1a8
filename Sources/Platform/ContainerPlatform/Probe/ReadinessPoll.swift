/// How Knative's queue-proxy asks its container during one attempt of the kubelet, where it probes aggressively.
///
/// It asks every 50 ms, each time for at most 100 ms, and is content with as many successes in a row as the probe's
/// success threshold says; the attempt fails after 10 s (knative/serving, `pkg/queue/readiness/probe.go`). A question
/// that lasts longer than the interval is followed by the next one at once.
package struct ReadinessPoll: Hashable, Sendable {
    /// The time from one question to the next.
    package static let interval = Duration.milliseconds(50)
    /// The longest that a question may take.
    package static let patience = Duration.milliseconds(100)
    /// The longest that an attempt of the kubelet may take.
    package static let limit = Duration.seconds(10)

    /// The successes in a row that end the attempt.
    package let needed: Int
    /// The questions that have failed.
    package private(set) var failures = 0
    /// When the next question is asked; never while one is under way, and once the attempt has succeeded.
    package private(set) var due: Duration
    private var successes = 0
    private var asked = Duration.zero

    /// Creates the questions of an attempt that begins.
    ///
    /// - Precondition: At least one success is needed.
    package init(needed: Int, at moment: Duration) {
        precondition(needed >= 1, "an attempt that needs no success")
        self.needed = needed
        due = moment
    }

    /// Takes the moment at which a question is asked.
    ///
    /// - Returns: The moment at which it is given up.
    package mutating func ask(at moment: Duration) -> Duration {
        asked = moment
        due = .never
        return moment + Self.patience
    }

    /// Takes the answer to the question under way.
    ///
    /// - Returns: Whether the attempt has succeeded.
    package mutating func answered(_ saw: ProbeSighting, at moment: Duration) -> Bool {
        if saw.isSuccess {
            successes += 1
        } else {
            successes = 0
            failures += 1
        }
        guard successes < needed else { return true }
        due = max(asked + Self.interval, moment)
        return false
    }
}
