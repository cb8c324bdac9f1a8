#if canImport(FoundationEssentials)
import FoundationEssentials
#else
import Foundation
#endif

/// The folder that a run's report files are written to.
///
/// `report.jsonl` grows while the run goes on; `report.json`, `junit.xml` and `timelines/<scenario>.txt` appear whole or
/// not at all. What an earlier run left under these names is removed when the folder is opened, so that no file of it
/// can be taken for this run's.
package struct ReportFolder: Sendable {
    /// The formats of files.
    package enum Format: String, Hashable, Sendable, CaseIterable {
        /// `report.json`.
        case json
        /// `report.jsonl`.
        case jsonl
        /// `junit.xml`.
        case junit
    }

    /// The folder's path.
    package let path: String

    /// Opens the folder, creating it where it is missing.
    ///
    /// - Throws: `ReportError` where it cannot be created or cleared.
    package init(path: String) throws(ReportError) {
        self.path = path
        do {
            let manager = FileManager.default
            try manager.createDirectory(atPath: path, withIntermediateDirectories: true)
            for name in ["report.json", "report.jsonl", "junit.xml", "timelines"]
            where manager.fileExists(atPath: file(name)) {
                try manager.removeItem(atPath: file(name))
            }
        } catch {
            throw ReportError(.cannotWrite, "\(path): the report folder cannot be prepared: \(Self.reason(error))")
        }
    }

    /// Returns recorders that write files of the given formats, and the timelines, into the folder.
    ///
    /// - Throws: `ReportError` where the journal cannot be created.
    package func recorders(for formats: Set<Format>) throws(ReportError) -> [any Recorder] {
        var recorders: [any Recorder] = [TimelineRecorder(folder: self)]
        if formats.contains(.jsonl) {
            let journal = try OutputDescriptor(creating: file("report.jsonl"))
            recorders.append(JSONLRecorder { (text) throws(ReportError) in try journal.write(text) })
        }
        if formats.contains(.json) {
            recorders.append(JSONRecorder { (text) throws(ReportError) in try write(text, to: "report.json") })
        }
        if formats.contains(.junit) {
            recorders.append(JUnitRecorder { (text) throws(ReportError) in try write(text, to: "junit.xml") })
        }
        return recorders
    }

    /// Writes a whole file by way of a temporary one beside it, which takes its name in the end.
    ///
    /// - Throws: `ReportError` where it cannot be written.
    func write(_ text: String, to name: String) throws(ReportError) {
        do {
            let parent = URL(fileURLWithPath: file(name)).deletingLastPathComponent().path
            try FileManager.default.createDirectory(atPath: parent, withIntermediateDirectories: true)
            try Data(text.utf8).write(to: URL(fileURLWithPath: file(name)), options: .atomic)
        } catch {
            throw ReportError(.cannotWrite, "\(file(name)): cannot be written: \(Self.reason(error))")
        }
    }

    private func file(_ name: String) -> String { path + "/" + name }

    private static func reason(_ error: any Error) -> String {
        "\(error)".split(separator: "\n").first.map(String.init) ?? "unknown reason"
    }
}
