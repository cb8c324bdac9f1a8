/// One probe of a container as the kubelet's worker runs it, as a state machine without clock or sockets.
///
/// The worker ticks from its creation on, whatever becomes of the container; an attempt begins at a tick and at no other
/// moment. Ticks are those of a ticker that keeps one: after an attempt that lasts longer than the period the next
/// begins at once, further ticks are dropped, and attempts never overlap. It asks while the container runs, from its
/// initial delay on, and a startup probe before the container counts as started, the others after it. What it has found
/// changes with as many equal attempts in a row as the threshold says. Then a startup probe, and a liveness probe that
/// failed, ask no more until there is a new container.
///
/// An attempt that is an error of the worker's own, such as a port's name that the container does not have, is made again
/// at once, three times in all; an error that remains counts for nothing, so that such a probe neither ends a container
/// nor lets it start.
///
/// The run of equal attempts outlives a container that ends by itself: only a decision begins it anew (kubernetes,
/// `pkg/kubelet/prober/worker.go`).
package struct ProbeWorker: Sendable {
    /// How often an attempt is made whose tries are errors (kubernetes, `maxProbeRetries`).
    package static let tries = 3

    /// What a worker has found of its container.
    package enum Finding: Hashable, Sendable {
        /// Nothing yet.
        case unknown
        /// The threshold of successes was reached, or nothing speaks against it yet.
        case success
        /// The threshold of failures was reached, or nothing speaks for it yet.
        case failure
    }

    /// What the driver has to do, or may record.
    package enum Step: Hashable, Sendable {
        /// Nothing.
        case nothing
        /// Make an attempt that ends at the deadline.
        case startAttempt(number: Int, deadline: Duration)
        /// An attempt ended, as the last of so many equal ones; what it decided, where that is new for this container.
        case attemptEnded(ProbeAttempt, inRow: Int, decided: Finding?)
    }

    /// Which probe it is.
    package let kind: ProbeKind
    /// The probe's parameters.
    package let configuration: ProbeConfiguration
    /// The number of attempts begun on this container.
    package private(set) var attempts = 0
    /// What it has found.
    package private(set) var finding: Finding
    private let initial: Finding
    private let restartsTicks: Bool
    private var tick: Duration
    /// The tick at which the next attempt begins; never where the worker does not ask.
    private var due = Duration.never
    private var delayEnds = Duration.zero
    private var isOnHold = false
    private var attempt: (started: Duration, deadline: Duration, tries: Int)?
    private var last: Bool?
    private var inRow = 0
    private var decided: Finding?

    /// Creates a worker without a container.
    ///
    /// - Parameters:
    ///   - kind: Which probe it is.
    ///   - configuration: The parameters, in whole seconds as the kubelet takes them.
    ///   - firstTick: The moment from which it ticks.
    ///   - initial: What it assumes of a new container.
    ///   - restartsTicks: Whether it ticks anew from the moment at which the container counts as started.
    /// - Precondition: The period is above zero and both thresholds are at least 1.
    package init(
        _ kind: ProbeKind,
        _ configuration: ProbeConfiguration,
        firstTick: Duration,
        initial: Finding,
        restartsTicks: Bool
    ) {
        precondition(configuration.period > .zero, "a period of \(configuration.period) cannot be probed")
        precondition(min(configuration.failureThreshold, configuration.successThreshold) >= 1, "a threshold below 1")
        self.kind = kind
        self.configuration = configuration
        self.initial = initial
        self.restartsTicks = restartsTicks
        finding = initial
        tick = firstTick
    }

    /// The moment at which the driver reports the time; never where nothing is due.
    package var nextWakeUp: Duration {
        if let attempt { return attempt.deadline }
        return isOnHold ? .never : due
    }

    /// Whether an attempt is under way.
    package var isAttempting: Bool { attempt != nil }

    /// Whether further attempts that see what the last one saw change nothing.
    package var isSettled: Bool {
        guard nextWakeUp < .never else { return true }
        return attempt == nil && decided == finding && last == (finding == .success)
    }

    /// There is a new container.
    package mutating func containerStarted(at moment: Duration) {
        attempts = 0
        finding = initial
        decided = nil
        isOnHold = false
        attempt = nil
        delayEnds = moment + configuration.initialDelay
        due = kind == .startup ? firstTick(notBefore: delayEnds) : .never
    }

    /// The container counts as started: liveness and readiness begin to ask.
    package mutating func containerIsStarted(at moment: Duration) {
        guard kind != .startup else { return }
        if restartsTicks { tick = moment }
        let allowed = restartsTicks ? moment : moment + .nanoseconds(1)
        due = firstTick(notBefore: max(allowed, delayEnds))
    }

    /// The container has ended, or is not wanted any more.
    ///
    /// - Returns: Whether an attempt was under way, which nobody answers any more.
    package mutating func containerEnded() -> Bool {
        due = .never
        finding = .failure
        defer { attempt = nil }
        return attempt != nil
    }

    /// Takes the moment at which something is due.
    package mutating func timeReached(at moment: Duration) -> Step {
        if let attempt {
            return attempt.deadline <= moment ? end(.deadlineExceeded, attempt.started, at: moment) : .nothing
        }
        guard !isOnHold, due <= moment else { return .nothing }
        attempts += 1
        let deadline = moment + configuration.timeout
        attempt = (moment, deadline, tries: 1)
        tick = firstTick(notBefore: moment + .nanoseconds(1))
        due = tick
        return .startAttempt(number: attempts, deadline: deadline)
    }

    /// Takes the end of the attempt under way; later than its deadline it is a timeout.
    package mutating func attemptEnded(_ saw: ProbeSighting, at moment: Duration) -> Step {
        guard let attempt else { return .nothing }
        guard saw.isError, moment <= attempt.deadline, attempt.tries < Self.tries else {
            return end(moment > attempt.deadline ? .deadlineExceeded : saw, attempt.started, at: moment)
        }
        let deadline = moment + configuration.timeout
        self.attempt = (attempt.started, deadline, attempt.tries + 1)
        return .startAttempt(number: attempts, deadline: deadline)
    }

    private mutating func end(_ saw: ProbeSighting, _ started: Duration, at moment: Duration) -> Step {
        let ended = ProbeAttempt(kind, number: attempts, started: started, ended: moment, saw: saw)
        attempt = nil
        // A tick that came meanwhile was kept.
        due = max(due, moment)
        guard !saw.isError else { return .attemptEnded(ended, inRow: inRow, decided: nil) }
        let isSuccess = saw.isSuccess
        inRow = isSuccess == last ? inRow + 1 : 1
        last = isSuccess
        let needed = isSuccess ? configuration.successesInRow : configuration.failureThreshold
        guard inRow >= needed else { return .attemptEnded(ended, inRow: inRow, decided: nil) }
        finding = isSuccess ? .success : .failure
        let isNew = decided != finding
        decided = finding
        defer {
            if kind == .startup || (kind == .liveness && !isSuccess) {
                isOnHold = true
                inRow = 0
            }
        }
        return .attemptEnded(ended, inRow: inRow, decided: isNew ? finding : nil)
    }

    /// The first tick that is not before a moment.
    private func firstTick(notBefore moment: Duration) -> Duration {
        guard moment > tick else { return tick }
        let period = configuration.period.attoseconds
        let periods = ((moment - tick).attoseconds + period - 1) / period
        return Duration(attoseconds: tick.attoseconds + periods * period)
    }
}
