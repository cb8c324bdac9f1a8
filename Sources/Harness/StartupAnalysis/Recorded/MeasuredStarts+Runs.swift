import Reports

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
        let starts = try runs.starts(of: isThere ? scenario : nil).map(\.stageWork)
        let recorded = starts.filter { start in start.contains { $0 != nil } }
        guard !recorded.isEmpty else {
            throw StartupAnalysisError(
                .unreadable,
                "\(path): no start has a stage that finished; the service says in its log when one has"
            )
        }
        self.init(source: path, starts: recorded)
    }
}

extension ScenarioReport {
    /// What each stage took that finished, by its place among ``SweepParameter/Stage/allCases``.
    fileprivate var stageWork: [MeasuredStarts.Work?] {
        SweepParameter.Stage.allCases.map { stage in
            let entry = timeline.first { $0.kind == .stage && $0.name == stage.name && $0.result == .ok }
            guard let entry, let until = entry.until else { return nil }
            return MeasuredStarts.Work(elapsed: Self.duration(until - entry.at), cpu: entry.cpu.map(Self.duration))
        }
    }

    /// A number of seconds as reports write it, to the microsecond.
    private static func duration(_ seconds: Double) -> Duration { .microseconds(Int64((seconds * 1e6).rounded())) }
}
