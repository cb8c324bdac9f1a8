import Synchronization

#if canImport(FoundationEssentials)
import FoundationEssentials
#else
import Foundation
#endif

#if canImport(Darwin)
import Darwin
#elseif canImport(Glibc)
import Glibc
#elseif canImport(Musl)
import Musl
#endif

/// The folder that report files are written to, locked as long as the value lives.
///
/// `report.jsonl` grows while the run goes on; `report.json`, `junit.xml` and `timelines/<scenario>.txt` appear whole
/// or not at all. The folder's record names what Coldstart wrote: that is removed when the folder is opened, so that no
/// file of an earlier run can be taken for this one's. Files that the record does not name are never removed: one
/// that stands where a report would is an error, unless it may be replaced.
package final class ReportFolder: Sendable {
    /// The formats of files.
    package enum Format: String, Hashable, Sendable, CaseIterable {
        /// `report.json`.
        case json
        /// `report.jsonl`.
        case jsonl
        /// `junit.xml`.
        case junit

        /// The name of the file.
        package var fileName: String {
            switch self {
            case .json: "report.json"
            case .jsonl: "report.jsonl"
            case .junit: "junit.xml"
            }
        }
    }

    /// The folder's path.
    package let path: String
    private let record: Mutex<FolderRecord>
    /// The name under which a file is written before it is whole; one at a time.
    private static let temporary = FolderRecord.name + ".part"

    /// Opens the folder, creating it where it is missing, and removes what an earlier run wrote.
    ///
    /// - Parameters:
    ///   - path: The folder's path.
    ///   - names: The paths in it that may be written.
    ///   - replacing: Whether files under these names are removed also where Coldstart did not write them.
    /// - Throws: `ReportError` where the folder cannot be created or cleared; `foreignFile` where a file stands in the
    ///   way, `inUse` where another run writes to the folder. Nothing is removed then.
    package init(path: String, for names: [String], replacing: Bool = false) throws(ReportError) {
        self.path = path
        do {
            try FileManager.default.createDirectory(atPath: path, withIntermediateDirectories: true)
        } catch {
            throw ReportError(.cannotWrite, "\(path): the report folder cannot be prepared: \(Self.reason(error))")
        }
        var record = try FolderRecord(folder: path)
        let own = Set(record.paths)
        let foreign = names.filter { !own.contains($0) && Self.exists(path + "/" + $0) }
        guard replacing || foreign.isEmpty else {
            let shown = foreign.prefix(3).joined(separator: ", ") + (foreign.count > 3 ? ", …" : "")
            throw ReportError(
                .foreignFile,
                "\(path): \(shown) would be replaced and \(foreign.count == 1 ? "is" : "are") not known to be a report "
                    + "of Coldstart's; name another folder, or replace with --force"
            )
        }
        for name in record.paths + foreign { try Self.remove(path + "/" + name) }
        try record.clear()
        self.record = Mutex(record)
    }

    /// Creates a file of the folder and writes it down as Coldstart's.
    ///
    /// - Throws: `ReportError` where it cannot be created.
    package func create(_ name: String) throws(ReportError) -> OutputDescriptor {
        try claim(name)
        return try OutputDescriptor(creating: file(name))
    }

    /// Writes a file down as Coldstart's that something else is about to create.
    ///
    /// - Throws: `ReportError` where the record cannot be written.
    package func claim(_ name: String) throws(ReportError) {
        try record.withLock { (record) throws(ReportError) in try record.add(name) }
    }

    /// Returns recorders that write files of the given formats, and the timelines, into the folder.
    ///
    /// - Throws: `ReportError` where the journal cannot be created.
    package func recorders(for formats: Set<Format>) throws(ReportError) -> [any Recorder] {
        var recorders: [any Recorder] = [TimelineRecorder(folder: self)]
        if formats.contains(.jsonl) {
            let journal = try create("report.jsonl")
            recorders.append(JSONLRecorder { (text) throws(ReportError) in try journal.write(text) })
        }
        if formats.contains(.json) {
            recorders.append(
                JSONRecorder(writingBy: { (document) throws(ReportError) in
                    try self.write(to: "report.json", document)
                })
            )
        }
        if formats.contains(.junit) {
            recorders.append(JUnitRecorder { (text) throws(ReportError) in try self.write(text, to: "junit.xml") })
        }
        return recorders
    }

    /// Writes a whole file by way of a temporary one beside it, which takes its name in the end.
    ///
    /// - Throws: `ReportError` where it cannot be written.
    package func write(_ text: String, to name: String) throws(ReportError) {
        try write(to: name) { (sink) throws(ReportError) in try sink(text) }
    }

    /// Writes a file, piece by piece, by way of a temporary one beside it, which takes its name in the end.
    ///
    /// - Throws: `ReportError` where it cannot be written.
    func write(
        to name: String,
        _ document: (ReportSink) throws(ReportError) -> Void
    ) throws(ReportError) {
        if let folder = name.split(separator: "/").dropLast().first {
            guard mkdir(file(String(folder)), 0o755) == 0 || errno == EEXIST else {
                throw ReportError(.cannotWrite, "\(file(name)): cannot be written: \(String(cString: strerror(errno)))")
            }
        }
        let temporary = Self.temporary
        unlink(file(temporary))
        let output = try create(temporary)
        do throws(ReportError) {
            try document { (text) throws(ReportError) in try output.write(text) }
            try output.finish()
            try claim(name)
            guard rename(file(temporary), file(name)) == 0 else {
                throw ReportError(.cannotWrite, "\(file(name)): cannot be written: \(String(cString: strerror(errno)))")
            }
        } catch {
            unlink(file(temporary))
            throw error
        }
    }

    private func file(_ name: String) -> String { path + "/" + name }

    private static func exists(_ path: String) -> Bool {
        var status = stat()
        return lstat(path, &status) == 0
    }

    private static func remove(_ path: String) throws(ReportError) {
        guard unlink(path) == 0 || errno == ENOENT || errno == ENOTDIR else {
            throw ReportError(.cannotWrite, "\(path): cannot be replaced: \(String(cString: strerror(errno)))")
        }
    }

    private static func reason(_ error: any Error) -> String {
        "\(error)".split(separator: "\n").first.map(String.init) ?? "unknown reason"
    }
}

extension ReportFolder {
    /// The path of a scenario's timeline in the folder.
    ///
    /// Scenario names are lower-case letters, digits and hyphens already.
    package static func timeline(of scenario: String) -> String {
        let safe = scenario.map { $0.isASCII && ($0.isLetter || $0.isNumber || $0 == "-") ? $0 : "-" }
        return "timelines/" + String(safe.prefix(100)) + ".txt"
    }
}
