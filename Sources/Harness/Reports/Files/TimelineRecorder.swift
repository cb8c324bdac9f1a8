import Checks

/// Writes a text file for each scenario that was observed: its picture, whole timeline, every row and every failure.
struct TimelineRecorder: Recorder {
    private let folder: ReportFolder

    /// Creates a recorder that writes into the folder's `timelines`.
    init(folder: ReportFolder) {
        self.folder = folder
    }

    mutating func take(_ event: ReportEvent) throws(ReportError) {
        guard case .scenarioFinished(let scenario, _) = event, scenario.isObserved else { return }
        let report = scenario.whole
        let lines = [ScenarioLines(names: [report.name]).line(for: report), StyledLine()]
        let failures = FailureText(report, detailLimit: .max, sourceLine: SourceLines.line).lines
        let all = lines + ScenarioDetails(report, landing: scenario.landing, isWhole: true).lines + failures
        try folder.write(
            TerminalStyle.plain.render(all),
            to: ReportFolder.timeline(of: report.name)
        )
    }
}
