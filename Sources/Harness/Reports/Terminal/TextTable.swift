/// A table of aligned columns, laid out by display width.
package struct TextTable: Sendable {
    /// A column's heading and where its cells stand.
    package struct Column: Sendable {
        /// The side on which cells stand.
        package enum Alignment: Sendable {
            /// Text.
            case left
            /// Numbers.
            case right
        }

        /// The heading; may be empty.
        package let heading: String
        /// Where the cells stand.
        package let alignment: Alignment
        /// Whether this column gives way first when the table is too wide.
        package let isFlexible: Bool

        /// Creates a column.
        package init(_ heading: String, _ alignment: Alignment = .left, isFlexible: Bool = false) {
            self.heading = heading
            self.alignment = alignment
            self.isFlexible = isFlexible
        }
    }

    /// Which flexible columns give way where the table is too wide; none is cut below eight columns.
    package enum Cutting: Sendable {
        /// The last first, as far as it goes.
        case last
        /// Always the widest, so that equal columns stay equal.
        case widest
    }

    private let columns: [Column]
    private let cutting: Cutting
    private var rows: [[StyledLine]] = []

    /// Creates a table without rows.
    package init(columns: [Column], cutting: Cutting = .last) {
        self.columns = columns
        self.cutting = cutting
    }

    /// Whether the table has no rows.
    package var isEmpty: Bool { rows.isEmpty }

    /// Appends a row.
    ///
    /// - Precondition: There is one cell for each column.
    package mutating func append(_ cells: [StyledLine]) {
        precondition(cells.count == columns.count, "\(cells.count) cells for \(columns.count) columns")
        rows.append(cells)
    }

    /// Lays the table out, two spaces between columns.
    ///
    /// - Parameter width: The most columns that a line may take; flexible columns are cut first, then whole lines.
    /// - Returns: The headings, unless all are empty, and the rows.
    /// - Complexity: O(*n*) in the number of characters.
    package func lines(width: Int) -> [StyledLine] {
        let headings = columns.map { StyledLine($0.heading, .faint) }
        let all = columns.allSatisfy { $0.heading.isEmpty } ? rows : [headings] + rows
        let widths = columnWidths(of: all, within: width)
        return all.map { cells in
            var line = StyledLine()
            for (index, cell) in cells.enumerated() {
                if index > 0 { line.append("  ") }
                let cell = cell.truncated(toColumns: widths[index])
                let space = String(repeating: " ", count: widths[index] - cell.width)
                if columns[index].alignment == .right { line.append(space) }
                line.append(cell)
                if columns[index].alignment == .left { line.append(space) }
            }
            return line.truncated(toColumns: width)
        }
    }

    /// What no column is cut below.
    private static let leastWidth = 8

    private func columnWidths(of rows: [[StyledLine]], within width: Int) -> [Int] {
        var widths = columns.indices.map { column in rows.map { $0[column].width }.max() ?? 0 }
        var excess = widths.reduce(0, +) + 2 * (columns.count - 1) - width
        while excess > 0 {
            let cuttable = columns.indices.filter { columns[$0].isFlexible && widths[$0] > Self.leastWidth }
            let next = cutting == .last ? cuttable.last : cuttable.max { widths[$0] < widths[$1] }
            guard let next else { break }
            widths[next] -= 1
            excess -= 1
        }
        return widths
    }
}
