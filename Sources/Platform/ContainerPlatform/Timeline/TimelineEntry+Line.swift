import Domain

extension Timeline.Entry {
    /// The widest line.
    static let width = 100

    /// The entry as a line: seconds, subject and text in columns.
    package var line: String {
        let seconds = moment.fixedSecondsText
        let (subject, text) = event.words
        var line = String(repeating: " ", count: max(0, 10 - seconds.count)) + seconds + "  " + subject
        line += String(repeating: " ", count: max(0, 9 - subject.count)) + text
        guard line.count > Self.width else { return line }
        return line.prefix(Self.width - 3) + "..."
    }
}

extension TimelineEvent {
    /// The subject and the text of the event's line.
    var words: (subject: String, text: String) {
        switch self {
        case .instanceStarted(let millicores): ("instance", "started with \(Self.cores(millicores))")
        case .stageStarted(let name): ("stage", "\(name) started")
        case .stageFinished(let name, let elapsed, _): ("stage", "\(name) finished after \(elapsed.fixedSecondsText) s")
        case .stageFailed(let name, let elapsed): ("stage", "\(name) failed after \(elapsed.fixedSecondsText) s")
        case .stageHung(let name): ("stage", "\(name) hangs")
        case .listening(let port): ("service", "listens on port \(port)")
        case .stoppedListening: ("service", "no longer listens")
        case .health(let health):
            (
                "service",
                "health \(health.text)" + (health.level > .booting && !health.recommends ? ", without rows" : "")
            )
        case .attempt(let attempt): (attempt.probe == .startup ? "probe" : attempt.probe.rawValue, attempt.text)
        case .probeSucceeded(let attempts): ("probe", "succeeded after \(attempts) \(Self.plural("attempt", attempts))")
        case .probeFailed(let failures, let saw):
            (
                "probe",
                "failed \(failures) \(Self.plural("time", failures)) consecutively"
                    + (saw.map { ", last: \($0.text)" } ?? "")
            )
        case .requestArrived(let index): ("request", "\(index) arrived")
        case .requestDelivered(let index): ("request", "\(index) delivered")
        case .requestAdmitted(let index, let state): ("request", "\(index) taken in state \(state.label)")
        case .requestEnded(let index, let outcome, let latency):
            ("request", "\(index) \(outcome.text) after \(latency.fixedSecondsText) s")
        case .cpuAllocated(let millicores): ("cpu", "\(Self.cores(millicores)) allocated")
        case .cpuWithdrawn: ("cpu", "withdrawn")
        case .boostEnded: ("cpu", "startup boost ended")
        case .stopRequested: ("platform", "shuts down the instance, disabled by its owner")
        case .signal(let number): ("signal", Self.name(ofSignal: number))
        case .exited(.code(let code)): ("process", "exited with code \(code)")
        case .exited(.signal(let number)): ("process", "ended by \(Self.name(ofSignal: number))")
        case .probeFound(let probe, let isSuccess, let inRow, let saw):
            (
                probe.rawValue,
                "\(isSuccess ? "succeeded" : "failed") \(inRow) \(Self.plural("time", inRow)) consecutively, last: "
                    + saw.text
            )
        case .traffic(let isGiven): ("platform", isGiven ? "sends traffic" : "sends no traffic")
        case .backsOff(let moment): ("platform", "backs off; restarts the container at \(moment.fixedSecondsText) s")
        case .containerStarted(let life): ("instance", "container started again, life \(life)")
        case .progressDeadlineExceeded: ("platform", "the progress deadline is exceeded")
        }
    }

    private static func plural(_ word: String, _ count: Int) -> String { count == 1 ? word : word + "s" }

    private static func cores(_ millicores: Int) -> String {
        "\(Duration.milliseconds(millicores).secondsText) vCPU"
    }

    private static func name(ofSignal number: Int32) -> String {
        switch number {
        case 6: "SIGABRT"
        case 9: "SIGKILL"
        case 15: "SIGTERM"
        default: "signal \(number)"
        }
    }
}

extension ProbeAttempt {
    /// The attempt in words.
    fileprivate var text: String {
        let verdict = saw.isSuccess ? "succeeded" : saw.isError ? "was an error" : "failed"
        let elapsed = ended - started
        let after = elapsed > .zero ? " after \(elapsed.fixedSecondsText) s" : ""
        return "attempt \(number) \(verdict)\(after): \(saw.text)"
    }
}

extension ProbeSighting {
    /// The sighting in words that belong to no platform.
    package var words: String {
        switch self {
        case .connected: "connected"
        case .status(let code): "HTTP status \(code)"
        case .health(let status): GRPCNames.health(status)
        case .callFailed(let code): GRPCNames.call(code)
        case .notGRPC: "no answer of gRPC"
        case .unknownPort(let name): "port \"\(name.text)\" not found"
        case .refused: "connection refused"
        case .deadlineExceeded: "timed out"
        case .cancelled: "the process ended"
        }
    }

    /// The sighting in words, with the platform's status where it has one.
    package var text: String {
        switch self {
        case .status(let code): "HTTP \(code)"
        case .refused: "connection refused (ERROR_CONNECTION_FAILED)"
        case .deadlineExceeded: "timed out (DEADLINE_EXCEEDED)"
        case .cancelled: "process ended (CANCELLED)"
        case .connected, .health, .callFailed, .notGRPC, .unknownPort: words
        }
    }
}

extension RequestOutcome {
    /// The outcome in words.
    package var text: String {
        switch self {
        case .unanswered: "unanswered"
        case .served(let state): "served \(state.status) (\(state.label))"
        case .refused(let status, let text): "refused \(status) by the service (\(text))"
        case .refusedByPlatform(let status, _): "refused \(status) by the platform"
        case .cut(let status, _): "cut \(status)"
        case .elsewhere: "sent elsewhere"
        }
    }
}
