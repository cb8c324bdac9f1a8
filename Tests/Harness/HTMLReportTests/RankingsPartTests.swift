import Foundation
import Testing

@testable import HTMLReport

struct RankingsPartTests {
    private static func answer(
        _ request: Int,
        _ session: String,
        svd: [String],
        p5: [(String, Int?)]? = nil,
        source: String = "service"
    ) -> [String: Any] {
        func place(_ movie: String, _ svdPlace: Int?) -> [String: Any] {
            ["movie": movie, "score": 1.5].merging(svdPlace.map { ["svdPlace": $0] } ?? [:]) { $1 }
        }
        let rankings: [String: Any] = [
            "source": source, "svd": svd.map { place($0, nil) }, "p5": p5.map { $0.map(place) } ?? NSNull(),
        ]
        return [
            "request": request, "session": session, "arrivedAt": 1, "finishedAt": Double(request), "status": 200,
            "state": "full", "svdSaved": 1, "p5Saved": 1, "error": NSNull(), "notes": [String](), "rankings": rankings,
            "display": [["model": "svd", "movie": svd[0], "order": 1]],
        ]
    }

    /// The page of a run whose first scenario has these answers alone.
    private func page(_ answers: [[String: Any]], change: (inout [String: Any]) -> Void = { _ in }) throws -> String {
        var tree = try ReportFixture.run.tree
        var scenarios = try #require(tree["scenarios"] as? [[String: Any]])
        scenarios = [scenarios[0]]
        scenarios[0]["answers"] = answers
        change(&scenarios[0])
        tree["scenarios"] = scenarios
        return try ReportFixture.page(of: tree).text
    }

    @Test("a session's equal answers are one chart, another answer one more, each with its requests")
    func charts() throws {
        let text = try page([
            Self.answer(1, "s", svd: ["a", "b"]), Self.answer(2, "s", svd: ["a", "b"]),
            Self.answer(3, "s", svd: ["a", "b"], p5: [("b", 2), ("z", 37)]),
            Self.answer(4, "t", svd: ["c"], source: "rows"),
        ])
        #expect(text.contains("<summary>Rankings: 2 sessions</summary>"))
        #expect(text.contains("<figcaption>requests 1, 2, 1.0 s</figcaption>"))
        #expect(text.contains("<figcaption>request 3, 3.0 s</figcaption>"))
        #expect(text.contains("<figcaption>request 4, 4.0 s, SVD and P5 as the rows say</figcaption>"))
        #expect(text.components(separatedBy: "class=\"bump\"").count == 4)
        // Without P5 there is no column for it.
        #expect(text.components(separatedBy: ">P5</text>").count == 2)
        #expect(text.contains(">from 37</text>"))
    }

    @Test("titles stand in charts, cut where they are long, whole for a pointer and for search")
    func titles() throws {
        let long = "The Assassination of Jesse James, by the Coward Robert Ford"
        let text = try page([Self.answer(1, "s", svd: ["a", "b"])]) {
            $0["titles"] = ["a": "Heat", "b": long]
            $0["sessions"] = [["session": "s", "ratings": [["movie": "b", "rating": 7.5]]]]
        }
        #expect(text.contains(">Heat</text>"))
        #expect(text.contains(">The Assassination of Je…<title>\(long)</title></text>"))
        #expect(text.contains("SVD: Heat (a); \(long) (b). display: Heat (a)"))
        #expect(text.contains("<summary>1 rating</summary><p>\(long) 7.5</p>"))
    }

    @Test("sessions with wrong rows come first, and how many are not drawn is said")
    func order() throws {
        let answers = (1...10).map { Self.answer($0, "s\($0)", svd: ["a"]) }
        let text = try page(answers) {
            let row: [String: Any] = [
                "verdict": "lost", "session": "s9", "phase": 2, "model": "svd", "movie": "a", "rank": 1, "text": "gone",
                "expected": NSNull(), "found": NSNull(),
            ]
            let counts = Dictionary(
                uniqueKeysWithValues: [
                    "landed", "lost", "duplicate", "late", "phantom", "reordered", "wrongScore", "staleModel",
                    "invisible",
                    "inFlight", "unjudged",
                ]
                .map { ($0, 1) }
            )
            $0["ledger"] = ["counts": counts, "timeToVisible": NSNull(), "rows": [row]] as [String: Any]
        }
        let ninth = try #require(text.range(of: "<code>s9</code> 1 row not as expected")).lowerBound
        let first = try #require(text.range(of: "<code>s1</code></p>")).lowerBound
        #expect(ninth < first)
        #expect(text.contains("2 more sessions are not drawn"))
    }
}
