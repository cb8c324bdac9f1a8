import HTMLReport
import Replay
import Reports
import Scenarios

/// Which reports are written where.
struct ReportPlan: Sendable {
    /// Whether the console report is written to standard output.
    let writesForPeople: Bool
    /// The machine-readable reports.
    let files: Set<ReportFolder.Format>
    /// Whether the page is written.
    let hasPage: Bool
    /// The folder for files; `nil` where the only report goes to standard output.
    let folder: String?
    /// Whether files of the folder that Coldstart did not write may be replaced.
    let replacesFiles: Bool
    /// Whether each scenario's service leaves its log in the folder.
    let hasServiceLogs: Bool
    /// How much the console report says.
    let verbosity: Verbosity
    /// Whether `--no-color` was given.
    let forbidsColour: Bool

    /// Creates the recorders of a run of scenarios with these names.
    ///
    /// - Throws: `ReportError` where the folder cannot be prepared.
    func recorder(for scenarios: [String]) throws(ReportError) -> RecorderGroup {
        let console = Console(forbidsColour: forbidsColour)
        let output = console.output
        let sink: ReportSink = { (text) throws(ReportError) in try output.write(text) }
        var recorders: [any Recorder] = []
        if output.terminalColumns == nil { recorders.append(ProgressRecorder()) }
        if writesForPeople {
            recorders.append(ConsoleRecorder(style: console.style, verbosity: verbosity, folder: folder, sink: sink))
        }
        if let folder = try openFolder(for: scenarios) {
            recorders += try folder.recorders(for: files)
            if hasPage {
                recorders.append(
                    PageRecorder { (page) throws(ReportError) in
                        try folder.write(page.text, to: DocumentPage.fileName)
                        // Nobody who asked for a page alone should have to guess where it is.
                        if !writesForPeople { try sink(DocumentPage.words(of: page, in: folder.path)) }
                    }
                )
            }
        } else {
            if hasPage { recorders.append(PageRecorder { (page) throws(ReportError) in try sink(page.text) }) }
            recorders += files.map { format -> any Recorder in
                switch format {
                case .json: JSONRecorder(sink: sink)
                case .jsonl: JSONLRecorder(sink: sink)
                case .junit: JUnitRecorder(sink: sink)
                }
            }
        }
        return RecorderGroup(recorders)
    }

    private func openFolder(for scenarios: [String]) throws(ReportError) -> ReportFolder? {
        guard let folder else { return nil }
        let logs = hasServiceLogs ? scenarios.map(ProcessSettings.logName) : []
        let names =
            files.map(\.fileName).sorted() + (hasPage ? [DocumentPage.fileName] : [])
            + scenarios.map(ReportFolder.timeline) + logs
        let opened = try ReportFolder(path: folder, for: names, replacing: replacesFiles)
        for log in logs { try opened.claim(log) }
        return opened
    }
}
