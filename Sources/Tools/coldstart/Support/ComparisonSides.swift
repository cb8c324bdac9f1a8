import Domain
import Foundation
import ModelComparison
import ModelFiles
import PostgresClient
import RecommendationEngine
import Replay
import Reports
import Scenarios

/// Opens what `compare` is given on either side.
struct ComparisonSides {
    /// What is known of the recorded sessions.
    struct Recorded {
        /// Their ids; `nil` where they are too many to be held.
        let ids: [SessionID]?
    }

    /// The recorded sessions; `nil` where no file was named.
    let sessions: Recorded?
    /// The catalogue; `nil` where no file was named.
    let catalogue: [CatalogueMovie]?
    /// How bundles rank.
    let engine: ComparedEngine
    /// The list of a run file whose tag is no list's name.
    let list: ComparedList
    /// Where P5's answers are kept.
    let cache: StageCache?

    /// Opens a side.
    ///
    /// - Parameter text: A folder, a file, or the address of a database.
    /// - Returns: The side.
    /// - Throws: The end with code 2 where it is none of them or cannot be read, with 3 where a bundle or a database fails.
    func side(_ text: String) async throws -> any ComparisonSide {
        if text.hasPrefix("postgresql://") || text.hasPrefix("postgres://") {
            return try await DatabaseSide.side(databaseAddress(text), sessions: sessions?.ids)
        }
        let (path, scenario) = Self.split(text)
        var isFolder: ObjCBool = false
        guard FileManager.default.fileExists(atPath: path, isDirectory: &isFolder) else {
            throw CommandEnd.usage(
                "\(path): there is no such file or folder; expected a bundle, a file of rankings, a run file, a saved "
                    + "comparison, a run's report.json or postgresql://…"
            )
        }
        return isFolder.boolValue ? try bundle(path).side : try file(path, scenario)
    }

    /// Opens a bundle.
    func bundle(_ folder: String) throws -> ComparedBundle {
        guard sessions != nil, let catalogue else {
            throw CommandEnd.usage("\(folder) is a bundle, which ranks --sessions over --catalogue; name both files")
        }
        return try ComparedBundle(folder, catalogue: catalogue.map(\.id), engine: engine, cache: cache)
    }

    private func file(_ path: String, _ scenario: String?) throws -> any ComparisonSide {
        var file = try InputFile(path)
        let head = String(decoding: try file.read(4_096), as: UTF8.self)
        let start = head.drop { $0.isWhitespace || $0 == "\u{FEFF}" }
        guard start.first == "{" else { return try runFile(path) }
        let firstLine = start.prefix { !$0.isNewline }
        if firstLine.contains("\"coldstart\"") { return try SavedComparison.sides(at: path).new }
        if firstLine.contains("\"session_id\"") { return try RankingLines.side(at: path, name: path) }
        guard let content = FileManager.default.contents(atPath: path) else {
            throw CommandEnd.usage("\(path): cannot be read")
        }
        let report: RunReport
        do {
            report = try ReportEncoding.decode(RunReport.self, from: String(decoding: content, as: UTF8.self))
        } catch {
            throw CommandEnd.usage(
                "\(path): is JSON, but neither rankings (one `session_id` a line), nor a saved comparison, nor the "
                    + "report.json of a run"
            )
        }
        return try report.side(name: path, scenario: scenario)
    }

    private func runFile(_ path: String) throws -> any ComparisonSide {
        guard let content = FileManager.default.contents(atPath: path),
            let text = String(validating: content, as: UTF8.self)
        else { throw CommandEnd.usage("\(path): is no UTF-8 text; expected a TREC run file or JSON Lines") }
        let run = try RunFile(parsing: text, file: path)
        guard !run.topics.isEmpty else { throw CommandEnd.usage("\(path): is empty; expected rankings") }
        return try run.side(name: path, list: list)
    }

    /// A path and the scenario behind a `#`, where the whole is no file.
    private static func split(_ text: String) -> (path: String, scenario: String?) {
        guard !FileManager.default.fileExists(atPath: text), let hash = text.lastIndex(of: "#") else {
            return (text, nil)
        }
        return (String(text[..<hash]), String(text[text.index(after: hash)...]))
    }
}
