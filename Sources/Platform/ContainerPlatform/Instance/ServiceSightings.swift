/// What has been seen of the service: its port, what it says of itself, and how long that was not so.
struct ServiceSightings: Sendable {
    /// The port that it listens on.
    private(set) var port: Int?
    /// What it said of itself last.
    private(set) var health: ServiceHealth?
    /// How long the probe had said yes while nothing could be recommended.
    var gap = TruthGap()
    private var listening: Duration?
    private var readyBasic: Duration?
    private var readyFull: Duration?

    /// Takes notice of the port.
    mutating func listens(on port: Int?, at moment: Duration, _ log: inout TimelineRecorder) {
        guard port != self.port else { return }
        self.port = port
        guard let port else { return log.record(.stoppedListening, at: moment) }
        log.record(.listening(port: port), at: moment)
        if listening == nil { listening = moment }
    }

    /// Takes notice of what the service says of itself.
    mutating func says(
        _ health: ServiceHealth,
        isServing: Bool,
        at moment: Duration,
        _ log: inout TimelineRecorder
    ) {
        guard health != self.health else { return }
        self.health = health
        log.record(.health(health), at: moment)
        if health.level >= .basic, readyBasic == nil { readyBasic = moment }
        if health.level == .full, readyFull == nil { readyFull = moment }
        guard isServing else { return }
        if health.recommends { gap.close(at: moment) } else { gap.open(at: moment) }
    }

    /// The process has ended and is started again: it listens nowhere and has said nothing.
    mutating func restarts(at moment: Duration, _ log: inout TimelineRecorder) {
        listens(on: nil, at: moment, &log)
        health = nil
    }

    /// The probe has said yes.
    mutating func instanceStarted(at moment: Duration) {
        if health?.recommends == false { gap.open(at: moment) }
    }

    /// Writes the figures.
    func write(to summary: inout StartupSummary) {
        summary.listening = listening
        summary.readyBasic = readyBasic
        summary.readyFull = readyFull
        summary.truthGap = gap.length
        summary.truthGapIsOpen = gap.isOpenAtEnd
    }
}
