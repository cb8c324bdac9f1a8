import Domain
import Reports

/// A trend as a JSON document.
///
/// | key | content |
/// |---|---|
/// | `kind`, `schemaVersion` | `coldstart-results-trend`, 1 |
/// | `metric` | the metric as it is written |
/// | `releases` | in the order of their first results |
/// | `lines` | for each thing that was measured: `command`, `subject`, `part`, and `points` |
///
/// A point has `release`, `run` (the last of the release), `writtenAt`, `value`, `low` and `high` (the interval, or `null`),
/// `samples`, `runs` (how many of the release), `least` and `most` of them.
package struct TrendDocument: Encodable, Sendable {
    private struct Line: Encodable {
        let command: String
        let subject: String
        let part: String
        let points: [Point]
    }

    private struct Point: Encodable {
        let release: String
        let run: Int
        let writtenAt: String
        let value: Double
        @OrNull var low: Double?
        @OrNull var high: Double?
        @OrNull var samples: Int?
        let runs: Int
        let least: Double
        let most: Double
    }

    private let kind = "coldstart-results-trend"
    private let schemaVersion = 1
    private let metric: String
    private let releases: [String]
    private let lines: [Line]

    /// Creates the document of a trend.
    package init(_ trend: Trend) {
        metric = trend.metric
        releases = trend.releases
        lines = trend.lines.map { line in
            let points = line.points.map { point in
                Point(
                    release: trend.releases[point.place],
                    run: point.last.run,
                    writtenAt: point.last.writtenAt.iso8601,
                    value: point.last.value,
                    low: point.last.low,
                    high: point.last.high,
                    samples: point.last.samples,
                    runs: point.runs,
                    least: point.least,
                    most: point.most
                )
            }
            return Line(command: line.command, subject: line.subject, part: line.part, points: points)
        }
    }

    /// The document as JSON.
    package var json: String { ReportEncoding.pretty(self) }
}
