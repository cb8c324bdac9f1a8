package import Checks

/// Something that writes a report from a run's events.
///
/// One stream of events serves all reports, so that they cannot disagree. A recorder is told of events one at a time.
package protocol Recorder {
    /// Takes the next event.
    ///
    /// - Throws: `ReportError` where the report cannot be written.
    mutating func take(_ event: ReportEvent) throws(ReportError)
}

extension Recorder {
    /// Takes the next event of a run in this process.
    ///
    /// - Throws: `ReportError` where the report cannot be written.
    package mutating func record(_ event: RunEvent) throws(ReportError) { try take(ReportEvent(event)) }
}

/// Where a report's text goes, piece by piece.
package typealias ReportSink = (String) throws(ReportError) -> Void

/// Several recorders as one.
package struct RecorderGroup: Recorder {
    private var recorders: [any Recorder]

    /// Groups recorders; each event reaches them in this order.
    package init(_ recorders: [any Recorder]) {
        self.recorders = recorders
    }

    /// Tells every recorder, also after one of them has failed.
    ///
    /// - Throws: The first failure; that a reader has gone only where there is no other.
    package mutating func take(_ event: ReportEvent) throws(ReportError) {
        var failure: ReportError?
        for index in recorders.indices {
            do throws(ReportError) {
                try recorders[index].take(event)
            } catch {
                // A report whose reader has ended must not hide the failure of another.
                if failure == nil || failure?.code == .readerGone { failure = error }
            }
        }
        if let failure { throw failure }
    }
}
