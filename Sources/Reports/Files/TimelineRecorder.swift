import Checks

/// Writes a text file for each scenario that was observed: its picture, whole timeline, every row and every failure.
struct TimelineRecorder: Recorder {
    private let folder: ReportFolder

    /// Creates a recorder that writes into the folder's `timelines`.
    init(folder: ReportFolder) {
        self.folder = folder
    }

    mutating func record(_ event: RunEvent) throws(ReportError) {
        guard case .scenarioFinished(let result, _) = event, result.observation != nil else { return }
        let report = ScenarioReport(result)
        let lines = [ScenarioLines(names: [report.name]).line(for: report), StyledLine()]
        let failures = FailureText(report, detailLimit: .max, sourceLine: SourceLines.line).lines
        let all = lines + ScenarioDetails(report, isWhole: true).lines + failures
        try folder.write(
            all.map { TerminalStyle.plain.render($0) + "\n" }.joined(),
            to: "timelines/" + Self.fileName(report.name)
        )
    }

    /// A scenario's name as a file name; scenario names are lower-case letters, digits and hyphens already.
    private static func fileName(_ name: String) -> String {
        let safe = name.map { $0.isASCII && ($0.isLetter || $0.isNumber || $0 == "-") ? $0 : "-" }
        return String(safe.prefix(100)) + ".txt"
    }
}
