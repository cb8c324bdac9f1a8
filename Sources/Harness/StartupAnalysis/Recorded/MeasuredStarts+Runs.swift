package import Reports

extension MeasuredStarts {
    /// Takes the stages of recorded starts.
    ///
    /// - Parameters:
    ///   - path: A report, a folder with a report, or a folder of such folders.
    ///   - scenario: The scenario; runs of one scenario alone may have another name.
    /// - Throws: As `RecordedRun.all(at:)`; `StartupAnalysisError` where no start has a stage that finished.
    package init(recordedAt path: String, scenario: String) throws {
        let runs = try RecordedRun.all(at: path)
        let isThere = runs.contains { run in run.scenarios.contains { $0.name == scenario } }
        try self.init(of: runs.starts(of: isThere ? scenario : nil), source: path)
    }

    /// Takes the stages of starts.
    ///
    /// - Parameters:
    ///   - reports: The reports of the starts.
    ///   - source: Where they come from, for messages.
    /// - Throws: `StartupAnalysisError` where none has a stage that finished.
    package init(of reports: [ScenarioReport], source: String) throws(StartupAnalysisError) {
        let recorded = reports.map(Self.work).filter { start in start.contains { $0 != nil } }
        guard !recorded.isEmpty else {
            throw StartupAnalysisError(
                .unreadable,
                "\(source): no start has a stage that finished; the service says in its log when one has"
            )
        }
        self.init(source: source, starts: recorded)
    }

    /// What each stage took that finished, by its place among ``SweepParameter/Stage/allCases``.
    private static func work(of report: ScenarioReport) -> [Work?] {
        let spans = StartSpans(report).spans.filter { $0.kind == .stage }
        return SweepParameter.Stage.allCases.map { stage in
            spans.first { $0.name == stage.name }
                .map { Work(elapsed: duration($0.elapsed), cpu: $0.cpu.map(duration)) }
        }
    }

    /// A number of seconds as reports write it, to the microsecond.
    private static func duration(_ seconds: Double) -> Duration { .microseconds(Int64((seconds * 1e6).rounded())) }
}
