import Domain

/// What a log shows of a start that a startup probe decided, in seconds since the instance was started.
package struct RecordedStart: Hashable, Sendable {
    /// How the probe decided.
    package enum Outcome: Hashable, Sendable {
        /// It passed, and the instance was ready.
        case ready
        /// It failed, and the instance was killed.
        case killed
    }

    /// How the probe decided.
    package let outcome: Outcome
    /// Whether it is the probe that the platform adds by itself.
    let isDefaultProbe: Bool
    /// Whether it asks by HTTP; it connects by TCP otherwise.
    let isHTTP: Bool
    /// The path of an HTTP probe.
    let path: String?
    /// The port that it asks.
    let probePort: Int?
    /// How many attempts there were.
    let attempts: Int
    /// When it decided; `nil` where the log does not say when the instance was started.
    let decidedAt: Double?
    /// When the program listened; `nil` where no line says so.
    let listeningAt: Double?
    /// The port that it listens on.
    let listeningPort: Int?
    /// The stages, each with its end and how long it took.
    let stages: [Stage]
    /// When requests arrived.
    let arrivals: [Double]

    /// Whether the program listened before the probe gave up: on another port or address, or without a good answer.
    var isKilledListening: Bool {
        guard outcome == .killed, listeningPort != nil || listeningAt != nil else { return false }
        guard let listeningAt, let decidedAt else { return listeningPort != probePort }
        return listeningAt < decidedAt
    }

    /// A stage of the program's start.
    struct Stage: Hashable, Sendable {
        let name: String
        let seconds: Double
        let endedAt: Double?
    }

    /// Reads the start of a subject; `nil` where no startup probe of Cloud Run decided it.
    init?(_ subject: SubjectCase, verdict: VerdictWord) {
        let record = subject.record
        let decision: Fact
        if verdict == .startupProbeFailed, let failed = record[.startupFailed]?.last {
            (outcome, decision) = (.killed, failed)
        } else if let passed = record[.startupPassed]?.first {
            (outcome, decision) = (.ready, passed)
        } else {
            return nil
        }
        let timeline = subject.timeline
        let begin = record[.instanceStarting]?.last.time
        func seconds(_ time: Timestamp?) -> Double? {
            guard let begin, let time, time >= begin else { return nil }
            return Double(time.microseconds - begin.microseconds) / 1e6
        }
        let probe = ProbeSentence(decision.text)
        isDefaultProbe = probe.isDefault
        isHTTP = probe.handler == "HTTP"
        path = probe.path
        probePort = probe.port
        attempts = max(1, probe.attempts ?? 1)
        decidedAt = seconds(decision.time)
        listeningAt = seconds(timeline.listening)
        listeningPort = timeline.port
        stages = timeline.stages.filter { $0.seconds > 0 }
            .map { Stage(name: $0.name, seconds: $0.seconds, endedAt: seconds($0.endTime)) }
        arrivals = begin.map { record.requests.arrivals(since: $0) } ?? []
    }
}
