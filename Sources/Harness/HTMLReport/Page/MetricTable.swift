import Formats

/// The metrics of a comparison, each with a picture of its distribution and interval.
struct MetricTable {
    /// Those over all sessions.
    let main: ReportValue
    /// Those of the slices.
    let slices: ReportValue
    /// Whether there are any of slices.
    let hasSlices: Bool

    /// Reads the metrics.
    ///
    /// - Throws: `HTMLReportError` where a value is missing.
    /// - Complexity: O(*n*).
    init(_ metrics: [ReportValue]) throws(HTMLReportError) {
        var rows: (main: [ReportValue], slices: [ReportValue]) = ([], [])
        for metric in metrics {
            let row = try Self.row(metric, "metric-\(rows.main.count)")
            if try metric.text("slice") == "all" { rows.main.append(row) } else { rows.slices.append(row) }
        }
        main = .list(rows.main)
        slices = .list(rows.slices)
        hasSlices = !rows.slices.isEmpty
    }

    private static func row(_ metric: ReportValue, _ anchor: String) throws(HTMLReportError) -> ReportValue {
        func shown(_ key: String) -> ReportValue {
            metric.optionalNumber(key).map { .text(ShownNumber.short($0)) } ?? .text("–")
        }
        var interval: [Double] = []
        if metric["interval"] != .nothing {
            for bound in try metric.list("interval") {
                if case .number(let number) = bound, let value = number.double { interval.append(value) }
            }
        }
        let point = metric.optionalNumber("delta") ?? metric.optionalNumber("value")
        let isDifference = metric.optionalNumber("delta") != nil
        var words = "–"
        if interval.count == 2 { words = "\(ShownNumber.short(interval[0])) to \(ShownNumber.short(interval[1]))" }
        let wins = metric.optionalNumber("wins")
            .map { wins in
                let others = ["ties", "losses"].map { ShownNumber.short(metric.optionalNumber($0) ?? 0) }
                return "\(ShownNumber.short(wins)) / \(others.joined(separator: " / "))"
            }
        var drawn: String?
        if let point {
            drawn =
                try MetricPicture(metric, point: point, interval: interval, isDifference: isDifference)?
                .markup(named: anchor) ?? picture(point, interval, isDifference)
        }
        return .object([
            "name": .text(try metric.text("name")), "list": .text(try metric.text("model")),
            "slice": .text(try metric.text("slice")), "old": shown("old"), "new": shown("new"),
            "change": isDifference ? shown("delta") : shown("value"), "interval": .text(words),
            "p": shown("adjustedP"), "wins": wins.map(ReportValue.text) ?? .text("–"),
            "sessions": metric["sessions"],
            "picture": drawn.map(ReportValue.markup) ?? .nothing,
        ])
    }

    /// A point and its interval: of differences on an axis from -1 to 1, of values on one from 0 to 1; `nil` of a metric
    /// that has no such bounds.
    private static func picture(_ point: Double, _ interval: [Double], _ isDifference: Bool) -> String? {
        let bounds = isDifference ? -1.0...1 : 0...1
        guard ([point] + interval).allSatisfy(bounds.contains) else { return nil }
        func place(_ value: Double) -> Double { isDifference ? (value + 1) / 2 : value }
        var svg = SVG(title: "", description: "")
        svg.height = 14
        svg.line(from: (0, 7), to: (1, 7), class: "grid")
        svg.line(from: (place(0), 1), to: (place(0), 13), class: "zero")
        if interval.count == 2 {
            svg.line(from: (place(interval[0]), 7), to: (place(interval[1]), 7), class: "interval")
        }
        svg.mark(.disc, at: place(point), y: 7, class: "point")
        return svg.decoration(class: "metric")
    }
}
