import Foundation
import Testing

@testable import HTMLReport

struct LedgerPartTests {
    private static let sound = [
        "landed": 8, "lost": 2, "duplicate": 0, "late": 1, "phantom": 1, "reordered": 0, "wrongScore": 0,
        "staleModel": 0, "invisible": 0, "inFlight": 0, "unjudged": 0,
    ]

    private static func row(
        _ verdict: String,
        _ session: String,
        expected: [String: Any]?,
        found: [String: Any]?
    ) -> [String: Any] {
        [
            "verdict": verdict, "session": session, "phase": 2, "model": "svd", "movie": "m1", "rank": 3,
            "text": "what differs", "expected": expected ?? NSNull(), "found": found ?? NSNull(),
        ]
    }

    /// The page of a run in which the second scenario has a ledger of these rows.
    private func page(_ rows: [[String: Any]], unjudged: Int = 0) throws -> String {
        var tree = try ReportFixture.run.tree
        var scenarios = try #require(tree["scenarios"] as? [[String: Any]])
        let counts = Self.sound.merging(["unjudged": unjudged]) { $1 }
        let ledger: [String: Any] = ["counts": counts, "timeToVisible": NSNull(), "rows": rows]
        scenarios[1]["ledger"] = ledger
        scenarios[1]["titles"] = ["m1": "Alien, Director's Cut"]
        scenarios[1]["visitors"] = [
            ["session": "one", "films": ["m1", "m2"], "fallback": false],
            ["session": "two", "films": ["m9"], "fallback": true],
            ["session": "three", "films": ["m1"], "fallback": false],
        ]
        tree["scenarios"] = scenarios
        return try ReportFixture.page(of: tree).text
    }

    @Test("rows stand by session, the most damaged first, with what was expected and what was found")
    func sessions() throws {
        let values: [String: Any] = ["rank": 3, "score": 1.25, "displayOrder": NSNull()]
        let text = try page([
            Self.row("late", "one", expected: values, found: values),
            Self.row("lost", "two", expected: ["rank": NSNull(), "score": NSNull(), "displayOrder": 4], found: nil),
            Self.row("phantom", "two", expected: nil, found: ["rank": 3, "score": "NaN", "displayOrder": 7]),
        ])
        let two = try #require(text.range(of: "<code>two</code> 1 lost, 1 phantom")).lowerBound
        let one = try #require(text.range(of: "<code>one</code> 1 late")).lowerBound
        #expect(two < one)
        #expect(text.contains("The visitor sees own movies: Alien, Director&#39;s Cut · m2"))
        #expect(text.contains("The visitor sees the silent fallback: m9"))
        let late = "<td>rank 3, score 1.25</td>"
        #expect(text.contains("<td>Alien, Director&#39;s Cut (m1)</td>\(late)\(late)"))
        #expect(text.contains("<td>shown at 4</td><td>not there</td>"))
        #expect(text.contains("<td>nothing</td><td>rank 3, shown at 7, score NaN</td>"))
        #expect(text.contains("1 other session has every row as expected"))
    }

    @Test("rows that are late or cut off are no mistake: nothing is opened for them")
    func late() throws {
        let summary = "summary>Rows: <span class=\"count\">8 landed"
        #expect(try page([Self.row("lost", "one", expected: nil, found: nil)]).contains("<details open><\(summary)"))
        #expect(try page([Self.row("late", "one", expected: nil, found: nil)]).contains("<details><\(summary)"))
        #expect(try page([]).contains("Every row is as expected."))
    }

    @Test("rows that could not be judged are not called as expected")
    func unjudged() throws {
        #expect(try page([], unjudged: 3).contains("No row is known to differ; 3 could not be judged."))
        let text = try page([Self.row("lost", "one", expected: nil, found: nil)], unjudged: 3)
        #expect(text.contains("2 other sessions have no row that is known to differ.") && text.contains("3 not judged"))
    }

    @Test("a report of a program that did not write both says the rank that was expected")
    func older() throws {
        var row = Self.row("lost", "one", expected: nil, found: nil)
        row["expected"] = nil
        row["found"] = nil
        #expect(try page([row]).contains("<td>rank 3</td><td>–</td>"))
    }
}
