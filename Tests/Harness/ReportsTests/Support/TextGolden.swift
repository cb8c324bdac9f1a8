import Foundation
import Testing

/// A text file of expected output, compared whole.
///
/// With `COLDSTART_RECORD_TEXT_GOLDENS=1` the files are written instead of compared, unless `CI` is set; the test fails
/// all the same, so that a run that records never looks like one that passed.
enum TextGolden {
    static func expect(
        _ text: String,
        _ name: String,
        sourceLocation: SourceLocation = #_sourceLocation
    ) throws {
        let folder = URL(filePath: #filePath).deletingLastPathComponent().deletingLastPathComponent()
        let file = folder.appending(path: "Goldens/\(name).txt")
        let environment = ProcessInfo.processInfo.environment
        if environment["COLDSTART_RECORD_TEXT_GOLDENS"] == "1", environment["CI"] == nil {
            try Data(text.utf8).write(to: file, options: .atomic)
            Issue.record("recorded \(name).txt: look at the difference and run again", sourceLocation: sourceLocation)
            return
        }
        let expected = try String(contentsOf: file, encoding: .utf8)
        guard text != expected else { return }
        let actualLines = text.split(separator: "\n", omittingEmptySubsequences: false)
        let expectedLines = expected.split(separator: "\n", omittingEmptySubsequences: false)
        let line = zip(actualLines, expectedLines).prefix { $0 == $1 }.count
        let actual = line < actualLines.count ? String(actualLines[line]) : "the end"
        let wanted = line < expectedLines.count ? String(expectedLines[line]) : "the end"
        Issue.record(
            "\(name).txt, line \(line + 1): expected \"\(wanted)\", got \"\(actual)\"",
            sourceLocation: sourceLocation
        )
    }
}
