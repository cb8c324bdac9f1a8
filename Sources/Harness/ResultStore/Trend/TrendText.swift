import Domain
package import Reports

/// A trend as tables for people.
package struct TrendText: Sendable {
    private let trend: Trend

    /// Creates the text of a trend.
    package init(_ trend: Trend) {
        self.trend = trend
    }

    /// Returns a table for each thing that was measured: its releases, and the change from one to the next.
    ///
    /// - Parameter width: The columns that a line may take.
    /// - Returns: The lines.
    /// - Complexity: O(points).
    package func lines(width: Int) -> [StyledLine] {
        guard !trend.lines.isEmpty else { return ["no run has a value of \(trend.metric)"] }
        var lines: [StyledLine] = []
        for line in trend.lines {
            if !lines.isEmpty { lines.append("") }
            lines.append(
                StyledLine(trend.metric, .strong).appending("  \(line.label)").appending("  \(line.command)", .faint)
                    .truncated(toColumns: width)
            )
            lines += table(of: line).lines(width: width)
        }
        return lines
    }

    private func table(of line: Trend.Line) -> TextTable {
        var table = TextTable(columns: [
            .init("release", isFlexible: true), .init("written"), .init("value", .right), .init("change", .right),
            .init("interval, or range of runs", .right), .init("n", .right), .init("run", .right),
        ])
        // One form for a column: without decimals where all values are whole.
        let isWhole = line.points.allSatisfy {
            Self.isWhole($0.least) && Self.isWhole($0.most) && Self.isWhole($0.last.value)
        }
        func figure(_ value: Double) -> String { Figures.fixed(value, decimals: isWhole ? 0 : 4) }
        var before: Double?
        for point in line.points {
            let difference = before.map { point.last.value - $0 }
            let value = point.last
            table.append([
                StyledLine(trend.releases[point.place]), StyledLine(String(value.writtenAt.iso8601.prefix(10)), .faint),
                StyledLine(figure(value.value), .strong),
                StyledLine(difference.map { $0 > 0 ? "+" + figure($0) : $0 == 0 ? "=" : figure($0) } ?? ""),
                StyledLine(range(of: point, figure), .faint), StyledLine(value.samples.map(String.init) ?? "", .faint),
                StyledLine(String(value.run), .faint),
            ])
            before = value.value
        }
        return table
    }

    private func range(of point: Trend.Point, _ figure: (Double) -> String) -> String {
        if point.runs > 1 { return "\(figure(point.least))–\(figure(point.most)) of \(point.runs) runs" }
        guard let low = point.last.low, let high = point.last.high else { return "" }
        return "\(Figures.fixed(low, decimals: 4))–\(Figures.fixed(high, decimals: 4))"
    }

    /// A value with four decimals, or without any where it is whole.
    static func figure(_ value: Double) -> String { Figures.fixed(value, decimals: isWhole(value) ? 0 : 4) }

    private static func isWhole(_ value: Double) -> Bool { value == value.rounded() && abs(value) < 1e9 }
}
