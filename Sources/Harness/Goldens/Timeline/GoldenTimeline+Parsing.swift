#if canImport(FoundationEssentials)
import FoundationEssentials
#else
import Foundation
#endif

extension GoldenTimeline {
    /// Reads a golden strictly.
    ///
    /// - Parameters:
    ///   - bytes: The content of the file.
    ///   - file: The file's path, for messages.
    /// - Throws: `GoldenError` where it cannot be trusted.
    package init(parsing bytes: [UInt8], file: String) throws(GoldenError) {
        func error(_ code: GoldenError.Code, _ message: String) -> GoldenError {
            GoldenError(code, file: file, line: 1, message: message, remedy: .timeline)
        }
        guard bytes.contains(where: { !" \t\r\n".utf8.contains($0) }) else { throw error(.empty, "the file is empty") }
        let text = String(decoding: bytes, as: UTF8.self)
        for (index, line) in text.split(separator: "\n", omittingEmptySubsequences: false).enumerated()
        where ["<<<<<<<", "=======", ">>>>>>>"].contains(where: line.hasPrefix) {
            throw GoldenError(
                .conflictMarker,
                file: file,
                line: index + 1,
                message: "a merge left its conflict markers",
                remedy: .timeline
            )
        }
        let golden: GoldenTimeline
        do {
            golden = try JSONDecoder().decode(GoldenTimeline.self, from: Data(bytes))
        } catch {
            throw GoldenError(
                .malformed,
                file: file,
                line: 1,
                message: "is no golden of a timeline, one JSON object of the format \(Self.formatName)",
                remedy: .timeline
            )
        }
        guard golden.format == Self.formatName, golden.version == Self.currentVersion else {
            throw error(
                .unknownVersion,
                "has the format \(golden.format) \(golden.version), this program reads \(Self.formatName) \(Self.currentVersion)"
            )
        }
        guard golden.band >= 0, golden.least >= 0 else { throw error(.contradiction, "has a band below nothing") }
        guard !golden.stages.isEmpty else { throw error(.empty, "has no stage") }
        var names: Set<String> = []
        for stage in golden.stages {
            guard names.insert(stage.name).inserted else {
                throw error(.duplicate, "has the stage `\(stage.name)` twice")
            }
            guard stage.from >= 0, stage.from <= stage.seconds, stage.seconds <= stage.to, stage.to.isFinite else {
                throw error(
                    .contradiction,
                    "lets the stage `\(stage.name)` take \(stage.from) to \(stage.to) s and says that it takes \(stage.seconds)"
                )
            }
        }
        self = golden
    }
}
