import ModelComparison

/// Rows of metrics as a table of 80 columns.
struct ComparisonTable {
    private var table: TextTable
    /// Whether there is no row.
    var isEmpty: Bool { table.isEmpty }

    /// Creates a table whose first column has this heading.
    init(first: String) {
        table = TextTable(columns: [
            .init(first, isFlexible: true), .init("old", .right), .init("new", .right), .init("change", .right),
            .init("interval", .right), .init("p", .right), .init("+ = -", .right), .init("n", .right),
        ])
    }

    /// Adds a row.
    mutating func add(_ row: MetricRow, label: String) {
        let change = row.delta.map { ($0 > 0 ? "+" : "") + Self.text($0) } ?? ""
        let isLoss = (row.interval?.last).map { $0 < 0 } ?? false
        let role: StyledLine.Role = row.wins != nil && isLoss ? .bad : .plain
        table.append([
            StyledLine(label), StyledLine(row.old.map(Self.text) ?? ""),
            StyledLine((row.value ?? row.new).map(Self.text) ?? "–"), StyledLine(change, role),
            StyledLine(row.interval.map { "\(Self.text($0[0]))…\(Self.text($0[1]))" } ?? "", .faint),
            StyledLine(row.adjustedP.map { $0 < 0.0005 ? "<.001" : Figures.fixed($0, decimals: 3) } ?? ""),
            StyledLine(row.wins.map { "\($0) \(row.ties ?? 0) \(row.losses ?? 0)" } ?? "", .faint),
            StyledLine(String(row.sessions), .faint),
        ])
    }

    /// The lines; the column of wins, ties and losses and that of p are empty where nothing was tested.
    func lines(width: Int) -> [StyledLine] { table.lines(width: width).map { $0.trimmed } }

    private static func text(_ value: Double) -> String {
        Figures.fixed(value, decimals: abs(value) >= 100 ? 1 : abs(value) >= 10 ? 2 : 3)
    }
}

extension StyledLine {
    /// The line without blanks at its end.
    fileprivate var trimmed: StyledLine {
        let kept = text.reversed().drop { $0 == " " }.count
        guard kept < text.count else { return self }
        var left = kept
        var line = StyledLine()
        for span in spans where left > 0 {
            line.append(String(span.text.prefix(left)), span.role)
            left -= span.text.count
        }
        return line
    }
}

extension ComparisonDocument {
    /// The metric that slices are ordered by: the first that needs relevance, or else the first of all.
    func leadingMetric(of list: ComparedList) -> String? {
        let rows = metrics.filter { $0.model == list && $0.slice == SlicePlan.all && $0.sessions > 0 }
        return (rows.first { $0.wins != nil } ?? rows.first)?.name
    }
}
