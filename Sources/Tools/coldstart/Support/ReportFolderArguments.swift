import ArgumentParser
import Reports

/// Where report files go: the options that all commands with report files share.
struct ReportFolderArguments: ParsableArguments {
    @Option(help: ArgumentHelp("The folder for report files; those of an earlier run go.", valueName: "folder"))
    var reportDir: String?

    @Flag(help: "Replace files of the folder that Coldstart did not write, too.")
    var force = false

    /// Opens the folder for reports of the given formats, `nil` where none is named.
    ///
    /// - Throws: `ReportError` where the folder cannot be used.
    func folder(for formats: Set<ReportFolder.Format>) throws(ReportError) -> ReportFolder? {
        try folder(for: formats.map(\.fileName).sorted())
    }

    /// Opens the folder for files of the given names, `nil` where none is named.
    ///
    /// - Throws: `ReportError` where the folder cannot be used.
    func folder(for names: [String]) throws(ReportError) -> ReportFolder? {
        guard let reportDir else { return nil }
        return try ReportFolder(path: reportDir, for: names, replacing: force)
    }
}
