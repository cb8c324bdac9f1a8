/// The end of an instance's process: SIGTERM, the grace, SIGKILL, and how it went.
struct Shutdown: Sendable {
    /// The time from SIGTERM to SIGKILL.
    let grace: Duration
    /// How the process ended, absent while it runs.
    private(set) var exit: ProcessExit?
    /// The moment at which SIGKILL is due.
    private(set) var killDue = Duration.never

    /// Creates the end of a process that runs.
    init(grace: Duration) { self.grace = grace }

    /// Sends SIGTERM, and SIGKILL after the grace; a grace of its own stands in place of the platform's.
    mutating func terminate(
        after grace: Duration? = nil,
        at moment: Duration,
        _ log: inout TimelineRecorder,
        _ actions: inout some InstanceActions
    ) {
        killDue = moment + (grace ?? self.grace)
        log.record(.signal(15), at: moment)
        actions.take(.signal(15))
    }

    /// Sends SIGKILL to a process that has outlived its grace.
    mutating func kill(at moment: Duration, _ log: inout TimelineRecorder, _ actions: inout some InstanceActions) {
        killDue = .never
        log.record(.signal(9), at: moment)
        actions.take(.signal(9))
    }

    /// The process is gone.
    mutating func exited(_ exit: ProcessExit, at moment: Duration, _ log: inout TimelineRecorder) {
        self.exit = exit
        killDue = .never
        log.record(.exited(exit), at: moment)
    }
}
