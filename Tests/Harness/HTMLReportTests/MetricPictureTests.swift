import Foundation
import Testing

@testable import HTMLReport

struct MetricPictureTests {
    private func picture(
        start: Double,
        width: Double,
        _ counts: [Int],
        mean: Double,
        _ interval: [Double],
        isDifference: Bool
    ) throws -> String? {
        let tree: [String: Any] = [
            "name": "TauB", "model": "p5", "distribution": ["start": start, "width": width, "counts": counts],
        ]
        let value = try ReportValue(json: Array(try JSONSerialization.data(withJSONObject: tree)))
        return try MetricPicture(value, point: mean, interval: interval, isDifference: isDifference)?.markup(named: "x")
    }

    @Test("a bar stands for each bin that has a session, and the words say what the picture shows")
    func bars() throws {
        let svg = try #require(
            try picture(start: 0.25, width: 0.25, [1, 0, 3, 4], mean: 0.75, [0.5, 0.875], isDifference: false)
        )
        #expect(svg.components(separatedBy: "class=\"bar\"").count == 4)
        #expect(svg.contains("How TauB of p5 is distributed") && !svg.contains("\n"))
        #expect(svg.contains("8 sessions from 0.25 to 1.25; 4 of them between 1 and 1.25, more than in any other part"))
        #expect(svg.contains("mean 0.75, its interval 0.5 to 0.875"))
        // The fullest bin is as high as there is room, another by its share.
        #expect(svg.contains("height=\"28\"") && svg.contains("height=\"21\"") && svg.contains("height=\"7\""))
        #expect(svg.contains(">0</text>") && svg.contains(">1</text>"))
    }

    @Test("zero is in the middle of an axis of differences, and equal values do not fill it")
    func differences() throws {
        let svg = try #require(
            try picture(start: 0, width: 0x1p-20, [34], mean: 0, [0, 0], isDifference: true)
        )
        #expect(svg.contains(">−0.0625</text>") && svg.contains(">0.0625</text>"))
        let bar = try #require(svg.firstMatch(of: #/<rect x="([\d.]+)%" y="0" width="([\d.]+)%"/#))
        #expect((Double(bar.2) ?? 100) < 3 && abs((Double(bar.1) ?? 0) - 49) < 1, "\(bar.0)")
    }

    @Test("small differences have an axis of their own size")
    func smallDifferences() throws {
        let svg = try #require(
            try picture(start: -0.002, width: 0.001, [3, 0, 1], mean: -0.0015, [-0.002, 0], isDifference: true)
        )
        #expect(svg.contains(">−0.002</text>") && svg.contains(">0.002</text>"))
        #expect(svg.contains("<line x1=\"0%\" y1=\"35\""))
    }

    @Test("of many bins neighbours become one bar, and no session is left out")
    func manyBins() throws {
        let svg = try #require(
            try picture(start: 0, width: 1, Array(repeating: 1, count: 63), mean: 31, [], isDifference: false)
        )
        #expect(svg.components(separatedBy: "class=\"bar\"").count == 33)
        #expect(svg.contains("63 sessions from 0 to 64"))
        #expect(try picture(start: 0, width: 1, [], mean: 0, [], isDifference: false) == nil)
    }
}
