import Checks

/// Writes the whole report as one JSON document at the end of the run.
///
/// The document is a ``RunReport``.
package struct JSONRecorder: Recorder {
    /// Writes a document whose pieces are handed to it one after the other.
    package typealias Writer = (_ document: (ReportSink) throws(ReportError) -> Void) throws(ReportError) -> Void

    private let write: Writer
    private var planned = 0

    /// Creates a recorder that writes a file, at the end.
    ///
    /// - Parameter write: Creates the file and completes it once the document is through.
    package init(writingBy write: @escaping Writer) {
        self.write = write
    }

    /// Creates a recorder that writes into a sink, at the end.
    package init(sink: @escaping ReportSink) {
        self.init { (document) throws(ReportError) in try document(sink) }
    }

    package mutating func take(_ event: ReportEvent) throws(ReportError) {
        switch event {
        case .runStarted(let start): planned = start.scenarios.count
        case .scenarioStarted, .scenarioWaiting, .scenarioFinished: break
        case .runFinished(let run):
            let document = RunReport.part(of: run, planned: planned)
            try write { (sink) throws(ReportError) in try JSONPieces.write(document, isPretty: true, to: sink) }
        }
    }
}
