import Checks
import Goldens
import Reports
import Scenarios
import StartupAnalysis

#if canImport(FoundationEssentials)
import FoundationEssentials
#else
import Foundation
#endif

/// The start as it is now, beside the golden that it differs from.
struct PendingTimeline {
    /// The golden's file.
    private let file: String
    /// The start as a golden.
    let golden: GoldenTimeline

    /// The pending file.
    var path: String { file + ".pending" }

    /// Makes what is pending from recorded starts.
    ///
    /// - Throws: The end with code 2 where the starts have not one structure.
    init(of file: String, _ starts: RecordedTimelines, like other: GoldenTimeline) throws {
        self.file = file
        do {
            golden = try starts.golden(band: other.band, least: other.least)
        } catch {
            throw CommandEnd(analysing: error)
        }
    }

    /// Reads what is pending.
    ///
    /// - Throws: The end with code 2 where nothing is, or the file cannot be trusted.
    init(at file: String) throws {
        self.file = file
        do {
            golden = try GoldenTimeline(
                parsing: InputFile.content(of: file + ".pending", limit: 1 << 20),
                file: file + ".pending"
            )
        } catch let error as GoldenError {
            throw CommandEnd.usage("\(error)")
        } catch {
            throw CommandEnd.usage("\(file): nothing is pending")
        }
    }

    /// Writes what is pending in place of what was.
    func write() throws { try Self.replace(path, by: golden) }

    /// Puts a golden in the place of the file's, after which nothing is pending.
    func accept(_ golden: GoldenTimeline) throws {
        try Self.replace(file, by: golden)
        try? FileManager.default.removeItem(atPath: path)
    }

    private static func replace(_ path: String, by golden: GoldenTimeline) throws {
        do {
            try Data(ReportEncoding.pretty(golden).utf8).write(to: URL(filePath: path), options: .atomic)
        } catch {
            throw CommandEnd.environment("\(path): cannot be written: \(error)")
        }
    }
}
