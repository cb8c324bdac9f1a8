import Domain
import Reports

/// The parts of a start, read from its report.
struct StartSpans {
    /// The parts in the order of their beginnings.
    let spans: [StartSpan]

    /// Reads the parts.
    ///
    /// The boot is by definition the time from the start of the process to the first stage, the check of the environment;
    /// a real process cannot say itself when it began.
    init(_ report: ScenarioReport) {
        let starved = report.timeline.filter { $0.kind == .starved }
        let last = report.timeline.reduce(0) { max($0, $1.at, $1.until ?? 0) }
        func withoutCPU(_ from: Double, _ to: Double) -> Double {
            starved.reduce(0) { $0 + max(0, min($1.until ?? last, to) - max($1.at, from)) }
        }
        let stages = report.timeline.filter { $0.kind == .stage }
        var spans = stages.map { stage in
            let end = stage.until ?? last
            return StartSpan(
                stage.name,
                stage.result == .ok ? .stage : .unfinished,
                from: stage.at,
                to: end,
                cpu: stage.cpu,
                withoutCPU: withoutCPU(stage.at, end)
            )
        }
        if let first = spans.first, first.name == InitialisationStage.environment.rawValue {
            spans.insert(StartSpan("boot", .stage, from: 0, to: first.from, cpu: nil), at: 0)
        }
        if report.setup.strategy == InitialisationStrategy.lazy.rawValue,
            let place = spans.firstIndex(where: { $0.name == InitialisationStage.tokenizer.rawValue }), place > 0
        {
            let (from, to) = (spans[place - 1].to, spans[place].from)
            let wait = StartSpan(
                "waits for a request",
                .waitsForRequest,
                from: from,
                to: to,
                cpu: 0,
                withoutCPU: withoutCPU(from, to)
            )
            if to > from { spans.insert(wait, at: place) }
        }
        self.spans = spans
    }

    /// The stage that a real process was in when its start ended: the one after the last that it said had finished.
    ///
    /// - Parameters:
    ///   - spans: The parts that are known.
    ///   - end: The moment at which the start ended.
    ///   - report: The report; a simulation knows of every stage itself.
    /// - Returns: The stage, absent where none was under way.
    static func underway(after spans: [StartSpan], until end: Double, of report: ScenarioReport) -> StartSpan? {
        guard report.process != nil, let last = spans.last, last.kind == .stage, last.to < end else { return nil }
        let names = InitialisationStage.allCases.map(\.rawValue)
        guard let place = names.firstIndex(of: last.name), place + 1 < names.count else { return nil }
        return StartSpan(names[place + 1], .unfinished, from: last.to, to: end, cpu: nil)
    }
}
