import Domain
import Foundation
import Reports
import Testing

@testable import ResultStore

#if canImport(FoundationXML)
import FoundationXML
#endif

struct TrendTests {
    private static func value(
        _ release: String,
        _ value: Double,
        of subject: String = "p5",
        run: Int = 1,
        low: Double? = nil,
        high: Double? = nil
    ) -> TrendValue {
        TrendValue(
            run: run,
            writtenAt: Timestamp(microseconds: Int64(run) * 86_400_000_000),
            command: "compare",
            release: release,
            subject: subject,
            part: "all",
            name: "nDCG@10",
            value: value,
            low: low,
            high: high,
            samples: 40
        )
    }

    @Test func `releases stand in the order of their first results, and the last run of each counts`() {
        let trend = Trend(
            of: "ndcg@10",
            [
                Self.value("v1", 0.5, run: 1), Self.value("v2", 0.6, run: 2), Self.value("v2", 0.7, of: "svd", run: 2),
                Self.value("v1", 0.4, run: 3), Self.value("v3", .nan, run: 4), Self.value("v0", 0.9, run: 5),
            ]
        )
        #expect(trend.metric == "nDCG@10")
        #expect(trend.releases == ["v1", "v2", "v0"])
        #expect(trend.lines.map(\.subject) == ["p5", "svd"])
        let points = trend.lines[0].points
        #expect(points.map(\.place) == [0, 1, 2])
        #expect(points.map(\.last.value) == [0.4, 0.6, 0.9])
        #expect(points.map(\.runs) == [2, 1, 1])
        #expect(points[0].least == 0.4 && points[0].most == 0.5 && points[0].last.run == 3)
        #expect(trend.lines[1].points.map(\.place) == [1])
    }

    @Test func `the table fits 80 columns, whatever texts are in it`() {
        let long = String(repeating: "very long release ", count: 20) + "\u{1B}[31m\u{202E}"
        let trend = Trend(
            of: "start",
            [Self.value(long, 1e8 / 3, of: long, low: 1, high: 2), Self.value("v2", -1e12, of: long, run: 1 << 20)]
        )
        let lines = TrendText(trend).lines(width: 80)
        #expect(lines.count == 4)
        #expect(lines.allSatisfy { $0.width <= 80 }, "\(lines.map(\.text))")
        #expect(!lines.map(\.text).joined().contains("\u{1B}"))
    }

    @Test func `the table says the change from release to release, and the range of several runs`() {
        let trend = Trend(
            of: "nDCG@10",
            [
                Self.value("v1", 0.5, low: 0.4, high: 0.6), Self.value("v2", 0.25, run: 2),
                Self.value("v2", 0.5625, run: 3), Self.value("v3", 0.5625, run: 4),
            ]
        )
        let text = TrendText(trend).lines(width: 80).map(\.text)
        #expect(text.count == 5)
        #expect(text[2].contains("0.4000–0.6000"))
        #expect(text[3].contains("+0.0625") && text[3].contains("0.2500–0.5625 of 2 runs"))
        #expect(text[4].contains(" = "))
        #expect(TrendText(Trend(of: "start", [])).lines(width: 80).map(\.text) == ["no run has a value of start"])
    }

    @Test("the picture is well-formed XML within its frame", arguments: [1, 2, 40])
    func picture(releases: Int) throws {
        var values: [TrendValue] = []
        for release in 0..<releases {
            for line in 0..<10 {
                values.append(
                    Self.value(
                        "<r&\"\(release)>",
                        Double(release * line) - 3,
                        of: "<script>\(line)</script>&\u{0}",
                        run: release,
                        low: line == 3 ? -9 : nil,
                        high: line == 3 ? 9 : nil
                    )
                )
            }
        }
        let svg = TrendPicture(Trend(of: "start", values)).svg()
        let parser = Places()
        try parser.read(svg)
        #expect(svg.contains("and 2 more in the table"))
        #expect(parser.rectangles == 8 + 8 * releases)
        #expect(parser.least >= 0 && parser.mostX <= parser.width && parser.mostY <= parser.height)
    }

    @Test func `the axis has round marks around all values`() {
        let scale = ValueScale([0.52, 0.71, 0.6])
        #expect(scale.marks.first! <= 0.52 && scale.marks.last! >= 0.71 && (3...7).contains(scale.marks.count))
        #expect(scale.text(scale.marks[1]).count <= 4)
        let flat = ValueScale([10.2, 10.2])
        #expect(flat.marks.first! < 10.2 && flat.marks.last! > 10.2)
        #expect(ValueScale([]).marks.count > 1)
        #expect(ValueScale([0, 0]).share(of: 0) >= 0)
    }

    /// Where the shapes of a picture lie.
    private final class Places: NSObject, XMLParserDelegate {
        var (width, height, least, mostX, mostY) = (0.0, 0.0, Double.infinity, 0.0, 0.0)
        var rectangles = 0

        func read(_ text: String) throws {
            let parser = XMLParser(data: Data(text.utf8))
            parser.delegate = self
            try #require(parser.parse(), "\(String(describing: parser.parserError))")
        }

        func parser(
            _ parser: XMLParser,
            didStartElement name: String,
            namespaceURI: String?,
            qualifiedName: String?,
            attributes: [String: String]
        ) {
            func number(_ key: String) -> Double? { attributes[key].flatMap(Double.init) }
            if name == "svg" { (width, height) = (number("width") ?? 0, number("height") ?? 0) }
            if name == "rect" { rectangles += 1 }
            for x in [number("x"), number("x1"), number("x2")].compactMap(\.self) {
                (least, mostX) = (min(least, x), max(mostX, x))
            }
            for y in [number("y"), number("y1"), number("y2")].compactMap(\.self) {
                (least, mostY) = (min(least, y), max(mostY, y))
            }
        }
    }
}
