package import Domain
package import Observations

/// Every row, expected or found, with what became of it, made session by session.
package struct RowAccount {
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

    /// The sessions in the order of the account.
    package let sessions: [SessionID]
    private let expected: [SessionID: [ExpectedSet]]
    private let found: RowsBySession
    private let judge: RowJudge

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
    /// - Complexity: O(*n* log *n*) in the number of sessions, O(*n*) in that of rows.
    package init(
        expected: [ExpectedSet],
        found: [StoredRecommendation],
        order: [SessionID] = [],
        earlier: [ExpectedRow] = [],
        leftovers: Set<StoredRecommendation> = [],
        appearances: [RowAppearance] = [],
        visible: Set<StoredRecommendation>? = nil
    ) {
        self.expected = Dictionary(grouping: expected, by: \.session)
        self.found = RowsBySession(found)
        judge = RowJudge(
            earlier: Dictionary(grouping: earlier, by: \.key),
            leftovers: leftovers,
            late: Dictionary(
                appearances.filter(\.isLate).map { ($0.row, $0.after) },
                uniquingKeysWith: { first, _ in first }
            ),
            visible: visible
        )
        let positions = Dictionary(order.enumerated().map { ($1, $0) }, uniquingKeysWith: min)
        sessions = Set(self.expected.keys).union(self.found.sessions)
            .map { (positions[$0] ?? order.count, $0) }
            .sorted { $0 < $1 }
            .map(\.1)
    }

    /// Returns the entries of a session: the expected rows in order, then those that nobody expected.
    ///
    /// - Parameters:
    ///   - session: The session.
    ///   - unjudged: Raised by the found rows that could not be judged, because the target did not show its rankings.
    /// - Returns: The entries.
    /// - Complexity: O(*n* log *n*) in the number of the session's rows.
    package func entries(of session: SessionID, unjudged: inout Int) -> [Entry] {
        let rows = Dictionary(grouping: found[session]) { ExpectedRow.Key($0.row) }
        let sets = expected[session] ?? []
        var entries: [Entry] = []
        var known: Set<ExpectedRow.Key> = []
        for set in sets {
            for row in set.rows where known.insert(row.key).inserted {
                entries += judge.entries(for: row, found: rows[row.key] ?? [], isInFlight: set.isInFlight)
            }
        }
        let others = rows.filter { !known.contains($0.key) }
        guard !others.isEmpty else { return entries }
        let open = Set(sets.filter { !$0.isComplete }.map(\.slot))
        for found in others.map(\.value).sorted(by: { Self.precedes($0[0].row, $1[0].row) }) {
            // With some of the expected rows unknown, a single row that is not shown to visitors may be one of them.
            if found.count == 1, found[0].row.displayOrder == nil, open.contains(ExpectedRow.Key(found[0].row).slot) {
                unjudged += 1
                continue
            }
            entries += found.map(judge.unexpected)
        }
        return entries
    }

    /// All entries, session by session.
    ///
    /// - Complexity: O(*n* log *n*) in the number of rows, which are then all in memory once more.
    package var entries: [Entry] {
        var unjudged = 0
        return sessions.flatMap { entries(of: $0, unjudged: &unjudged) }
    }

    private static func precedes(_ left: RecommendationRow, _ right: RecommendationRow) -> Bool {
        (left.phase, left.model.rawValue, left.rank, left.movie)
            < (right.phase, right.model.rawValue, right.rank, right.movie)
    }
}

extension RowAccount.Entry: CustomStringConvertible {
    package var description: String { "session \(key.session): \(phrase)" }

    /// The row and its verdict without the session, for lines that name it already.
    package var phrase: String {
        let place = (expected?.rank ?? found?.row.rank).map { " rank \($0)" } ?? ""
        return "\(key.model.rawValue)\(place) movie \(key.movie) \(verdict.rawValue)"
            + (difference.isEmpty ? "" : ": \(difference)")
    }
}
