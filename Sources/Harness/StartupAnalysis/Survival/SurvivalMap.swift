/// How many starts survive, over two axes of a grid and a third in panels; what the rest of the axes say is added up.
///
/// An axis with more values than can be drawn is divided into bins of neighbours.
package struct SurvivalMap: Sendable {
    /// What became of the starts of a bin.
    package struct Bin: Hashable, Sendable {
        /// How many starts were simulated.
        package fileprivate(set) var started = 0
        /// In how many the probe succeeded.
        package fileprivate(set) var survived = 0
        /// How many combinations the platform refused.
        package fileprivate(set) var refused = 0

        /// The share of the started that survived, absent where nothing was started.
        package var share: Double? { started > 0 ? Double(survived) / Double(started) : nil }
    }

    /// One axis of the map, divided into bins.
    package struct Side: Hashable, Sendable {
        /// The axis.
        package let axis: SweepAxis
        /// How many bins it has.
        package let bins: Int
        fileprivate let place: Int

        fileprivate init(_ grid: SweepGrid, _ place: Int, atMost limit: Int) {
            axis = grid.axes[place]
            bins = min(axis.count, limit)
            self.place = place
        }

        fileprivate func bin(of value: Int) -> Int { value * bins / axis.count }

        /// The places of the values of a bin.
        package func places(of bin: Int) -> ClosedRange<Int> {
            let first = (bin * axis.count + bins - 1) / bins
            return first...(((bin + 1) * axis.count + bins - 1) / bins - 1)
        }
    }

    /// The horizontal axis, the vertical one and that of the panels; the last two absent where axes are few.
    package let across: Side
    package let down: Side?
    package let panels: Side?
    /// The names of the axes over which the bins add up.
    package let pooled: [String]
    private var bins: [Bin]

    /// Creates an empty map; `nil` where no axis has two values.
    package init?(_ grid: SweepGrid) {
        guard let line = grid.lineAxis else { return nil }
        across = Side(grid, line, atMost: 120)
        let others = grid.axes.indices.filter { $0 != line && grid.axes[$0].count > 1 }
            .sorted { (grid.axes[$1].count, $0) < (grid.axes[$0].count, $1) }
        down = others.first.map { Side(grid, $0, atMost: 60) }
        panels = others.dropFirst().first.map { Side(grid, $0, atMost: 12) }
        pooled = others.dropFirst(2).map { grid.axes[$0].parameter.name }
        bins = Array(repeating: Bin(), count: across.bins * (down?.bins ?? 1) * (panels?.bins ?? 1))
    }

    /// Counts a combination.
    mutating func take(_ tally: CellTally, at places: [Int]) {
        let index = index(
            across.bin(of: places[across.place]),
            down.map { $0.bin(of: places[$0.place]) } ?? 0,
            panels.map { $0.bin(of: places[$0.place]) } ?? 0
        )
        bins[index].started += tally.started
        bins[index].survived += tally.survived
        if tally.isRefused { bins[index].refused += 1 }
    }

    /// The bin at a place across, down and in a panel.
    package func bin(across column: Int, down row: Int = 0, panel: Int = 0) -> Bin { bins[index(column, row, panel)] }

    private func index(_ column: Int, _ row: Int, _ panel: Int) -> Int {
        (panel * (down?.bins ?? 1) + row) * across.bins + column
    }
}
