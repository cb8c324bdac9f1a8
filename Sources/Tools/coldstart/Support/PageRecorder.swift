import Checks
import HTMLReport
import Reports

/// Writes the page of a run at its end, from the JSON that `report.json` has.
struct PageRecorder: Recorder {
    private let write: (HTMLPage) throws(ReportError) -> Void
    private let json = Text()
    private var recorder: JSONRecorder

    /// What has been written so far.
    private final class Text {
        var pieces = ""
    }

    /// Creates a recorder that hands the whole page to a function.
    init(write: @escaping (HTMLPage) throws(ReportError) -> Void) {
        self.write = write
        recorder = JSONRecorder { [json] (piece) throws(ReportError) in json.pieces += piece }
    }

    mutating func take(_ event: ReportEvent) throws(ReportError) {
        try recorder.take(event)
        if case .runFinished = event { try write(try DocumentPage.page(of: json.pieces)) }
    }
}
