import Formats

/// How a metric is distributed over the sessions, above its mean and interval on the same axis.
struct MetricPicture {
    /// The most bars that are drawn; of more bins neighbours become one.
    private static let most = 32
    private static let (barHeight, height) = (28.0, 54.0)
    /// The shortest axis where all values are in one bin, so that equal values do not look like different ones.
    private static let least = 0.0625
    private let name: String
    private let point: Double
    private let interval: [Double]
    private let isDifference: Bool
    private var start: Double
    private var width: Double
    private var counts: [Double]

    /// Reads the distribution of a metric; `nil` where it has none.
    ///
    /// - Parameters:
    ///   - metric: The metric's row.
    ///   - point: Its mean.
    ///   - interval: The two ends of the mean's interval; empty where there is none.
    ///   - isDifference: Whether it is the difference between both sides.
    /// - Throws: `HTMLReportError` where a value is missing.
    init?(
        _ metric: ReportValue,
        point: Double,
        interval: [Double],
        isDifference: Bool
    ) throws(HTMLReportError) {
        guard metric["distribution"] != .nothing else { return nil }
        let distribution = try metric.object("distribution")
        var counts: [Double] = []
        for count in try distribution.list("counts") {
            guard case .number(let number) = count, let value = number.double else { return nil }
            counts.append(value)
        }
        name = "\(try metric.text("name")) of \(try metric.text("model"))"
        start = try distribution.number("start")
        width = try distribution.number("width")
        guard width > 0, counts.contains(where: { $0 > 0 }) else { return nil }
        self.counts = counts
        self.point = point
        self.interval = interval
        self.isDifference = isDifference
        while self.counts.count > Self.most { halve() }
    }

    private mutating func halve() {
        counts = stride(from: 0, to: counts.count, by: 2)
            .map { counts[$0] + ($0 + 1 < counts.count ? counts[$0 + 1] : 0) }
        width *= 2
    }

    /// The picture, in one line.
    ///
    /// - Parameter anchor: A name that no other picture of the page has.
    /// - Returns: The markup.
    func markup(named anchor: String) -> String {
        let axis = axis
        // The narrowest bar that is seen; the last one has room of its own behind its beginning.
        let step = max(width, (axis.upperBound - axis.lowerBound) / 48)
        let span = axis.upperBound + step - axis.lowerBound
        func place(_ value: Double) -> Double { (value - axis.lowerBound) / span }
        var svg = SVG(title: "How \(name) is distributed", description: words)
        svg.height = Self.height
        let fullest = counts.max() ?? 1
        for (bin, count) in counts.enumerated() where count > 0 {
            let left = start + width * Double(bin)
            let height = max(1, Self.barHeight * count / fullest)
            svg.rectangle(
                from: place(left),
                to: place(left + step),
                top: Self.barHeight - height,
                height: height,
                class: "bar"
            )
        }
        svg.line(from: (0, Self.barHeight + 0.5), to: (1, Self.barHeight + 0.5), class: "base")
        if isDifference { svg.line(from: (place(0), 0), to: (place(0), Self.barHeight + 12), class: "zero") }
        let y = Self.barHeight + 7
        if interval.count == 2 {
            svg.line(from: (place(interval[0]), y), to: (place(interval[1]), y), class: "interval")
        }
        svg.mark(.disc, at: place(point), y: y, class: "point")
        svg.text(ShownNumber.short(axis.lowerBound), at: 0, y: Self.height - 2, class: "axis")
        svg.text(ShownNumber.short(axis.upperBound), at: 1, y: Self.height - 2, .end, class: "axis")
        return svg.markup(named: anchor, class: "metric").replacing("\n", with: "")
    }

    /// From the first to the last bar, and on to ends that readers know: zero in the middle of differences, 0 and 1 of shares.
    private var axis: ClosedRange<Double> {
        let last = start + width * Double(counts.count - 1)
        let ends = [start, last, point] + interval
        let (lowest, highest) = (ends.min() ?? start, ends.max() ?? last)
        guard !isDifference else {
            let reach = max(-lowest, highest, counts.count > 1 ? width : Self.least)
            return -reach...reach
        }
        let lower = lowest >= 0 ? 0 : lowest >= -1 ? -1 : lowest
        guard highest <= 0.5 || highest > 1 else { return lower...1 }
        return lower...max(highest, lower + (counts.count > 1 ? width : Self.least))
    }

    private var words: String {
        let end = start + width * Double(counts.count)
        let fullest = counts.indices.max { counts[$0] < counts[$1] } ?? 0
        let all = counts.reduce(0, +)
        let from = start + width * Double(fullest)
        var words = "\(ShownNumber.grouped(all)) sessions from \(ShownNumber.short(start)) "
        words += "to \(ShownNumber.short(end)); "
        words += "\(ShownNumber.grouped(counts[fullest])) of them between \(ShownNumber.short(from)) and "
        words += "\(ShownNumber.short(from + width)), more than in any other part; mean \(ShownNumber.short(point))"
        if interval.count == 2 {
            words += ", its interval \(ShownNumber.short(interval[0])) to \(ShownNumber.short(interval[1]))"
        }
        return words
    }
}
