/// The cliff of every line of a grid, of which a table keeps as many as can be read.
package struct CliffTable: Sendable {
    /// The most rows of the table, and the most columns of cliffs.
    private static let rowLimit = 31
    private static let columnLimit = 6

    /// The axis along which the lines go.
    package let axis: SweepAxis
    /// The axes whose values begin a row.
    package let rowAxes: [SweepAxis]
    /// The axis whose values are the columns, absent where there is one column.
    package let columnAxis: SweepAxis?
    /// The rows of the table: the values of the row axes and the cliff of each column.
    package private(set) var rows: [(values: [String], cliffs: [Cliff])] = []
    /// How many rows there are, those included that the table leaves out.
    package let rowCount: Int
    /// How many lines are of which kind: none survives, some, all, refused.
    package private(set) var none = 0
    package private(set) var some = 0
    package private(set) var all = 0
    package private(set) var refused = 0
    /// How many of the lines with some survivors have survival come and go.
    package private(set) var unsteady = 0

    private let rowPlaces: [Int]
    private let columnPlace: Int?
    private let kept: [Int: Int]

    /// Creates a table for the lines of a grid; `nil` where no axis has two values.
    package init?(_ grid: SweepGrid) {
        guard let line = grid.lineAxis else { return nil }
        axis = grid.axes[line]
        let others = grid.axes.indices.filter { $0 != line && grid.axes[$0].count > 1 }
        // Of a single other axis the values are rows; of several the one with the fewest is the columns, where they fit.
        let fitting = others.filter { grid.axes[$0].count <= Self.columnLimit }
        columnPlace = others.count > 1 ? fitting.min { grid.axes[$0].count < grid.axes[$1].count } : nil
        columnAxis = columnPlace.map { grid.axes[$0] }
        rowPlaces = others.filter { [columnPlace] in $0 != columnPlace }
        rowAxes = rowPlaces.map { grid.axes[$0] }
        rowCount = rowAxes.reduce(1) { $0 * $1.count }
        let sample = Sample(of: rowCount, atMost: Self.rowLimit).places
        kept = Dictionary(uniqueKeysWithValues: sample.enumerated().map { ($0.element, $0.offset) })
        rows = Array(
            repeating: ([], Array(repeating: .refused, count: columnAxis?.count ?? 1)),
            count: sample.count
        )
    }

    /// Takes a line.
    ///
    /// - Parameters:
    ///   - cliff: What it is like.
    ///   - places: The places on each axis of one of its combinations.
    mutating func take(_ cliff: Cliff, at places: [Int]) {
        switch cliff {
        case .refused: refused += 1
        case .allSurvive: all += 1
        case .noneSurvives: none += 1
        case .upTo, .from: some += 1
        case .comesAndGoes:
            some += 1
            unsteady += 1
        }
        var number = 0
        for (axis, place) in zip(rowAxes, rowPlaces) { number = number * axis.count + places[place] }
        guard let row = kept[number] else { return }
        rows[row].values = zip(rowAxes, rowPlaces).map { $0.text(at: places[$1]) }
        rows[row].cliffs[columnPlace.map { places[$0] } ?? 0] = cliff
    }
}
