package import Reports
import Scenarios
import SourcePlaces

#if canImport(FoundationEssentials)
import FoundationEssentials
#else
import Foundation
#endif

/// The scenarios of a stored run, read back from its report.
package struct RecordedRun: Sendable {
    /// The largest report, in bytes.
    private static let sizeLimit = 1 << 30

    /// The file that was read.
    package let file: String
    /// The scenarios in the order of the run.
    package let scenarios: [ScenarioReport]

    /// Reads `report.json` or `report.jsonl` of a run.
    ///
    /// - Parameter file: The file.
    /// - Throws: `ScenarioError` where it cannot be read, `ReportError` and `StartupAnalysisError` where it is no report.
    package init(reading file: String) throws {
        let bytes = try InputFile.content(of: file, limit: Self.sizeLimit)
        guard let text = String(validating: bytes, as: UTF8.self) else {
            throw StartupAnalysisError(.unreadable, "\(file): is not UTF-8 text; expected a run's report.json")
        }
        self.file = file
        // A journal has a whole object on its first line, a report goes on over many.
        if text.prefix(while: { !$0.isNewline }).contains("\"event\"") {
            scenarios = try RunJournal(reading: text, file: file).lines.compactMap(\.scenario)
        } else {
            scenarios = try Self.report(text, file: file).scenarios
        }
    }

    /// Reads the reports that a path names: a file, a folder with a report, or a folder of such folders.
    ///
    /// - Throws: As ``init(reading:)``; `StartupAnalysisError` where a folder holds no report.
    package static func all(at path: String) throws -> [RecordedRun] {
        var isFolder = false
        guard FileManager.default.fileExists(atPath: path, isDirectory: &isFolder), isFolder else {
            return [try RecordedRun(reading: path)]
        }
        if let file = report(in: path) { return [try RecordedRun(reading: file)] }
        let names = try FileManager.default.contentsOfDirectory(atPath: path)
        let files = names.sorted { $0.utf8.lexicographicallyPrecedes($1.utf8) }
            .compactMap { report(in: "\(path)/\($0)") }
        guard !files.isEmpty else {
            throw StartupAnalysisError(
                .unreadable,
                "\(path): holds neither report.json or report.jsonl nor folders that do; "
                    + "coldstart run --report-dir writes them"
            )
        }
        return try files.map(RecordedRun.init)
    }

    private static func report(in folder: String) -> String? {
        ["report.json", "report.jsonl"].map { "\(folder)/\($0)" }.first { FileManager.default.fileExists(atPath: $0) }
    }

    private static func report(_ text: String, file: String) throws(StartupAnalysisError) -> RunReport {
        struct Version: Decodable { let schemaVersion: Int }
        do {
            let version = try ReportEncoding.decode(Version.self, from: text).schemaVersion
            guard version == RunReport.schemaVersion else {
                throw StartupAnalysisError(
                    .unreadable,
                    "\(file): schemaVersion is \(version), this program reads \(RunReport.schemaVersion)"
                )
            }
            return try ReportEncoding.decode(RunReport.self, from: text)
        } catch let error as StartupAnalysisError {
            throw error
        } catch {
            throw StartupAnalysisError(
                .unreadable,
                "\(file): is no report of a run; expected report.json or report.jsonl of coldstart run --report-dir"
            )
        }
    }
}

extension [RecordedRun] {
    /// The reports of one scenario.
    ///
    /// - Parameter name: The scenario's name; without it the runs must be of one scenario alone.
    /// - Returns: The reports, in the order of the runs.
    /// - Throws: `StartupAnalysisError` where no run has the scenario, or several could be meant.
    package func starts(of name: String?) throws(StartupAnalysisError) -> [ScenarioReport] {
        let all = flatMap(\.scenarios)
        var names: [String] = []
        for report in all where !names.contains(report.name) { names.append(report.name) }
        guard let name = name ?? (names.count == 1 ? names[0] : nil) else {
            guard !names.isEmpty else { throw StartupAnalysisError(.empty, "the run holds no scenario") }
            let known = names.prefix(12).map { "`\($0)`" }.joined(separator: ", ")
            throw StartupAnalysisError(.unknownName, "several scenarios were run; choose one: \(known)")
        }
        let chosen = all.filter { $0.name == name }
        guard !chosen.isEmpty else {
            throw StartupAnalysisError(
                .unknownName,
                "no scenario of the run is called `\(name)`; \(NearestName.hint(for: name, among: names))"
            )
        }
        return chosen
    }
}
