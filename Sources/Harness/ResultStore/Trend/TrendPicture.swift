import Reports
import StartupAnalysis

/// A trend as a picture: releases from left to right, a line for each thing that was measured.
package struct TrendPicture: Sendable {
    /// The most lines that can be told apart; further ones are counted below.
    package static let mostLines = 8
    private static let colours = [
        "#2f81f7", "#d29922", "#3fb950", "#f85149", "#a371f7", "#39c5cf", "#db61a2", "#8b949e",
    ]
    private static let (left, plotWidth, right) = (78.0, 560.0, 200.0)
    private static let (top, plotHeight) = (52.0, 260.0)
    private static let legendRow = 18.0

    private let trend: Trend
    private let lines: ArraySlice<Trend.Line>
    private let scale: ValueScale

    /// Creates the picture of a trend that has a value.
    package init(_ trend: Trend) {
        self.trend = trend
        lines = trend.lines.prefix(Self.mostLines)
        let values = lines.flatMap(\.points)
            .flatMap { point -> [Double?] in [point.least, point.most, point.last.low, point.last.high] }
        scale = ValueScale(values.compactMap(\.self).filter(\.isFinite))
    }

    /// Returns the document.
    ///
    /// - Complexity: O(points).
    package func svg() -> String {
        let bottom = Self.top + Self.plotHeight
        let legend = Self.top + Double(lines.count + 1) * Self.legendRow
        var drawing = SVGDrawing(
            title: "\(trend.metric) over \(Figures.count(trend.releases.count, "release"))",
            width: Self.left + Self.plotWidth + Self.right,
            height: max(bottom + 48, legend + 24)
        )
        drawing.text(title, 16, 26, size: 14, isStrong: true)
        for mark in scale.marks {
            drawing.rule(Self.left, y(mark), Self.left + Self.plotWidth, y(mark), opacity: 0.25)
            drawing.text(scale.text(mark), Self.left - 8, y(mark) + 4, .end)
        }
        axis(bottom, &drawing)
        for (number, line) in lines.enumerated() {
            draw(line, Self.colours[number], &drawing)
            let place = Self.top + (Double(number) + 0.5) * Self.legendRow
            drawing.rectangle(Self.left + Self.plotWidth + 16, place - 8, 10, 10, fill: Self.colours[number])
            drawing.text(
                line.label.truncated(toColumns: 28),
                Self.left + Self.plotWidth + 31,
                place + 1
            )
        }
        if trend.lines.count > lines.count {
            drawing.text(
                "and \(trend.lines.count - lines.count) more in the table",
                Self.left + Self.plotWidth + 16,
                legend
            )
        }
        return drawing.document
    }

    private var title: String {
        let isTime = trend.metric == "start" || trend.metric.hasPrefix("start.") || trend.metric == "seconds"
        return trend.metric + (isTime ? " (s)" : "") + ": the last run of each release"
    }

    private func axis(_ bottom: Double, _ drawing: inout SVGDrawing) {
        // As many names as there is room for, the last always.
        let step = max(1, (trend.releases.count + 6) / 7)
        for (place, release) in trend.releases.enumerated()
        where (trend.releases.count - 1 - place) % step == 0 {
            drawing.rule(x(place), bottom, x(place), bottom + 4, opacity: 0.9)
            drawing.text(release.truncated(toColumns: 13), x(place), bottom + 18, .middle)
        }
        drawing.rule(Self.left, bottom, Self.left + Self.plotWidth, bottom, opacity: 0.9)
    }

    private func draw(_ line: Trend.Line, _ colour: String, _ drawing: inout SVGDrawing) {
        for (point, next) in zip(line.points, line.points.dropFirst()) {
            // Over a release without a value the line is broken.
            let isNext = next.place == point.place + 1
            drawing.rule(
                x(point.place),
                y(point.last.value),
                x(next.place),
                y(next.last.value),
                stroke: colour,
                opacity: isNext ? 0.9 : 0.4,
                dashes: isNext ? nil : "4 4"
            )
        }
        for point in line.points {
            let x = x(point.place)
            for (low, high, opacity) in [
                (point.last.low, point.last.high, 0.35), (point.least as Double?, point.most as Double?, 0.9),
            ] {
                guard let low, let high, low.isFinite, high.isFinite, low < high else { continue }
                drawing.rule(x, y(low), x, y(high), stroke: colour, opacity: opacity)
            }
            drawing.rectangle(
                x - 3.5,
                y(point.last.value) - 3.5,
                7,
                7,
                fill: colour,
                tip: "\(line.label), \(trend.releases[point.place]): \(TrendText.figure(point.last.value))"
            )
        }
    }

    private func x(_ place: Int) -> Double {
        let share = trend.releases.count < 2 ? 0.5 : Double(place) / Double(trend.releases.count - 1)
        return Self.left + 24 + (Self.plotWidth - 48) * share
    }

    private func y(_ value: Double) -> Double { Self.top + Self.plotHeight * (1 - scale.share(of: value)) }
}

/// The axis of values: from the least to the most, with round marks.
struct ValueScale: Hashable {
    /// The places of the marks.
    let marks: [Double]
    private let decimals: Int

    /// Creates the scale of values.
    init(_ values: [Double]) {
        let least = values.min() ?? 0
        let most = values.max() ?? 0
        // Where all are the same there is room above and below.
        let span = most > least ? most - least : max(abs(most) * 0.1, 1e-3)
        let step = AxisStep.fitting(span, marks: 5)
        let first = ((most > least ? least : least - span / 2) / step).rounded(.down)
        let last = ((most > least ? most : most + span / 2) / step).rounded(.up)
        marks = (0...Int(max(1, min(20, last - first)))).map { (first + Double($0)) * step }
        var decimals = 0
        var unit = step
        while unit < 0.999, decimals < 6 {
            unit *= 10
            decimals += 1
        }
        self.decimals = decimals
    }

    /// How far above the lowest mark a value lies, the highest mark at 1.
    func share(of value: Double) -> Double {
        let (low, high) = (marks[0], marks[marks.count - 1])
        return high > low ? min(max((value - low) / (high - low), 0), 1) : 0.5
    }

    /// A mark as it is written.
    func text(_ mark: Double) -> String { Figures.fixed(mark, decimals: decimals) }
}
