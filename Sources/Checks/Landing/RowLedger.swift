package import Domain

/// The account of every row, expected or found, with what became of it.
package struct RowLedger: Hashable, Sendable {
    /// One row with its verdict.
    package struct Entry: Hashable, Sendable {
        /// Whose row it is, and for which film.
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

    /// Joins expected and found rows.
    ///
    /// - Parameters:
    ///   - expected: One set for each session and phase.
    ///   - found: Every row that was read.
    ///   - order: The order of the sessions; sessions that are not named follow in the order of their ids.
    /// - Complexity: O(*n* log *n*) in the number of rows.
    package init(expected: [ExpectedSet], found: [StoredRecommendation], order: [SessionID] = []) {
        let rows = Dictionary(grouping: found) { ExpectedRow.Key($0.row) }
        var entries: [Entry] = []
        var known: Set<ExpectedRow.Key> = []
        for row in expected.flatMap(\.rows) where known.insert(row.key).inserted {
            entries += Self.entries(for: row, found: rows[row.key] ?? [])
        }
        let open = Set(expected.filter { !$0.isComplete }.map { "\($0.session) \($0.phase)" })
        var unjudged = 0
        let others = rows.filter { !known.contains($0.key) }.map(\.value)
            .sorted { Self.precedes($0[0].row, $1[0].row) }
        for found in others {
            let key = ExpectedRow.Key(found[0].row)
            // With some of the expected rows unknown, a single row that is not shown to visitors may be one of them.
            if found.count == 1, found[0].row.displayOrder == nil, open.contains("\(key.session) \(key.phase)") {
                unjudged += 1
                continue
            }
            entries += found.map {
                Entry(key: key, verdict: .phantom, expected: nil, found: $0, difference: "nobody expected it")
            }
        }
        let positions = Dictionary(order.enumerated().map { ($1, $0) }, uniquingKeysWith: min)
        self.entries = entries.enumerated()
            .sorted { left, right in
                let (a, b) = (left.element.key, right.element.key)
                let (i, j) = (positions[a.session] ?? order.count, positions[b.session] ?? order.count)
                if i != j { return i < j }
                return a.session == b.session ? left.offset < right.offset : a.session.text < b.session.text
            }
            .map(\.element)
        self.unjudged = unjudged
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
    package var failures: [Entry] { entries.filter { $0.verdict != .landed } }

    private static func entries(for row: ExpectedRow, found: [StoredRecommendation]) -> [Entry] {
        guard !found.isEmpty else {
            return [Entry(key: row.key, verdict: .lost, expected: row, found: nil, difference: "it is not there")]
        }
        let judged = found.map { ($0, judge($0.row, against: row)) }
        let best = judged.firstIndex { $0.1.verdict == .landed } ?? 0
        return judged.enumerated()
            .map { index, pair in
                let (stored, (verdict, difference)) = pair
                return index == best
                    ? Entry(key: row.key, verdict: verdict, expected: row, found: stored, difference: difference)
                    : Entry(
                        key: row.key,
                        verdict: .duplicate,
                        expected: row,
                        found: stored,
                        difference: "it is there \(found.count) times"
                    )
            }
    }

    private static func judge(
        _ row: RecommendationRow,
        against expected: ExpectedRow
    ) -> (verdict: RowVerdict, difference: String) {
        var differences: [String] = []
        var verdict = RowVerdict.landed
        if !expected.accepts(score: row.score) {
            verdict = .wrongScore
            differences.append("score \(row.score), expected \(expected.score.map { "\($0)" } ?? "a finite number")")
        }
        if row.displayOrder != expected.displayOrder {
            verdict = .reordered
            differences.append("display_order \(text(row.displayOrder)), expected \(text(expected.displayOrder))")
        }
        if let rank = expected.rank, row.rank != rank {
            verdict = .reordered
            differences.append("rank \(row.rank), expected \(rank)")
        }
        return (verdict, differences.reversed().joined(separator: "; "))
    }

    private static func text(_ order: Int?) -> String { order.map(String.init) ?? "NULL" }

    private static func precedes(_ left: RecommendationRow, _ right: RecommendationRow) -> Bool {
        (left.session.text, left.phase, left.model.rawValue, left.rank, left.movie.text)
            < (right.session.text, right.phase, right.model.rawValue, right.rank, right.movie.text)
    }
}

extension RowLedger.Entry: CustomStringConvertible {
    package var description: String {
        let place = (expected?.rank ?? found?.row.rank).map { " rank \($0)" } ?? ""
        return "session \(key.session): \(key.model.rawValue)\(place) film \(key.movie) \(verdict.rawValue)"
            + (difference.isEmpty ? "" : ": \(difference)")
    }
}
