import Foundation
import Testing

@testable import HTMLReport

struct RankingsPageTests {
    private static let head =
        #"{"coldstart":"comparison","conditions":"none","version":1,"old":{"name":"a","kind":"bundle"},"new":{"name":"b","kind":"bundle"}}"#

    private func line(_ side: String, _ session: String, _ svd: [(String, Double)], display: [String]) throws -> String
    {
        func places(_ list: [(String, Double)]) -> [[String: Any]] { list.map { ["movie_id": $0.0, "score": $0.1] } }
        let line: [String: Any] = [
            "side": side, "session_id": session, "svd": places(svd), "p5": NSNull(),
            "display": places(display.map { ($0, 1.5) }),
        ]
        return String(decoding: try JSONSerialization.data(withJSONObject: line, options: .sortedKeys), as: UTF8.self)
    }

    private func page(_ lines: [String], counted: Int? = nil) throws -> String {
        let end = "{\"coldstart\":\"end\",\"lines\":\(counted ?? lines.count)}"
        let text = ([Self.head] + lines + [end]).joined(separator: "\n") + "\n"
        return try HTMLPage(Array(text.utf8), named: "kept.jsonl").text
    }

    @Test("sessions come in the order of their damage, those that stayed the same are left out")
    func order() throws {
        let text = try page([
            line("old", "same", [("1", 2)], display: ["1"]), line("new", "same", [("1", 3)], display: ["1"]),
            line("old", "half", [("1", 2)], display: ["1", "2"]), line("new", "half", [("1", 2)], display: ["1", "3"]),
            line("old", "all", [("1", 2)], display: ["1", "2"]), line("new", "all", [("1", 2)], display: ["8", "9"]),
        ])
        #expect(text.contains("2 of 3 sessions have other first ten places"))
        let all = try #require(text.range(of: "<code>all</code>")).lowerBound
        let half = try #require(text.range(of: "<code>half</code>")).lowerBound
        #expect(all < half && !text.contains("<code>same</code>"))
        #expect(text.contains("in common: SVD 100 %, P5 –, display 50 %"))
    }

    @Test("a movie's line leads from its place to its next, equal scores are shaded, a place below the tenth is named")
    func chart() throws {
        let svd = (1...12).map { ("m\($0)", $0 < 3 ? 9.0 : Double(20 - $0)) }
        let lists = [
            try RankedPlaces(.svd, value(svd)), try RankedPlaces(.p5, value([("m3", 2), ("m12", 1), ("m2", 0)])),
            try RankedPlaces(.display, .nothing),
        ]
        let svg = BumpChart(lists, title: "a chart").markup(named: "x")
        #expect(!svg.contains("\n"))
        #expect(svg.components(separatedBy: "class=\"move up\"").count == 2)
        #expect(svg.components(separatedBy: "class=\"move down\"").count == 2)
        #expect(svg.contains(">from 12</text>"))
        #expect(
            svg.contains("SVD: places 1 to 2 have equal scores") && svg.components(separatedBy: "\"tied\"").count == 2
        )
        #expect(svg.contains("P5: m3; m12; m2. display: nothing"))
    }

    @Test("a file that was cut short, or has a line of something else, is refused with its line")
    func refusals() throws {
        let line = try line("old", "s", [("1", 2)], display: ["1"])
        #expect(throws: HTMLReportError(.unfit, "")) { try page([line], counted: 2) }
        #expect {
            try page([line, "{\"side\":\"left\",\"session_id\":\"s\"}"])
        } throws: { error in
            "\(error)".contains("line 3") && "\(error)".contains("\"left\"")
        }
    }

    private func value(_ list: [(String, Double)]) throws -> ReportValue {
        let json = try JSONSerialization.data(
            withJSONObject: list.map { ["movie_id": $0.0, "score": $0.1] as [String: Any] }
        )
        return try ReportValue(json: Array(json))
    }
}
