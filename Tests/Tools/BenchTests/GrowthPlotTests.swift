import Testing

#if canImport(FoundationXML)
import FoundationXML
#endif
import Foundation

@testable import coldstart_bench

struct GrowthPlotTests {
    private static let linear = GrowthSeries(
        title: "Work & <more>",
        unit: "things",
        points: [1_000, 10, 100].map { .init(size: $0, seconds: 0.002 * $0) }
    )

    @Test func `time in step with the size has the exponent 1`() throws {
        let exponent = try #require(Self.linear.exponent)
        #expect(abs(exponent - 1) < 1e-9)
        #expect(GrowthSeries(title: "", unit: "", points: [.init(size: 1, seconds: 1)]).exponent == nil)
    }

    @Test func `a plot is well-formed and draws every point from the left up to the right`() throws {
        let svg = GrowthPlot([Self.linear, Self.linear, Self.linear]).svg()
        let reader = PlotReader()
        let parser = XMLParser(data: Data(svg.utf8))
        parser.delegate = reader
        #expect(parser.parse())
        #expect(reader.circles.count == 9)
        let first = reader.circles.prefix(3)
        #expect(first.map(\.x) == first.map(\.x).sorted())
        #expect(first.map(\.y) == first.map(\.y).sorted(by: >))
        // Equal factors are equal distances.
        #expect(abs(reader.circles[2].x - 2 * reader.circles[1].x + reader.circles[0].x) < 0.21)
        #expect(svg.contains(">Work &amp; &lt;more&gt;</text>"))
        #expect(svg.contains(">20 ms</text>") && svg.contains(">1k</text>"))
        #expect(svg.utf8.count < 40_000)
    }

    @Test(arguments: [[], [GrowthSeries(title: "one", unit: "x", points: [.init(size: 5, seconds: 1e-7)])]])
    func `few points make a plot as well`(series: [GrowthSeries]) {
        let svg = GrowthPlot(series).svg()
        #expect(XMLParser(data: Data(svg.utf8)).parse())
        #expect(!svg.contains("nan") && !svg.contains("inf"))
    }

    @Test func `sizes too close to be written beside each other leave one out, and short times have a unit`() {
        let points = [50.0, 200, 210].map { GrowthSeries.Point(size: $0, seconds: $0 * 1e-10) }
        let series = GrowthSeries(title: "close", unit: "x", points: points)
        let svg = GrowthPlot([series]).svg()
        #expect(svg.contains(">50</text>") && !svg.contains(">200</text>") && svg.contains(">210</text>"))
        #expect(GrowthTable([series]).lines()[2].contains("5 ns"))
    }

    @Test func `the table is narrow and aligned`() {
        let lines = GrowthTable([Self.linear]).lines()
        #expect(
            lines == [
                "Work & <more>: the last step grows as n^1",
                "  things                  10       100        1k",
                "  time                 20 ms    200 ms       2 s",
                "  each                  2 ms      2 ms      2 ms",
            ]
        )
    }

    private final class PlotReader: NSObject, XMLParserDelegate {
        var circles: [(x: Double, y: Double)] = []

        func parser(
            _ parser: XMLParser,
            didStartElement name: String,
            namespaceURI: String?,
            qualifiedName: String?,
            attributes: [String: String]
        ) {
            guard name == "circle", let x = Double(attributes["cx"] ?? ""), let y = Double(attributes["cy"] ?? "")
            else { return }
            circles.append((x, y))
        }
    }
}
