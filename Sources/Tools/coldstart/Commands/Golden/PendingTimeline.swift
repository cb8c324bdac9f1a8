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

/// A golden of a start on disk, and the start as it is now beside it, where that waits for a person.
struct PendingTimeline {
    /// The golden's file.
    let file: String
    /// The golden.
    let golden: GoldenTimeline
    /// The start as it is now, in the form of a golden.
    let start: GoldenTimeline

    /// The pending file.
    var path: String { Self.path(of: file) }
    /// What the start shows that the golden does not allow.
    var differences: [TimelineDifference] { golden.differences(from: start) }
    /// How much care accepting it needs.
    var risk: GoldenRisk { differences.map(\.risk).max() ?? .medium }

    /// Whether a file is a golden of a start, by its content; a file that cannot be read is none.
    static func isGolden(_ file: String) -> Bool {
        guard let content = try? InputFile.content(of: file, limit: 1 << 20) else { return false }
        return content.first == UInt8(ascii: "{")
            && String(decoding: content, as: UTF8.self).contains("\"\(GoldenTimeline.formatName)\"")
    }

    /// Makes what is pending from recorded starts; a rejection of the same stays.
    ///
    /// - Throws: The end with code 2 where the starts have not one structure, or what is pending cannot be trusted.
    init(of file: String, _ starts: RecordedTimelines, like golden: GoldenTimeline) throws {
        let earlier = try Self.pending(of: file)
        self.file = file
        self.golden = golden
        do {
            var start = try starts.golden(band: golden.band, least: golden.least)
            if let earlier, let rejection = earlier.rejected,
                Self.areSame(golden.differences(from: earlier), golden.differences(from: start))
            {
                start = start.rejecting(rejection)
            }
            self.start = start
        } catch {
            throw CommandEnd(analysing: error)
        }
    }

    /// Reads what is pending, `nil` where nothing is.
    ///
    /// - Throws: The end with code 1 where the golden is missing, 2 where a file cannot be trusted.
    init?(at file: String) throws {
        guard let start = try Self.pending(of: file) else { return nil }
        self.file = file
        self.golden = try GoldenTimelineCommand.golden(at: file)
        self.start = start
    }

    /// Writes what is pending in place of what was.
    func write() throws { try Self.replace(path, by: start) }

    /// Takes the start as right: it becomes the golden, which keeps who decided.
    ///
    /// - Throws: The end with code 2 where the structure has changed and nobody says why, 3 where it cannot be written.
    func accept(_ decision: PendingDecision) throws {
        guard risk < .high || decision.reason?.isEmpty == false else {
            throw CommandEnd.usage("\(file): the structure has changed; say why with --reason")
        }
        let acceptance = GoldenTimeline.Acceptance(
            who: decision.who,
            when: decision.when,
            risk: risk,
            reason: decision.reason
        )
        try Self.replace(file, by: start.accepting(acceptance, after: golden))
        try? FileManager.default.removeItem(atPath: path)
    }

    /// Takes the start as wrong: it stays, and fails for as long as it is like that.
    func reject(_ decision: PendingDecision) throws {
        let rejection = PendingEntry.Rejection(who: decision.who, when: decision.when, reason: decision.reason)
        try Self.replace(path, by: start.rejecting(rejection))
    }

    private static func path(of file: String) -> String { file + ".pending" }

    private static func areSame(_ first: [TimelineDifference], _ second: [TimelineDifference]) -> Bool {
        first.count == second.count && zip(first, second).allSatisfy { $0.isSame(as: $1) }
    }

    private static func pending(of file: String) throws -> GoldenTimeline? {
        let path = path(of: file)
        guard FileManager.default.fileExists(atPath: path) else { return nil }
        do {
            return try GoldenTimeline(parsing: InputFile.content(of: path, limit: 1 << 20), file: path)
        } catch let error as GoldenError {
            throw CommandEnd.usage("\(error)")
        } catch {
            throw CommandEnd.environment("\(error)")
        }
    }

    private static func replace(_ path: String, by golden: GoldenTimeline) throws {
        do {
            try Data(ReportEncoding.pretty(golden).utf8).write(to: URL(filePath: path), options: .atomic)
        } catch {
            throw CommandEnd.environment("\(path): cannot be written: \(error)")
        }
    }
}
