/// The figures as a table of aligned columns.
struct FigureTable {
    private static let headings = ["figure", "Coldstart", "Python reference", "ratio", "CPU ratio", "aim"]

    /// The figures in their order.
    let figures: [Figure]

    /// The lines: headings, figures, and below them the notes.
    func lines() -> [String] {
        let rows = [Self.headings] + figures.map(cells)
        let widths = Self.headings.indices.map { column in rows.map { $0[column].count }.max() ?? 0 }
        let table = rows.map { row in
            row.enumerated()
                .map { column, cell in
                    let space = String(repeating: " ", count: widths[column] - cell.count)
                    // Words stand on the left, numbers on the right.
                    return column == 0 ? cell + space : column == row.count - 1 ? cell : space + cell
                }
                .joined(separator: "  ")
        }
        return table + figures.compactMap { figure in figure.note.map { "  \(figure.name): \($0)" } }
    }

    private func cells(_ figure: Figure) -> [String] {
        [
            figure.name,
            Quantity.text(figure.coldstart, figure.unit),
            figure.reference.map { Quantity.text($0, figure.unit) } ?? "–",
            figure.ratio.map(Quantity.times) ?? "–",
            figure.cpuRatio.map(Quantity.times) ?? "–",
            aimText(figure),
        ]
    }

    private func aimText(_ figure: Figure) -> String {
        let wanted =
            switch figure.aim {
            case nil: ""
            case .below(let limit): "below " + Quantity.text(limit, figure.unit)
            case .atLeast(let limit): "at least " + Quantity.text(limit, figure.unit)
            case .timesReference(let factor): "at least " + Quantity.times(factor)
            }
        let verdict =
            switch figure.isMet {
            case nil: figure.aim == nil ? "–" : "not measured"
            case .some(true): "met"
            case .some(false): figure.hasFailed ? "FAILED" : "MISSED"
            }
        return wanted.isEmpty ? verdict : "\(wanted): \(verdict)"
    }
}
