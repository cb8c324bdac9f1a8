import ContainerPlatform
import Domain

/// Turns the platform's events into entries that last, so that a stage is one entry and not two.
struct TimelineConversion {
    private var entries: [TimelineReport] = []
    private var unfinished: [Span: Int] = [:]
    /// The stages of which only the end was told, in the order of their ends.
    private var backdated: [Int] = []
    private var instanceEnd = (name: "stopped", result: TimelineReport.Result.cut)
    /// Whether the process of this life was sent a signal.
    private var wasSignalled = false
    /// Whether the platform knows statuses of its own for what an attempt saw.
    private let knowsStatuses: Bool

    private init(_ profile: PlatformProfile) { knowsStatuses = profile.kubelet == nil }

    /// What can last; one of each at a time.
    private enum Span: Hashable {
        case instance, stage, state, serving, starvation
        case request(Int)
    }

    /// Returns the entries of a timeline.
    ///
    /// - Parameters:
    ///   - timeline: The platform's events.
    ///   - end: The moment of the last event.
    ///   - profile: The platform.
    /// - Returns: The entries in the order of their beginnings.
    /// - Complexity: O(*n* log *n*) in the number of events.
    static func entries(
        of timeline: Timeline,
        end: Duration?,
        under profile: PlatformProfile = .cloudRun
    ) -> [TimelineReport] {
        var conversion = TimelineConversion(profile)
        for entry in timeline.entries { conversion.take(entry.event, at: entry.moment.reportedSeconds) }
        conversion.finish(at: end?.reportedSeconds)
        return conversion.entries.enumerated()
            .sorted { ($0.element.at, $0.offset) < ($1.element.at, $1.offset) }
            .map(\.element)
    }

    private mutating func take(_ event: TimelineEvent, at time: Double) {
        switch event {
        case .instanceStarted(let millicores):
            open(.instance, .instance, "alive", "started with \(Self.cores(millicores))", at: time)
            entries[entries.count - 1].vCPU = Self.vCPU(millicores)
        case .stageStarted, .stageFinished, .stageFailed, .stageHung: takeStage(event, at: time)
        case .requestArrived, .requestDelivered, .requestAdmitted, .requestEnded: takeRequest(event, at: time)
        case .health(let health): takeHealth(health, at: time)
        case .attempt(let attempt): takeAttempt(attempt)
        case .cpuWithdrawn:
            guard unfinished[.instance] != nil else { return }
            close(.starvation, at: time)
            open(.starvation, .starved, "cpu", "no CPU", at: time)
            entries[entries.count - 1].vCPU = 0
        case .cpuAllocated(let millicores):
            close(.starvation, at: time)
            note("cpu", "\(Self.cores(millicores)) allocated", at: time)
            entries[entries.count - 1].vCPU = Self.vCPU(millicores)
        case .containerStarted(let life):
            instanceEnd = ("stopped", .cut)
            wasSignalled = false
            open(.instance, .instance, "life \(life)", "container started again, life \(life)", at: time)
        case .probeFound, .traffic, .backsOff, .progressDeadlineExceeded: takePlatform(event, at: time)
        case .listening, .stoppedListening, .probeSucceeded, .probeFailed, .boostEnded, .stopRequested, .signal,
            .exited:
            takeMoment(event, at: time)
        }
    }

    /// A change of the text begins a new state; what can be served lasts on its own.
    private mutating func takeHealth(_ health: ServiceHealth, at time: Double) {
        if unfinished[.state].map({ entries[$0].text }) != health.text {
            close(.state, at: time)
            open(.state, .state, String(health.text.prefix { $0 != ":" }), health.text, at: time)
        }
        if health.recommends, unfinished[.serving] == nil {
            open(.serving, .serving, "recommend", "/recommend can serve", at: time)
        } else if !health.recommends {
            close(.serving, at: time)
        }
    }

    private mutating func takeStage(_ event: TimelineEvent, at time: Double) {
        switch event {
        case .stageStarted(let name): open(.stage, .stage, name, name, at: time)
        case .stageFinished(let name, let elapsed, let cpu):
            openStage(name, ended: time, after: elapsed)
            if let stage = unfinished[.stage] { entries[stage].cpu = cpu?.reportedSeconds }
            close(.stage, at: time, .ok, "finished")
        case .stageFailed(let name, let elapsed):
            openStage(name, ended: time, after: elapsed)
            close(.stage, at: time, .failed, "failed")
        case .stageHung: if let stage = unfinished[.stage] { entries[stage].text += " hangs" }
        default: break
        }
    }

    /// Opens a stage of which only the end was told, as a real service does; it began so long before.
    ///
    /// Ends that are read at one time were not at one time: stages follow one another, so that those before end earlier.
    private mutating func openStage(_ name: String, ended end: Double, after elapsed: Duration) {
        guard unfinished[.stage] == nil else { return }
        var begin = Self.moment(end - elapsed.seconds)
        for index in backdated.reversed() {
            guard let until = entries[index].until, until > begin else { break }
            let length = until - entries[index].at
            entries[index].until = begin
            begin = Self.moment(begin - length)
            entries[index].at = begin
        }
        backdated.append(entries.count)
        open(.stage, .stage, name, name, at: Self.moment(end - elapsed.seconds))
    }

