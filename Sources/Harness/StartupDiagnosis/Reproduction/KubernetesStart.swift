import Domain

/// Reads the start of a container of Kubernetes from events and states, which say little of when.
struct KubernetesStart {
    private let subject: SubjectCase
    private let record: SubjectRecord

    /// Looks at a subject.
    init(_ subject: SubjectCase) {
        self.subject = subject
        record = subject.record
    }

    /// The start that belongs to a verdict.
    func start(_ verdict: Verdict) -> PlayableStart {
        switch verdict.word {
        case .startupProbeFailed:
            return .start(start(.killed))
        case .livenessProbeFailed:
            var start = start(.ready)
            start.later = .liveness(described("Liveness") ?? .unknown)
            return .start(start)
        case .exit, .signal, .oom:
            guard let end = processEnd(verdict.word) else {
                return .nothing(because: "the exit code is not in the input")
            }
            // A container that kubelet still asked for liveness or readiness had started.
            guard subject.has(.running, .livenessMissed, .readinessMissed) else { return .start(start(.exited(end))) }
            var start = start(.ready)
            start.later = .exited(end)
            return .start(start)
        case .noDeath:
            guard !subject.has(.succeeded) else {
                return .nothing(because: "it finished its work, and nothing asked it")
            }
            guard
                subject.has(.running, .containerStarted, .startupMissed, .readinessMissed, .livenessMissed, .listening)
            else { return .nothing(for: .noDeath) }
            return .start(start(.ready))
        case .execFailed, .neverStarted, .superseded, .disabledByOwner, .rollout, .evicted, .cpuStarved, .neverAsked,
            .unknown:
            return .nothing(for: verdict.word)
        }
    }

    private func processEnd(_ word: VerdictWord) -> RecordedStart.ProcessEnd? {
        if word == .oom { return .signal(9) }
        guard let code = subject[.terminated]?.last.number ?? subject[.containerUnhealthy]?.last.number,
            (0...255).contains(code)
        else { return nil }
        // A shell's codes for a signal (128 and its number), which a runtime uses too.
        return word == .signal && code > 128 ? .signal(code - 128) : .code(code)
    }

    private func start(_ outcome: RecordedStart.Outcome) -> RecordedStart {
        var start = RecordedStart(.kubernetes, outcome)
        start.probe = described("Startup")
        start.readinessProbe = described("Readiness")
        start.readyAfter = readyAfter
        // Without a startup probe a container counts as started at once, and nothing could end before that.
        if start.probe == nil, outcome != .ready || record.has(.startupMissed) { start.probe = .unknown }
        return start
    }

    private func described(_ name: String) -> RecordedProbe? {
        let specified = statements(.probeSpecified).compactMap(\.name).first { $0.hasPrefix(name + " ") }
        if let specified { return RecordedProbe(described: String(specified.dropFirst(name.count + 1))) }
        return statements(.probeDescribed).first { $0.name == name }.map { RecordedProbe(described: $0.text) }
    }

    /// The first and the last statement of a kind.
    private func statements(_ kind: FactKind) -> [Fact] { record[kind].map { [$0.first, $0.last] } ?? [] }

    /// From the beginning of the container that runs to the moment at which its pod was ready.
    ///
    /// Both are whole seconds, so that it may have been one more. A pod that was ready before its container began says
    /// nothing of this container.
    private var readyAfter: Double? {
        guard let began = record[.containerBegan]?.last.time, let ready = record[.podReady]?.last.time, ready >= began
        else { return nil }
        return Double(ready.microseconds - began.microseconds) / 1e6 + 1
    }
}
