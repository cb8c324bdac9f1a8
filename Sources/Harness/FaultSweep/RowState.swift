package import Domain

/// What the rows of a session are, seen against those that were there before.
package enum RowState: Hashable, Sendable {
    /// The earlier set, row for row.
    case earlier
    /// A whole new set, and nothing of the earlier one.
    case new
    /// No row where there were some.
    case lost
    /// Anything else, in words.
    case partial(String)

    /// Tells the state.
    ///
    /// - Parameters:
    ///   - rows: The rows that are there.
    ///   - earlier: The rows that were there before.
    ///   - expected: How many rows of each model a whole new set has.
    /// - Complexity: O(*n* log *n*) in the number of rows.
    package init(_ rows: [StoredRecommendation], earlier: [StoredRecommendation], expected: CellObservation.Saved) {
        let old = Set(earlier)
        if rows.count == earlier.count, Set(rows) == old {
            self = .earlier
            return
        }
        guard !rows.isEmpty else {
            self = .lost
            return
        }
        let kept = rows.count { old.contains($0) }
        var flaws: [String] = []
        if kept > 0 { flaws.append("\(kept) of \(earlier.count) earlier rows are still there") }
        for (model, count) in [(Model.svd, expected.svd), (.p5, expected.p5)] {
            let ranks = rows.filter { $0.row.model == model && !old.contains($0) }.map(\.row.rank).sorted()
            if ranks != Array(1...max(count, 1)).prefix(count).map(\.self) {
                flaws.append("\(ranks.count) of \(count) new \(model.rawValue) rows")
            }
        }
        self = flaws.isEmpty ? .new : .partial(flaws.joined(separator: ", "))
    }

    /// The state in a word or two.
    package var word: String {
        switch self {
        case .earlier: "earlier set"
        case .new: "new set"
        case .lost: "rows lost"
        case .partial: "partial set"
        }
    }
}
