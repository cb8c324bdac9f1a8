import DatabaseHarness
import Scenarios
import SourcePlaces

#if canImport(FoundationEssentials)
import FoundationEssentials
#else
import Foundation
#endif

/// The definition of the service's tables that a command uses.
enum TableDefinition {
    /// The largest file, in bytes.
    private static let sizeLimit = 1 << 24

    /// Returns the script that creates the tables: the file that `--schema` names, else `schema.sql` beside the scenario
    /// where there is one, else the built-in definition.
    ///
    /// - Throws: The end with code 2 where a file cannot be read.
    static func text(option: String?, beside scenario: Scenario) throws -> String {
        let neighbour = URL(fileURLWithPath: InputFile.folder(of: scenario.source.file) + "schema.sql").path
        guard let path = option ?? (FileManager.default.fileExists(atPath: neighbour) ? neighbour : nil) else {
            return ServiceSchema.text
        }
        do throws(ScenarioError) {
            let bytes = try InputFile.content(of: path, limit: sizeLimit)
            guard bytes.count <= sizeLimit, let text = String(validating: bytes, as: UTF8.self) else {
                throw ScenarioError(.unreadable, path: path, "is no SQL script of at most 16 MiB in UTF-8")
            }
            return text
        } catch {
            throw CommandEnd.usage("--schema: \(error)")
        }
    }
}
