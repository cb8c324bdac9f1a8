/// The startup probe of one instance, as a state machine without clock or sockets.
///
/// A driver waits until ``nextWakeUp``, makes the attempts it is told to make, and reports what happened; the same
/// machine serves virtual time and real sockets. Moments count from instance start and never go back.
///
/// Cloud Run's two kinds of attempt differ, and that is the driver's part of the contract:
/// - TCP: the attempt goes on trying until it connects or its deadline passes.
/// - HTTP: the attempt is one try. A refused connection ends it at once, and the timeout does not keep it trying; a
///   server that accepts and does not answer holds it until its deadline.
///
/// Attempts begin at the first moment and at whole periods after it, and never overlap. The Nth consecutive failure
/// fails the instance at the moment that attempt fails, not at N times the period. The first success ends the probe.
package struct StartupProbe: Hashable, Sendable {
    /// What can happen to the probe.
    package enum Event: Hashable, Sendable {
        /// The time is ``StartupProbe/nextWakeUp`` or later.
        case timeReached
        /// The attempt under way ended; at its deadline the result still counts, later it is a timeout.
        case attemptEnded(ProbeSighting)
        /// The container's process ended: an attempt under way is cancelled and the instance has failed.
        case processExited
    }

    /// What the driver has to do, or may record.
    package enum Action: Hashable, Sendable {
        /// Make an attempt that ends at the deadline.
        case startAttempt(number: Int, deadline: Duration)
        /// An attempt failed and more are to come.
        case attemptFailed(ProbeAttempt)
        /// The attempt succeeded: the instance has started and gets traffic.
        case instanceStarted(ProbeAttempt)
        /// The instance has failed after so many consecutive failures; no attempt where none was under way.
        case instanceFailed(failures: Int, last: ProbeAttempt?)
    }

    private enum State: Hashable, Sendable {
        case waiting
        case attempting(started: Duration, deadline: Duration)
        case decided
    }

    /// The probe's parameters.
    package let configuration: ProbeConfiguration
    /// The number of attempts begun.
    package private(set) var attempts = 0
    /// The number of consecutive failures.
    package private(set) var failures = 0
    private var tick: Duration
    private var state = State.waiting

    /// Creates a probe that has made no attempt.
    ///
    /// - Parameters:
    ///   - configuration: The parameters; they need not be valid, but the period must be above zero.
    ///   - jitter: The delay of the first attempt beyond the configured one.
    /// - Precondition: The period is above zero and the threshold at least 1.
    package init(configuration: ProbeConfiguration, jitter: Duration = .zero) {
        precondition(configuration.period > .zero, "a period of \(configuration.period) cannot be probed")
        precondition(
            configuration.failureThreshold >= 1,
            "a threshold of \(configuration.failureThreshold) never fails"
        )
        self.configuration = configuration
        tick = configuration.initialDelay + jitter
    }

    /// The moment at which the driver reports the time; absent once the probe has decided.
    package var nextWakeUp: Duration? {
        switch state {
        case .waiting: tick
        case .attempting(_, let deadline): deadline
        case .decided: nil
        }
    }

    /// Whether an attempt is under way.
    package var isAttempting: Bool {
        if case .attempting = state { true } else { false }
    }

    /// The latest moment at which the last possible attempt ends, where every one before it fails.
    package static func lastDeadline(_ configuration: ProbeConfiguration, jitter: Duration) -> Duration {
        configuration.lastAttempt + jitter + configuration.timeout
    }

    /// Takes an event and returns what follows from it.
    ///
    /// An event that has no meaning in the present state, such as a result after the decision, is ignored.
    package mutating func handle(_ event: Event, at moment: Duration) -> Action? {
        switch (state, event) {
        case (.waiting, .timeReached) where moment >= tick:
            attempts += 1
            let deadline = moment + configuration.timeout
            state = .attempting(started: moment, deadline: deadline)
            return .startAttempt(number: attempts, deadline: deadline)
        case (.attempting(let started, let deadline), .timeReached) where moment >= deadline:
            return end(.deadlineExceeded, started: started, at: moment)
        case (.attempting(let started, let deadline), .attemptEnded(let saw)):
            return end(moment > deadline ? .deadlineExceeded : saw, started: started, at: moment)
        case (.attempting(let started, _), .processExited):
            failures += 1
            state = .decided
            let attempt = ProbeAttempt(number: attempts, started: started, ended: moment, saw: .cancelled)
            return .instanceFailed(failures: failures, last: attempt)
        case (.waiting, .processExited):
            state = .decided
            return .instanceFailed(failures: failures, last: nil)
        default:
            return nil
        }
    }

    private mutating func end(_ saw: ProbeSighting, started: Duration, at moment: Duration) -> Action {
        let attempt = ProbeAttempt(number: attempts, started: started, ended: moment, saw: saw)
        if saw.isSuccess {
            state = .decided
            return .instanceStarted(attempt)
        }
        failures += 1
        if failures >= configuration.failureThreshold {
            state = .decided
            return .instanceFailed(failures: failures, last: attempt)
        }
        repeat { tick += configuration.period } while tick < moment
        state = .waiting
        return .attemptFailed(attempt)
    }
}
