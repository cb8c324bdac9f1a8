import Domain

/// What the input shows of a start that can be played again, in seconds since the instance was started.
package struct RecordedStart: Hashable, Sendable {
    /// How a process ended by itself.
    enum ProcessEnd: Hashable, Sendable {
        /// With an exit code.
        case code(Int)
        /// On a signal.
        case signal(Int)
    }

    /// How the start went.
    enum Outcome: Hashable, Sendable {
        /// The instance became ready.
        case ready
        /// Its startup probe failed, and it was killed.
        case killed
        /// The process ended by itself before it was ready.
        case exited(ProcessEnd)
    }

    /// What ended an instance that was ready.
    enum LaterEnd: Hashable, Sendable {
        /// The process ended by itself.
        case exited(ProcessEnd)
        /// Its liveness probe failed, and it was killed.
        case liveness(RecordedProbe)
    }

    /// The platforms whose starts can be played.
    package enum Platform: Hashable, Sendable {
        /// Cloud Run, whose lines say when a startup probe passed.
        case cloudRun
        /// Kubernetes, whose statuses say when a container began and when its pod was ready.
        case kubernetes
    }

    /// A stage of the program's start.
    struct Stage: Hashable, Sendable {
        let name: String
        let seconds: Double
        let endedAt: Double?
    }

    /// A request that was answered.
    package struct Request: Hashable, Sendable {
        /// When it arrived.
        package let arrived: Double
        /// When its answer was complete.
        package let finished: Double
        /// The HTTP status, 0 where it is not stated.
        package let status: Int
    }

    /// The platform.
    let platform: Platform
    /// How the start went.
    let outcome: Outcome
    /// What ended the instance later; `nil` where nothing did, or what did is no matter of the start.
    var later: LaterEnd?
    /// The startup probe, `nil` where nothing is known of it.
    var probe: RecordedProbe?
    /// When the start was decided; `nil` where the input does not say when the instance was started.
    var decidedAt: Double?
    /// The readiness probe of a container of Kubernetes, `nil` where nothing is known of it.
    var readinessProbe: RecordedProbe?
    /// How long after its beginning a container of Kubernetes was ready, at the latest; `nil` where that is not known.
    var readyAfter: Double?
    /// When it ended after it was ready; `nil` where that is not known.
    var endedAt: Double?
    /// When the program listened; `nil` where no line says so.
    var listeningAt: Double?
    /// The port that it listens on.
    var listeningPort: Int?
    /// The stages, each with its end and how long it took.
    var stages: [Stage] = []
    /// The requests in the order of their arrivals.
    package var requests: [Request] = []
    /// What of the input the start leaves out, in words.
    var leftOut: [String] = []

    /// Begins a start of which no more is known.
    init(_ platform: Platform, _ outcome: Outcome) {
        self.platform = platform
        self.outcome = outcome
    }

    /// Whether the instance died, at its start or later.
    package var hasDied: Bool { outcome != .ready || later != nil }

    /// When the port was open at the latest, and the probe could pass; `nil` where nothing shows that it ever was.
    ///
    /// An attempt of HTTP or gRPC is one try: one that failed shows that the program would not have passed by then, whether
    /// it listened or not.
    var openedAt: Double? {
        guard outcome == .ready, let decidedAt else { return listeningAt }
        guard let probe, probe.asksOnce else { return listeningAt ?? decidedAt }
        guard let listeningAt else { return max(0, decidedAt - 0.5) }
        guard let period = probe.period(before: decidedAt) else { return listeningAt }
        return max(listeningAt, decidedAt - Double(period) + 0.5)
    }

    /// Whether stages ended after the port was open, so that they were loaded behind it.
    var loadsBehindItsPort: Bool {
        guard let openedAt else { return false }
        return stages.contains { ($0.endedAt ?? 0) > openedAt + 1 }
    }

    /// Whether the program listened before the probe gave up: on another port or address, or without a good answer.
    var isKilledListening: Bool {
        guard outcome == .killed, listeningPort != nil || listeningAt != nil else { return false }
        guard let listeningAt, let decidedAt else { return listeningPort != probe?.port }
        return listeningAt < decidedAt
    }
}
