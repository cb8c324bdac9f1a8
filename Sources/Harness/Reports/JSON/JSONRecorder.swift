package import Checks

/// Writes the whole report as one JSON document at the end of the run.
///
/// The document is a ``RunReport``.
package struct JSONRecorder: Recorder {
    private let sink: ReportSink
    private var planned = 0

    /// Creates a recorder that writes once, at the end.
    package init(sink: @escaping ReportSink) {
        self.sink = sink
    }

    package mutating func record(_ event: RunEvent) throws(ReportError) {
        switch event {
        case .runStarted(let start): planned = start.scenarios.count
        case .scenarioStarted, .scenarioFinished: break
        case .runFinished(let run): try sink(ReportEncoding.pretty(RunReport(run, planned: planned)))
        }
    }
}
