import Domain
import Foundation
import RankingMetrics
import Scenarios
import Testing

@testable import ModelComparison

@Suite("Files of rankings")
struct RankingFilesTests {
    private static func withFile(_ text: String, _ body: (String) throws -> Void) throws {
        let path = NSTemporaryDirectory() + "rankings-" + UUID().uuidString
        defer { try? FileManager.default.removeItem(atPath: path) }
        try Data(text.utf8).write(to: URL(fileURLWithPath: path))
        try body(path)
    }

    private static let line = """
        {"session_id":"s","svd":[{"movie_id":"a","rank":1,"score":2.5},{"movie_id":7,"rank":2,"score":1}],\
        "p5":[{"movie_id":"7","rank":1,"score":8,"text":"8"},{"movie_id":"a","rank":2,"score":-1,"text":"x"}]}
        """

    @Test("a line gives both lists, the display list that follows, and the texts without a number")
    func lines() throws {
        try Self.withFile(Self.line + "\n") { path in
            let side = try RankingLines.side(reading: try InputFile(path), path)
            var table = MovieTable()
            let content = try #require(try side.rankings(of: [ComparedSession(key: "s")], in: &table)[0])
            #expect(content.lists.svd?.movies.map { table[$0] } == ["a", "7"])
            #expect(content.lists.svd?.scores == [2.5, 1])
            #expect(content.lists.display?.movies.map { table[$0] } == ["a", "7"])
            #expect(content.parseFailures == 1)
            #expect(side.sessions == ["s"])
        }
    }

    @Test(
        "what is no ranking is refused",
        arguments: [
            "", "{\"session_id\":\"s\"}\n", line + "\n" + line + "\n", "{\"session_id\":\"s\",\"svd\":[{\"rank\":1}]}",
            line.replacingOccurrences(of: "\"rank\":2", with: "\"rank\":3"), String(line.prefix(60)),
        ]
    )
    func mistakes(text: String) throws {
        try Self.withFile(text) { path in
            #expect(throws: ScenarioError.self) { try RankingLines.side(reading: try InputFile(path), path) }
        }
    }

    @Test("a kept comparison reads back as both sides, and one that was cut short is refused")
    func saved() throws {
        let (old, new) = (ComparisonTests.side([("s", ["a", "b"])]), ComparisonTests.side([("s", ["b", "c"])]))
        var text = SavedComparison.header(old: old, new: new, conditions: "nothing held out")
        var table = MovieTable()
        for (side, isNew) in [(old, false), (new, true)] {
            let content = try #require(try side.rankings(of: [ComparedSession(key: "s")], in: &table)[0])
            text += SavedComparison.line("s", isNew: isNew, content, table)
        }
        try Self.withFile(text + SavedComparison.end(lines: 2)) { path in
            let sides = try SavedComparison.sides(reading: try InputFile(path), path)
            var table = MovieTable()
            let before = try sides.old.rankings(of: [ComparedSession(key: "s")], in: &table)[0]
            let after = try sides.new.rankings(of: [ComparedSession(key: "s")], in: &table)[0]
            #expect(before?.lists.svd?.movies.map { table[$0] } == ["a", "b"])
            #expect(after?.lists.svd?.movies.map { table[$0] } == ["b", "c"])
            #expect(after?.lists.p5 == nil)
        }
        try Self.withFile(text) { path in
            #expect(throws: ScenarioError.self) { try SavedComparison.sides(reading: try InputFile(path), path) }
        }
    }
}
