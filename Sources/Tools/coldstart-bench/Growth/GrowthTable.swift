/// Growth as tables of aligned columns, at most 100 characters wide.
package struct GrowthTable: Sendable {
    private let series: [GrowthSeries]

    /// Creates tables, one a series.
    package init(_ series: [GrowthSeries]) {
        self.series = series
    }

    /// The lines.
    package func lines() -> [String] {
        series.flatMap { series -> [String] in
            let rows = [
                [series.unit] + series.points.map { GrowthNumbers.size($0.size) },
                ["time"] + series.points.map { GrowthNumbers.time($0.seconds) },
                ["each"] + series.points.map { GrowthNumbers.time($0.seconds / $0.size) },
            ]
            let first = max(16, rows.map { $0[0].count }.max() ?? 0)
            let table = rows.map { row in
                row.enumerated()
                    .map { column, cell in
                        let space = String(repeating: " ", count: max(0, (column == 0 ? first : 10) - cell.count))
                        return column == 0 ? "  " + cell + space : space + cell
                    }
                    .joined()
            }
            let growth = series.exponent.map { ": the last step grows as n^" + GrowthNumbers.digits(max(0, $0)) } ?? ""
            return [series.title + growth] + table
        }
    }
}
