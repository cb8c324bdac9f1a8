package import Checks
import Scenarios

/// Writes one line of JSON for each event, as it happens.
///
/// A line is handed to the sink whole, with its line feed, so that a sink that writes through leaves evidence of a run
/// that was killed. The lines are ``JournalLine``s.
package struct JSONLRecorder: Recorder {
    private let sink: ReportSink
    private var names: [String] = []

    /// Creates a recorder; the sink must not hold text back.
    package init(sink: @escaping ReportSink) {
        self.sink = sink
    }

    package mutating func record(_ event: RunEvent) throws(ReportError) {
        try sink(ReportEncoding.line(line(for: event)))
    }

    private mutating func line(for event: RunEvent) -> JournalLine {
        switch event {
        case .runStarted(let start):
            names = start.scenarios.map(\.name.value)
            return JournalLine(
                event: .runStarted,
                tool: RunReport.Tool(version: start.toolVersion),
                seed: start.seed,
                scenarios: start.scenarios.map { .init(name: $0.name.value, file: $0.source.file) }
            )
        case .scenarioStarted(let index):
            return JournalLine(event: .scenarioStarted, index: index, name: names[index])
        case .scenarioFinished(let result, let index):
            let report = ScenarioReport(result)
            return JournalLine(event: .scenarioFinished, index: index, name: report.name, scenario: report)
        case .runFinished(let run):
            let report = RunReport(run, planned: names.count)
            return JournalLine(
                event: .runFinished,
                seed: report.seed,
                complete: report.complete,
                summary: report.summary,
                exitCode: report.exitCode,
                fingerprints: report.fingerprints,
                virtualSeconds: report.virtualSeconds,
                wallSeconds: report.wallSeconds
            )
        }
    }
}
