import Checks
import Scenarios

/// Writes a run for people: a line for each scenario, failures with their place, what landed, and the exit code.
///
/// Scenarios are printed in the order in which they were given, also where they finish in another: a finished one waits
/// for those before it. On a terminal a progress line stands below and is erased before anything else is printed; it is
/// never written elsewhere.
package struct ConsoleRecorder: Recorder {
    private let style: TerminalStyle
    private let verbosity: Verbosity
    private let folder: String?
    private let sourceLine: (VerdictReport.Location) -> String?
    private let sink: ReportSink

    private var names: [String] = []
    private var layout = ScenarioLines(names: [])
    private var waiting: [Int: [StyledLine]] = [:]
    private var next = 0
    private var running: [Int] = []
    /// What a running scenario waits for, where it is known.
    private var waitsFor: [Int: String] = [:]
    private var progress = ProgressLine(total: 0)
    private var isProgressShown = false
    /// The most scenarios that ran at a time, and the sum of their real times.
    private var (sideBySide, wallSeconds) = (1, 0.0)
    private var endsBlank = false

    /// Creates a recorder.
    ///
    /// - Parameters:
    ///   - style: How lines are written.
    ///   - verbosity: How much is said.
    ///   - folder: The report folder, `nil` where no files are written.
    ///   - sourceLine: Returns the line of a scenario file, `nil` where it cannot be read any more.
    ///   - sink: Where the text goes.
    package init(
        style: TerminalStyle,
        verbosity: Verbosity,
        folder: String?,
        sourceLine: @escaping (VerdictReport.Location) -> String? = SourceLines.line,
        sink: @escaping ReportSink
    ) {
        self.style = style
        self.verbosity = verbosity
        self.folder = folder
        self.sourceLine = sourceLine
        self.sink = sink
    }

    package mutating func take(_ event: ReportEvent) throws(ReportError) {
        var lines: [StyledLine] = []
        switch event {
        case .runStarted(let start):
            lines = begin(start)
        case .scenarioStarted(let index):
            running.append(index)
        case .scenarioWaiting(let index, let what):
            waitsFor[index] = what
        case .scenarioFinished(let scenario, let index):
            running.removeAll { $0 == index }
            waitsFor[index] = nil
            waiting[index] = self.lines(for: scenario)
            progress.finished += 1
            sideBySide = max(sideBySide, running.count + 1)
            wallSeconds += scenario.wallSeconds
            progress.seconds = wallSeconds / Double(sideBySide)
            if ExitCode.combining(scenario.causes) != .passed { progress.notPassed += 1 }
            while let finished = waiting.removeValue(forKey: next) {
                lines += finished
                next += 1
            }
        case .runFinished(let run):
            for index in waiting.keys.sorted() { lines += waiting[index] ?? [] }
            waiting = [:]
            lines += end(run)
        }
        try write(lines, showsProgress: !event.isEnd)
    }

    private mutating func begin(_ start: PlannedRun) -> [StyledLine] {
        names = start.scenarios.map(\.name)
        layout = ScenarioLines(names: names, width: style.columns)
        progress = ProgressLine(total: names.count)
        guard verbosity > .quiet else { return [] }
        var line = StyledLine("Coldstart \(start.toolVersion)", .strong)
        line.append(" · \(Figures.count(names.count, "scenario"))", .faint)
        line.append(" · " + (start.seed.map { "seed \($0)" } ?? "each with its own seed"), .faint)
        return [line, StyledLine()] + (names.isEmpty ? [] : [layout.heading])
    }

    private func lines(for scenario: FinishedScenario) -> [StyledLine] {
        let report = verbosity == .verbose ? scenario.whole : scenario.head
        let limit = verbosity == .verbose ? Int.max : 10
        let failures = FailureText(report, detailLimit: limit, width: style.columns, sourceLine: sourceLine).lines
        guard verbosity > .quiet || report.outcome != .passed else { return [] }
        let details =
            switch verbosity {
            case _ where report.outcome == .notRun: [StyledLine]()
            case .quiet: [StyledLine]()
            case .normal:
                VerdictNotes(report, of: .rankings).lines(limit: 5, width: style.columns - 4)
                    .map { $0.indented(by: 4) }
            case .verbose:
                ScenarioDetails(report, landing: scenario.landing, isWhole: false, width: style.columns).lines
            }
        let attempts = (report.attempts ?? []).enumerated()
            .flatMap { index, attempt in
                StyledLine.wrapping(
                    attempt.line(number: index + 1),
                    columns: style.columns - 4,
                    role: .doubtful
                )
                .map { $0.indented(by: 4) }
            }
        return [layout.line(for: report)] + attempts + details + failures
    }

    private func end(_ run: FinishedRun) -> [StyledLine] {
        let closing = RunClosing(run, planned: names.count, folder: folder, width: style.columns)
        return (verbosity > .quiet ? closing.lines : []) + [closing.lastLine]
    }

    private mutating func write(_ lines: [StyledLine], showsProgress: Bool) throws(ReportError) {
        var text = isProgressShown ? ProgressLine.erasure : ""
        isProgressShown = false
        for line in lines where !(line.spans.isEmpty && endsBlank) {
            text += style.render([line])
            endsBlank = line.spans.isEmpty
        }
        if showsProgress, let columns = style.progressColumns, !running.isEmpty {
            progress.running = running.map { names[$0] }
            progress.waitsFor = waitsFor[running[0]]
            text += style.render(progress.line(columns: columns))
            isProgressShown = true
        }
        if !text.isEmpty { try sink(text) }
    }
}

extension ReportEvent {
    /// Whether nothing follows the event.
    fileprivate var isEnd: Bool {
        if case .runFinished = self { true } else { false }
    }
}
