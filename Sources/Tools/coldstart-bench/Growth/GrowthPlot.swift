/// Growth as an SVG of small plots with logarithmic axes, two beside each other.
///
/// There is no background, and the colours stand out from a white page as from a dark one.
package struct GrowthPlot: Sendable {
    private static let width = 400.0
    private static let height = 250.0
    /// The distances from a plot's edges to its axes.
    private static let (left, right, top, bottom) = (58.0, 22.0, 52.0, 44.0)
    /// The room that a label of the horizontal axis takes.
    private static let labelWidth = 24.0
    private static let text = "#78828c"
    private static let line = "#2f81f7"

    private let series: [GrowthSeries]

    /// Creates a plot of the series that have a point.
    package init(_ series: [GrowthSeries]) {
        self.series = series.filter { !$0.points.isEmpty }
    }

    /// Returns the document (SVG 1.1, https://www.w3.org/TR/SVG11/).
    ///
    /// - Complexity: O(*n*) in the points.
    package func svg() -> String {
        let columns = min(2, max(1, series.count))
        let rows = (series.count + columns - 1) / columns
        let (width, height) = (Self.width * Double(columns), Self.height * Double(max(1, rows)))
        var lines = [
            "<svg xmlns=\"http://www.w3.org/2000/svg\" viewBox=\"0 0 \(number(width)) \(number(height))\" "
                + "width=\"\(number(width))\" height=\"\(number(height))\" role=\"img\" "
                + "font-family=\"-apple-system, 'Segoe UI', 'Liberation Sans', Helvetica, Arial, sans-serif\" "
                + "font-size=\"11\" fill=\"\(Self.text)\">",
            "<title>Time against size, both axes logarithmic</title>",
        ]
        for (index, series) in series.enumerated() {
            let (x, y) = (Self.width * Double(index % columns), Self.height * Double(index / columns))
            lines.append("<g transform=\"translate(\(number(x)) \(number(y)))\">")
            lines += panel(series)
            lines.append("</g>")
        }
        return (lines + ["</svg>", ""]).joined(separator: "\n")
    }

    private func panel(_ series: GrowthSeries) -> [String] {
        let sizes = Axis(series.points.map(\.size), from: Self.left, to: Self.width - Self.right)
        let times = Axis(series.points.map(\.seconds), from: Self.height - Self.bottom, to: Self.top)
        var lines = [label(series.title, Self.left, 18, "start", " font-size=\"13\" font-weight=\"600\"")]
        if let exponent = series.exponent {
            let power = "last step: time grows as n^" + GrowthNumbers.digits(max(0, exponent))
            lines.append(label(power, Self.left, 33, "start"))
        }
        for tick in times.ticks {
            let y = times.place(of: tick)
            lines.append(rule(Self.left, y, Self.width - Self.right, y))
            lines.append(label(GrowthNumbers.time(tick), Self.left - 6, y + 4, "end"))
        }
        for (index, point) in series.points.enumerated() {
            let x = sizes.place(of: point.size)
            lines.append(rule(x, Self.top, x, Self.height - Self.bottom))
            // A label that the next would touch is left out.
            let next = index + 1 < series.points.count ? sizes.place(of: series.points[index + 1].size) : .infinity
            guard abs(next - x) > Self.labelWidth else { continue }
            lines.append(label(GrowthNumbers.size(point.size), x, Self.height - Self.bottom + 15, "middle"))
        }
        let middle = (Self.left + Self.width - Self.right) / 2
        lines.append(label(series.unit, middle, Self.height - 10, "middle"))
        let places = series.points.map { (sizes.place(of: $0.size), times.place(of: $0.seconds)) }
        let path = places.map { "\(number($0)),\(number($1))" }.joined(separator: " ")
        lines.append("<polyline points=\"\(path)\" fill=\"none\" stroke=\"\(Self.line)\" stroke-width=\"2\"/>")
        for (point, (x, y)) in zip(series.points, places) {
            lines.append("<circle cx=\"\(number(x))\" cy=\"\(number(y))\" r=\"3.5\" fill=\"\(Self.line)\"/>")
            // Left of the line, which rises to the right; at the left edge there is room on the right alone, below it.
            let isFirst = x < Self.left + 40
            let time = GrowthNumbers.time(point.seconds)
            lines.append(label(time, isFirst ? x + 8 : x - 7, isFirst ? y + 5 : y - 5, isFirst ? "start" : "end"))
        }
        return lines
    }

    private func rule(_ x1: Double, _ y1: Double, _ x2: Double, _ y2: Double) -> String {
        "<line x1=\"\(number(x1))\" y1=\"\(number(y1))\" x2=\"\(number(x2))\" y2=\"\(number(y2))\" "
            + "stroke=\"\(Self.text)\" stroke-opacity=\"0.3\"/>"
    }

    private func label(_ text: String, _ x: Double, _ y: Double, _ anchor: String, _ more: String = "") -> String {
        let escaped = text.replacing("&", with: "&amp;").replacing("<", with: "&lt;").replacing(">", with: "&gt;")
        return "<text x=\"\(number(x))\" y=\"\(number(y))\" text-anchor=\"\(anchor)\"\(more)>\(escaped)</text>"
    }

    private func number(_ value: Double) -> String {
        let tenths = Int((value * 10).rounded())
        let sign = tenths < 0 ? "-" : ""
        let (whole, tenth) = abs(tenths).quotientAndRemainder(dividingBy: 10)
        return tenth == 0 ? "\(sign)\(whole)" : "\(sign)\(whole).\(tenth)"
    }
}

extension GrowthPlot {
    /// A logarithmic axis.
    struct Axis {
        /// The values that are marked.
        let ticks: [Double]
        private let low: Double
        private let high: Double
        private let start: Double
        private let end: Double

        /// Lays values out between two places, with some room on either side.
        init(_ values: [Double], from start: Double, to end: Double) {
            let (least, most) = (values.min() ?? 1, values.max() ?? 10)
            let room = max(0.06 * logarithm(most / least), 0.1)
            (low, high) = (logarithm(least) - room, logarithm(most) + 1.6 * room)
            (self.start, self.end) = (start, end)
            let (low, high) = (low, high)
            let decades = stride(from: low.rounded(.down), through: high.rounded(.up), by: 1)
            func marks(_ factors: [Double]) -> [Double] {
                decades.flatMap { decade in factors.map { $0 * Self.power(decade) } }
                    .filter { (low...high).contains(logarithm($0)) }
            }
            let tens = marks([1])
            self.ticks = tens.count >= 3 ? tens : marks([1, 2, 5])
        }

        /// The place of a value.
        func place(of value: Double) -> Double {
            start + (logarithm(value) - low) / (high - low) * (end - start)
        }

        private static func power(_ exponent: Double) -> Double {
            (0..<Int(abs(exponent))).reduce(1) { value, _ in exponent < 0 ? value / 10 : value * 10 }
        }
    }
}
