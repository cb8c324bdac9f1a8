import Observations

/// What the system's scheduler did to a run in one interval of real time, and how much of it made the run late.
struct SchedulerInterval: Hashable, Sendable {
    /// How long the interval was.
    var length: Duration
    /// How long threads of the service, its database and the harness's run were ready and got no processor, added up;
    /// `nil` where the system does not say.
    var waited: Duration?
    /// How long others used the machine's processors: everybody but the service's own group; `nil` likewise.
    var usedByOthers: Duration?
    /// How long the processors were taken away by the machine's host.
    var stolen: Duration = .zero
    /// How much later than asked for the harness's own timer went off.
    var timerLateness: Duration = .zero

    /// How late the run became.
    ///
    /// A service that makes its own threads wait for one another uses the processors itself: waiting counts only as far
    /// as others used them meanwhile. Nothing makes a run later than the interval is long.
    var late: Duration {
        let waited = waited.map { min($0, usedByOthers ?? .zero) } ?? timerLateness
        let late = min(waited + stolen, length)
        return late >= length * Lateness.ordinaryShare ? late : .zero
    }
}
