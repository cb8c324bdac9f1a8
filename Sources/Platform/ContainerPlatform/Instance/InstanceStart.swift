/// The start of an instance: the probe's attempts, or the end of the process, until it is decided how it went.
struct InstanceStart: Sendable {
    /// How a start is decided.
    enum Decision {
        /// The probe succeeded.
        case succeeded
        /// The probe failed, or the process ended.
        case failed
    }

    /// How the start ended.
    private(set) var outcome = StartupSummary.Outcome.undecided
    /// The moment at which an attempt would first have succeeded.
    private(set) var couldPass: Duration?
    /// The moment at which the end of the process is noticed.
    private(set) var exitNoticeDue = Duration.never
    private(set) var probe: StartupProbe
    private let exitNotice: Duration

    /// Creates a start.
    init(_ probe: ProbeConfiguration, delays: PlatformDelays) {
        self.probe = StartupProbe(configuration: probe, jitter: delays.firstAttempt)
        exitNotice = delays.exitNotice
    }

    /// Whether the start has failed, so that requests are refused and not sent elsewhere.
    var hasFailed: Bool {
        switch outcome {
        case .killed, .exited, .givenUp: true
        case .ready, .stopped, .undecided: false
        }
    }

    /// Hands an event to the probe and records what it says.
    ///
    /// - Parameters:
    ///   - event: What happened.
    ///   - exit: How the process ended, absent while it runs.
    ///   - moment: When it was noticed.
    ///   - log: Where the attempts are recorded.
    ///   - actions: Where the actions go.
    /// - Returns: The decision, absent where there is none yet.
    mutating func advance(
        _ event: StartupProbe.Event,
        exit: ProcessExit?,
        at moment: Duration,
        _ log: inout TimelineRecorder,
        _ actions: inout some InstanceActions
    ) -> Decision? {
        if event == .processExited { exitNoticeDue = .never }
        let wasAttempting = probe.isAttempting
        let action = probe.handle(event, at: moment)
        if wasAttempting, !probe.isAttempting, event == .timeReached { actions.take(.abandonAttempt()) }
        switch action {
        case .startAttempt(let number, let deadline):
            actions.take(.startAttempt(number: number, deadline: deadline))
            return nil
        case .attemptFailed(let attempt):
            log.record(.attempt(attempt), at: moment)
            return nil
        case .instanceStarted(let attempt):
            log.record(.attempt(attempt), at: moment)
            log.record(.probeSucceeded(attempts: probe.attempts), at: moment)
            passes(at: moment)
            outcome = .ready(at: moment)
            return .succeeded
        case .instanceFailed(let failures, let last):
            if let last { log.record(.attempt(last), at: moment) }
            log.record(.probeFailed(failures: failures, saw: last?.saw), at: moment)
            outcome = exit.map { .exited(at: moment, $0) } ?? .killed(at: moment, failures: failures)
            return .failed
        case nil:
            return nil
        }
    }

    /// Notes that an attempt that began now would succeed.
    mutating func passes(at moment: Duration) {
        if couldPass == nil { couldPass = moment }
    }

    /// Notes what others than the startup probe of Cloud Run decided; the first decision of a life stands.
    mutating func decide(_ decision: StartupSummary.Outcome) {
        if case .undecided = outcome { outcome = decision }
    }

    /// The process has ended, which is noticed only some time later; an attempt under way has nobody to ask.
    mutating func processExited(at moment: Duration, _ actions: inout some InstanceActions) {
        if probe.isAttempting { actions.take(.abandonAttempt()) }
        exitNoticeDue = moment + exitNotice
    }

    /// The owner stops the instance before the start is decided.
    mutating func stop(at moment: Duration, _ actions: inout some InstanceActions) {
        if probe.isAttempting { actions.take(.abandonAttempt()) }
        outcome = .stopped(at: moment)
    }
}
