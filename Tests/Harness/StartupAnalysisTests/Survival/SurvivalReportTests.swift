import Foundation
import Reports
import Testing

@testable import StartupAnalysis

struct SurvivalReportTests {
    private static let axes = ["probe.periodSeconds=1..30", "cpu=0.5,1,2,4", "stage.checkpoint=1s..120s"]

    private func survey(_ texts: [String] = axes, starts: Int = 1) async throws -> (StartSweep, SurvivalSurvey) {
        let sweep = try SweepHarness.sweep(SweepHarness.plan(), SweepHarness.axes(texts), starts: starts)
        return (sweep, try await SweepHarness.survey(sweep))
    }

    @Test(arguments: [60, 80, 100])
    func `the text fits its columns`(width: Int) async throws {
        let (sweep, survey) = try await survey()
        let document = SurvivalDocument(survey, of: sweep, scenario: "made-up", toolVersion: "1")
        let lines = SurvivalText(survey, document, seconds: 1).lines(width: width)
        #expect(lines.allSatisfy { $0.width <= width }, "\(lines.map(\.text).joined(separator: "\n"))")
        #expect(lines.contains { $0.text.contains("which stage.checkpoint survives") })
        #expect(lines.contains { $0.text.contains("least policy that survives") || $0.text.contains("no policy") })
    }

    @Test func `the map counts every start once`() async throws {
        let (_, survey) = try await survey()
        let map = try #require(survey.map)
        let panels = try #require(map.panels)
        let down = try #require(map.down)
        var started = 0
        var survived = 0
        for panel in 0..<panels.bins {
            for row in 0..<down.bins {
                for column in 0..<map.across.bins {
                    started += map.bin(across: column, down: row, panel: panel).started
                    survived += map.bin(across: column, down: row, panel: panel).survived
                }
            }
        }
        #expect(started == survey.started)
        #expect(survived == survey.survived)
        #expect(survived > 0 && survived < started)
    }

    @Test func `the document has the map's bins, panel by panel and row by row`() async throws {
        let (sweep, survey) = try await survey([
            "cpu=1,2", "probe.timeoutSeconds=1,11", "stage.checkpoint=10s,15s,40s",
        ])
        let document = SurvivalDocument(survey, of: sweep, scenario: "made-up", toolVersion: "1")
        let map = try #require(document.map)
        #expect(map.across == .init(name: "stage.checkpoint", values: ["10s", "15s", "40s"]))
        #expect(map.down?.name == "cpu" && map.panels?.name == "probe.timeoutSeconds")
        // A timeout of 11 s is above the period of 10 s, which is refused.
        #expect(map.cells == [["1/1 1/1 0/1", "1/1 1/1 0/1"], ["- - -", "- - -"]])
        #expect(try ReportEncoding.decode(SurvivalDocument.self, from: document.json) == document)
    }

    @Test func `bins of an axis hold each of its values once`() throws {
        let grid = try SweepGrid(SweepHarness.axes(["stage.svd=1s..1000s"]))
        let side = try #require(SurvivalMap(grid)).across
        #expect(side.bins == 120)
        #expect((0..<side.bins).flatMap { Array(side.places(of: $0)) } == Array(0..<1000))
    }

    @Test func `the picture has a cell for each bin`() async throws {
        let (_, survey) = try await survey()
        let map = try #require(survey.map)
        let svg = SurvivalPicture(map, title: "a < b & c").svg()
        func count(_ text: String) -> Int { svg.components(separatedBy: text).count - 1 }
        #expect(count("<title>") == 1 + 120 * 30 * 4)
        #expect(count("<title>") == count("</title>"))
        #expect(count("<text") == count("</text>"))
        #expect(svg.hasPrefix("<svg ") && svg.hasSuffix("</svg>\n"))
        #expect(svg.contains("a &lt; b &amp; c"))
    }

    @Test func `the table of values has a line for each combination`() async throws {
        let (sweep, _) = try await survey(["probe.timeoutSeconds=1,11", "stage.checkpoint=10s,100s"])
        var rows = SurvivalCSV(sweep.grid)
        let text = rows.heading + rows.lines(of: try await SweepHarness.tallies(sweep))
        let lines = text.split(separator: "\n")
        #expect(lines.count == 5)
        #expect(
            lines[0]
                .hasPrefix("probe.timeoutSeconds,stage.checkpoint,refused,starts,survived,share,lower,upper,outcome")
        )
        #expect(lines[1].hasPrefix("1,10,0,1,1,1.000000,0.206549,1.000000,ready,20.2"))
        #expect(lines[2].hasPrefix("1,100,0,1,0,0.000000,0.000000,0.793451,killed,20.2"))
        #expect(lines[3] == "11,10,1,0,0,,,,,,0,,,0")
    }

    @Test func `probabilities come with their interval`() async throws {
        let (sweep, survey) = try await survey(["stage.checkpoint=17s..19s"], starts: 400)
        let document = SurvivalDocument(survey, of: sweep, scenario: "made-up", toolVersion: "1")
        // The last attempt begins 20.22 to 20.24 s after the start.
        #expect(document.probabilities.map(\.survived) == [400, 400, 0])
        #expect(document.probabilities[0].lower.map { $0 > 0.99 } == true)
        let text = SurvivalText(survey, document, seconds: 1).lines(width: 80).map(\.text).joined(separator: "\n")
        #expect(text.contains("100.0 %"))
    }
}
