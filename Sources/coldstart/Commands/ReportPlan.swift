import Reports

/// Which reports are written where.
struct ReportPlan: Sendable {
    /// Whether the console report is written to standard output.
    let writesForPeople: Bool
    /// The machine-readable reports.
    let files: Set<ReportFolder.Format>
    /// The folder for files; `nil` where the only report goes to standard output.
    let folder: String?
    /// How much the console report says.
    let verbosity: Verbosity
    /// Whether `--no-color` was given.
    let forbidsColour: Bool
    /// The variables of the process.
    let environment: [String: String]

    /// Creates the recorders.
    ///
    /// - Throws: The end with code 3 where the folder cannot be prepared.
    func recorder() throws -> RecorderGroup {
        let output = OutputDescriptor.standardOutput()
        let sink: ReportSink = { (text) throws(ReportError) in try output.write(text) }
        var recorders: [any Recorder] = []
        if writesForPeople {
            let style = TerminalStyle(
                terminalColumns: output.terminalColumns,
                environment: environment,
                forbidsColour: forbidsColour
            )
            recorders.append(ConsoleRecorder(style: style, verbosity: verbosity, folder: folder, sink: sink))
        }
        if let folder {
            do throws(ReportError) {
                recorders += try ReportFolder(path: folder).recorders(for: files)
            } catch {
                throw CommandEnd.environment("\(error)")
            }
        } else {
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
}
