package import Domain
package import Observations

/// The account of every row, expected or found, with what became of it.
package struct RowLedger: Hashable, Sendable {
    /// One row with its verdict.
    package struct Entry: Hashable, Sendable {
        /// Whose row it is, and for which movie.
        package let key: ExpectedRow.Key
        /// What became of it.
        package let verdict: RowVerdict
        /// The row as it was expected, `nil` where it was not.
        package let expected: ExpectedRow?
        /// The row as it is, `nil` where it is not there.
        package let found: StoredRecommendation?
        /// What differs, in one phrase; empty where nothing does.
        package let difference: String
    }

    /// The entries, session by session; within one the expected rows in order, then those that nobody expected.
    package let entries: [Entry]
    /// How many found rows could not be judged, because the target did not show its rankings.
    package let unjudged: Int
    /// How long after their answers the new rows were seen; `nil` where the harness did not wait for any.
    package let timeToVisible: VisibilityQuantiles?

    /// Joins expected and found rows.
    ///
    /// - Parameters:
    ///   - expected: One set for each session and phase.
    ///   - found: Every row that was read.
    ///   - order: The order of the sessions; sessions that are not named follow in the order of their ids.
    ///   - earlier: The rows of sets that the expected ones replaced, as they were promised.
    ///   - leftovers: The rows that were there before the expected sets were written.
    ///   - appearances: When new rows were first seen after their answers.
    ///   - visible: The rows that the visitors' role sees; `nil` where no role was named.
    /// - Complexity: O(*n* log *n*) in the number of rows.
    package init(
        expected: [ExpectedSet],
        found: [StoredRecommendation],
        order: [SessionID] = [],
        earlier: [ExpectedRow] = [],
        leftovers: Set<StoredRecommendation> = [],
        appearances: [RowAppearance] = [],
        visible: Set<StoredRecommendation>? = nil
    ) {
        let judge = RowJudge(
            earlier: Dictionary(grouping: earlier, by: \.key),
            leftovers: leftovers,
            late: Dictionary(
                appearances.filter(\.isLate).map { ($0.row, $0.after) },
                uniquingKeysWith: { first, _ in first }
            ),
            visible: visible
        )
        let rows = Dictionary(grouping: found) { ExpectedRow.Key($0.row) }
        var entries: [Entry] = []
        var known: Set<ExpectedRow.Key> = []
        for set in expected {
            for row in set.rows where known.insert(row.key).inserted {
                entries += judge.entries(for: row, found: rows[row.key] ?? [], isInFlight: set.isInFlight)
            }
        }
        let open = Set(expected.filter { !$0.isComplete }.map(\.slot))
        var unjudged = 0
        let others = rows.filter { !known.contains($0.key) }.map(\.value)
            .sorted { Self.precedes($0[0].row, $1[0].row) }
        for found in others {
            let key = ExpectedRow.Key(found[0].row)
            // With some of the expected rows unknown, a single row that is not shown to visitors may be one of them.
            if found.count == 1, found[0].row.displayOrder == nil, open.contains(key.slot) {
                unjudged += 1
                continue
            }
            entries += found.map(judge.unexpected)
        }
        let positions = Dictionary(order.enumerated().map { ($1, $0) }, uniquingKeysWith: min)
        let placed = entries.map { positions[$0.key.session] ?? order.count }
        self.entries = entries.indices
            .sorted { left, right in
                if placed[left] != placed[right] { return placed[left] < placed[right] }
                let (a, b) = (entries[left].key.session, entries[right].key.session)
                return a == b ? left < right : a < b
            }
            .map { entries[$0] }
        self.unjudged = unjudged
        self.timeToVisible = VisibilityQuantiles(of: appearances.map(\.after))
    }

    /// How many entries have a verdict.
    ///
    /// - Complexity: O(*n*) in the number of entries.
    package func count(of verdict: RowVerdict) -> Int { entries.count { $0.verdict == verdict } }

    /// How many entries there are of each verdict, those without any included.
    ///
    /// - Complexity: O(*n*) in the number of entries.
    package var counts: [RowVerdict: Int] {
        var counts = Dictionary(uniqueKeysWithValues: RowVerdict.allCases.map { ($0, 0) })
        for entry in entries { counts[entry.verdict, default: 0] += 1 }
        return counts
    }

    /// The entries of rows that are not what they should be.
    package var failures: [Entry] { entries.filter(\.verdict.isFailure) }

    /// The entries of rows about which there is something to say: all that did not simply land.
    package var exceptions: [Entry] { entries.filter { $0.verdict != .landed } }

    private static func precedes(_ left: RecommendationRow, _ right: RecommendationRow) -> Bool {
        (left.session, left.phase, left.model.rawValue, left.rank, left.movie)
            < (right.session, right.phase, right.model.rawValue, right.rank, right.movie)
    }
}

extension RowLedger.Entry: CustomStringConvertible {
    package var description: String { "session \(key.session): \(phrase)" }

    /// The row and its verdict without the session, for lines that name it already.
    package var phrase: String {
        let place = (expected?.rank ?? found?.row.rank).map { " rank \($0)" } ?? ""
        return "\(key.model.rawValue)\(place) movie \(key.movie) \(verdict.rawValue)"
            + (difference.isEmpty ? "" : ": \(difference)")
    }
}
