import Domain
import Foundation
import ModelComparison
import ModelFiles
import PostgresClient
import RecommendationEngine
import Replay
import Reports
import Scenarios

/// A side of a comparison, with its parts where it is a bundle.
struct OpenedSide {
    /// What ranks, or what was ranked.
    let side: any ComparisonSide
    /// The bundle; `nil` where the side is none.
    let bundle: ComparedBundle?

    /// Creates a side that is no bundle.
    init(_ side: any ComparisonSide) {
        self.side = side
        bundle = nil
    }

    /// Creates the side of a bundle.
    ///
    /// - Throws: What the bundle's models throw for settings that make no sense.
    init(_ bundle: ComparedBundle) throws {
        side = try bundle.side
        self.bundle = bundle
    }
}

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
    func side(_ text: String) async throws -> OpenedSide {
        if Self.isAddress(text) {
            return OpenedSide(try await DatabaseSide.side(databaseAddress(text), sessions: sessions?.ids))
        }
        let (path, scenario) = Self.split(text)
        guard FileManager.default.fileExists(atPath: path) else {
            throw CommandEnd.usage(
                "\(path): there is no such file or folder; expected a bundle, a file of rankings, a run file, a saved "
                    + "comparison, a run's report.json or postgresql://…"
            )
        }
        return FileManager.default.isFolder(path) ? try OpenedSide(bundle(path)) : OpenedSide(try file(path, scenario))
    }

    /// Opens a bundle.
    func bundle(_ folder: String) throws -> ComparedBundle {
        guard FileManager.default.isFolder(folder) else {
            throw CommandEnd.usage("\(folder): is no folder; expected a bundle")
        }
        guard sessions != nil, let catalogue else {
            throw CommandEnd.usage("\(folder) is a bundle, which ranks --sessions over --catalogue; name both files")
        }
        return try ComparedBundle(folder, catalogue: catalogue.map(\.id), engine: engine, cache: cache)
    }

    private func file(_ path: String, _ scenario: String?) throws -> any ComparisonSide {
        var input = try InputFile(path)
        let kind = try SideKind(of: &input)
        if let scenario, kind != .report {
            throw CommandEnd.usage(
                "\(path)#\(scenario): only a run's report.json has scenarios; leave #\(scenario) out"
            )
        }
        switch kind {
        case .kept: return try SavedComparison.sides(reading: input, path).new
        case .rankings: return try RankingLines.side(reading: input, path)
        case .runFile:
            let run = try RunFile(parsing: try InputText.read(input, path), file: path)
            guard !run.topics.isEmpty else { throw CommandEnd.usage("\(path): is empty; expected rankings") }
            return try run.side(name: path, list: list)
        case .report:
            let text = try InputText.read(input, path)
            let report: RunReport
            do {
                report = try ReportEncoding.decode(RunReport.self, from: text)
            } catch let error as DecodingError {
                throw CommandEnd.usage(
                    "\(path): is JSON, but neither rankings (one `session_id` a line), nor a kept comparison, nor the "
                        + "report.json of a run: \(error.place)"
                )
            }
            guard report.schemaVersion == RunReport.schemaVersion else {
                throw CommandEnd.usage(
                    "\(path): is a report of version \(report.schemaVersion), expected \(RunReport.schemaVersion); write it "
                        + "again with this version"
                )
            }
            return try report.side(name: path, scenario: scenario)
        }
    }

    /// The file or folder that the text of a side names; `nil` for the address of a database.
    static func path(_ text: String) -> String? { isAddress(text) ? nil : split(text).path }

    /// Whether the text of a side is the address of a database.
    private static func isAddress(_ text: String) -> Bool {
        text.hasPrefix("postgresql://") || text.hasPrefix("postgres://")
    }

    /// A path and the scenario behind a `#`, where the whole is no file.
    private static func split(_ text: String) -> (path: String, scenario: String?) {
        guard !FileManager.default.fileExists(atPath: text), let hash = text.lastIndex(of: "#") else {
            return (text, nil)
        }
        return (String(text[..<hash]), String(text[text.index(after: hash)...]))
    }
}
