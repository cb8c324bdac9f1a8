import Domain

/// Reads the start of an instance of Cloud Run from its lines.
struct CloudRunStart {
    /// The longest that a startup probe of Cloud Run can take, in seconds: a delay and a product of 1800 s, with a GPU.
    private static let longestStart = 3_700.0

    private let subject: SubjectCase
    private let record: SubjectRecord
    private let begin: Timestamp?

    /// Looks at a subject.
    init(_ subject: SubjectCase) {
        self.subject = subject
        record = subject.record
        begin = record[.instanceStarting]?.last.time
    }

    /// The start that belongs to a verdict.
    func start(_ verdict: Verdict) -> PlayableStart {
        let passed = record[.startupPassed]?.first
        switch verdict.word {
        case .startupProbeFailed:
            guard let failed = record[.startupFailed]?.last else {
                return .nothing(
                    because: "the probe's own line is not in the input, and the deployment's says no numbers"
                )
            }
            return .start(start(.killed, decided: failed))
        case .livenessProbeFailed:
            guard let failed = record[.livenessFailed]?.last else { return .nothing(for: verdict.word) }
            var start = start(.ready, decided: passed)
            start.later = .liveness(RecordedProbe(ProbeSentence(failed.text)))
            start.endedAt = seconds(failed.time)
            return .start(start)
        case .exit, .signal, .oom:
            return ended(verdict.word, passed)
        case .noDeath, .cpuStarved, .superseded, .disabledByOwner, .unknown, .neverStarted, .execFailed, .evicted,
            .rollout, .neverAsked:
            guard passed != nil || verdict.isDeath == false && isUp else { return .nothing(for: verdict.word) }
            var start = start(.ready, decided: passed)
            if verdict.isDeath != false { start.leftOut.append("what became of it after its start") }
            return .start(start)
        }
    }

    /// A start of a process that ended by itself, before or after it was ready.
    private func ended(_ word: VerdictWord, _ passed: Fact?) -> PlayableStart {
        let end: RecordedStart.ProcessEnd
        let fact: Fact?
        if word == .oom {
            (end, fact) = (
                .signal(9), (subject[.endedBySignal] ?? subject[.memoryExceeded] ?? subject[.memoryInRequest])?.last
            )
        } else if word == .signal, let ended = subject[.endedBySignal]?.last,
            let number = ended.text.number(after: "on signal "), (1...64).contains(number)
        {
            (end, fact) = (.signal(number), ended)
        } else if word == .exit, let exited = subject[.exited]?.last,
            let code = exited.text.number(after: "called exit("), (0...255).contains(code)
        {
            (end, fact) = (.code(code), exited)
        } else {
            return .nothing(because: "the exit code or signal is cut off")
        }
        let isLater =
            passed.map { passed in fact.flatMap { subject.isBefore(passed, $0) } ?? true }
            ?? (subject.has(.memoryInRequest) || record.requests.lastAnswered != nil)
        guard isLater else { return .start(start(.exited(end), decided: fact)) }
        var start = start(.ready, decided: passed)
        start.later = .exited(end)
        start.endedAt = seconds(fact?.time)
        return .start(start)
    }

    private func start(_ outcome: RecordedStart.Outcome, decided: Fact?) -> RecordedStart {
        let timeline = subject.timeline
        var start = RecordedStart(.cloudRun, outcome)
        let sentence = (record[.startupFailed]?.last ?? record[.startupPassed]?.first).map { ProbeSentence($0.text) }
        start.probe = sentence.map(RecordedProbe.init)
        start.decidedAt = seconds(decided?.time)
        if let decidedAt = start.decidedAt, decidedAt > Self.longestStart {
            start.decidedAt = nil
            start.leftOut.append(
                "the moments of its beginning and its decision, which are further apart than any probe of Cloud Run waits"
            )
        }
        start.listeningAt = seconds(timeline.listening)
        start.listeningPort = timeline.port
        start.stages = timeline.stages.filter { $0.seconds > 0 }
            .map { RecordedStart.Stage(name: $0.name, seconds: $0.seconds, endedAt: seconds($0.endTime)) }
        start.requests = begin.map { record.requests.all(since: $0) } ?? []
        return start
    }

    /// Whether something beside its probe shows that it got as far as to work.
    private var isUp: Bool {
        record.has(.listening) || record.requests.lastAnswered != nil || record.has(.livenessPassed)
    }

    private func seconds(_ time: Timestamp?) -> Double? {
        guard let begin, let time, time >= begin else { return nil }
        return Double(time.microseconds - begin.microseconds) / 1e6
    }
}