    /// A moment to the microsecond, not before the start.
    private static func moment(_ seconds: Double) -> Double { max(0, (seconds * 1e6).rounded() / 1e6) }

    private mutating func takeRequest(_ event: TimelineEvent, at time: Double) {
        switch event {
        case .requestArrived(let index):
            open(.request(index), .request, String(index + 1), "request \(index + 1)", at: time)
        case .requestEnded(let index, let outcome, _):
            let result: TimelineReport.Result =
                switch outcome {
                case .served(let state): state.quality == .none ? .empty : .ok
                case .cut: .cut
                case .unanswered, .refused, .refusedByPlatform, .elsewhere: .failed
                }
            close(.request(index), at: time, result, outcome.text)
        default: break
        }
    }

    private mutating func takeAttempt(_ attempt: ProbeAttempt) {
        entries.append(
            TimelineReport(
                at: attempt.started.reportedSeconds,
                until: attempt.ended.reportedSeconds,
                kind: attempt.probe.reportKind,
                name: String(attempt.number),
                result: attempt.saw.isSuccess ? .ok : .failed,
                text: knowsStatuses ? attempt.saw.text : attempt.saw.words
            )
        )
    }

    /// What the platform finds and does of its own accord while it watches a container.
    private mutating func takePlatform(_ event: TimelineEvent, at time: Double) {
        switch event {
        case .probeFound(let probe, let isSuccess, let inRow, _):
            let verb = isSuccess ? "succeeded" : "failed"
            let text = "the \(probe.rawValue) probe \(verb) \(Figures.count(inRow, "time")) consecutively"
            note(probe.rawValue, text, at: time, isSuccess ? .ok : .failed)
            if probe == .liveness, !isSuccess { instanceEnd = ("killed", .failed) }
        case .traffic(let isGiven): note("traffic", isGiven ? "traffic is sent" : "no traffic is sent", at: time)
        case .backsOff(let moment):
            note("restart", "back-off: the container is started again at \(moment.fixedSecondsText) s", at: time)
        case .progressDeadlineExceeded: note("deadline", "the progress deadline is exceeded", at: time, .failed)
        default: break
        }
    }

    private mutating func takeMoment(_ event: TimelineEvent, at time: Double) {
        switch event {
        case .listening(let port): note("port", "listens on port \(port)", at: time)
        case .stoppedListening: note("port", "no longer listens", at: time)
        case .probeSucceeded(let attempts):
            note("probe", "the startup probe succeeded after \(Figures.count(attempts, "attempt"))", at: time, .ok)
        case .probeFailed(let failures, _):
            let count = Figures.count(failures, "time")
            note("probe", "the startup probe failed \(count) consecutively", at: time, .failed)
            instanceEnd = ("killed", .failed)
        case .boostEnded: note("cpu", "the startup boost ended", at: time)
        case .stopRequested: note("platform", "the owner's configuration stops the instance", at: time)
        case .signal(let number):
            wasSignalled = true
            note("signal", number == 15 ? "SIGTERM" : number == 9 ? "SIGKILL" : "\(number)", at: time)
        case .exited(let exit): takeExit(exit, at: time)
        default: break
        }
    }

    private mutating func takeExit(_ exit: ProcessExit, at time: Double) {
        note("process", "the process " + exit.words, at: time)
        if !wasSignalled { instanceEnd = ("exited", .failed) }
        close(.stage, at: time, .cut, "cut short")
        close(.state, at: time)
        close(.serving, at: time)
        close(.starvation, at: time)
        if let instance = unfinished[.instance] {
            entries[instance].name = instanceEnd.name
            entries[instance].result = instanceEnd.result
        }
        close(.instance, at: time)
    }

    private mutating func finish(at end: Double?) {
        guard let end else { return }
        if let instance = unfinished[.instance] { entries[instance].result = .ok }
        close(.instance, at: end)
        close(.state, at: end)
        close(.serving, at: end)
        close(.starvation, at: end)
    }

    private mutating func open(
        _ span: Span,
        _ kind: TimelineReport.Kind,
        _ name: String,
        _ text: String,
        at time: Double
    ) {
        unfinished[span] = entries.count
        entries.append(TimelineReport(at: time, until: nil, kind: kind, name: name, result: nil, text: text))
    }

    private mutating func close(
        _ span: Span,
        at time: Double,
        _ result: TimelineReport.Result? = nil,
        _ words: String? = nil
    ) {
        guard let open = unfinished.removeValue(forKey: span) else { return }
        entries[open].until = time
        if let result { entries[open].result = result }
        if let words { entries[open].text += " " + words }
    }

    private mutating func note(
        _ name: String,
        _ text: String,
        at time: Double,
        _ result: TimelineReport.Result? = nil
    ) {
        entries.append(TimelineReport(at: time, until: nil, kind: .event, name: name, result: result, text: text))
    }

    private static func vCPU(_ millicores: Int) -> Double { Double(millicores) / 1000 }

    private static func cores(_ millicores: Int) -> String {
        "\(Duration.milliseconds(millicores).secondsText) vCPU"
    }
}

extension ProbeKind {
    /// The kind of an attempt's entry.
    fileprivate var reportKind: TimelineReport.Kind {
        switch self {
        case .startup: .probe
        case .liveness: .liveness
        case .readiness: .readiness
        }
    }
}
