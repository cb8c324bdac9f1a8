import Checks
import Scenarios
import SourcePlaces

/// Writes one line of JSON for each event, as it happens.
///
/// A line ends with its line feed, and the sink must not hold it back, so that a run that was killed leaves evidence. The
/// lines are ``JournalLine``s; a long one is handed over in several pieces.
package struct JSONLRecorder: Recorder {
    private let sink: ReportSink
    private var names: [String] = []

    /// Creates a recorder; the sink must not hold text back.
    package init(sink: @escaping ReportSink) {
        self.sink = sink
    }

    package mutating func take(_ event: ReportEvent) throws(ReportError) {
        switch event {
        case .runStarted(let start):
            names = start.scenarios.map(\.name)
            try write(
                JournalLine(
                    event: .runStarted,
                    tool: RunReport.Tool(version: start.toolVersion),
                    seed: start.seed,
                    scenarios: start.scenarios.map { .init(name: $0.name, file: $0.file) }
                )
            )
        case .scenarioStarted(let index):
            try write(JournalLine(event: .scenarioStarted, index: index, name: names[index]))
        case .scenarioWaiting: break
        case .scenarioFinished(let scenario, let index):
            let line = JSONPart.object([
                ("schemaVersion", .value(RunReport.schemaVersion)),
                ("event", .value(JournalLine.Event.scenarioFinished)),
                ("index", .value(index)),
                ("name", .value(names[index])),
                ("scenario", scenario.part),
            ])
            try JSONPieces.write(line, isPretty: false, to: sink)
        case .runFinished(let run):
            let report = RunReport(headOf: run, planned: names.count)
            try write(
                JournalLine(
                    event: .runFinished,
                    seed: report.seed,
                    complete: report.complete,
                    summary: report.summary,
                    exitCode: report.exitCode,
                    fingerprints: report.fingerprints,
                    virtualSeconds: report.virtualSeconds,
                    wallSeconds: report.wallSeconds
                )
            )
        }
    }

    private func write(_ line: JournalLine) throws(ReportError) {
        try sink(ReportEncoding.line(line))
    }
}
