import Domain

/// Decides what became of a row that is there, by what else is known about it.
struct RowJudge {
    /// The rows of sets that the expected ones replaced.
    let earlier: [ExpectedRow.Key: [ExpectedRow]]
    /// The rows that the first look after their answer did not see, with the time after which a later one did.
    let late: [StoredRecommendation: Duration]
    /// The rows that the visitors' role sees; `nil` where no role was named.
    let visible: Set<StoredRecommendation>?

    typealias Entry = RowLedger.Entry

    /// The entries of an expected row: one, and one more for each repetition.
    func entries(for row: ExpectedRow, found: [StoredRecommendation], isInFlight: Bool) -> [Entry] {
        guard !found.isEmpty else {
            return [Entry(key: row.key, verdict: .lost, expected: row, found: nil, difference: "it is not there")]
        }
        let judged = found.map { ($0, Self.compare($0.row, with: row)) }
        let best = judged.firstIndex { $0.1.verdict == .landed } ?? 0
        return judged.enumerated()
            .map { index, pair in
                let (stored, (verdict, difference)) = pair
                let isStale = verdict != .landed && isEarlier(stored.row)
                if isStale {
                    let text = "it is the row of an earlier set: \(difference)"
                    return Entry(key: row.key, verdict: .staleModel, expected: row, found: stored, difference: text)
                }
                guard index == best else {
                    let text = "it is there \(found.count) times"
                    return Entry(key: row.key, verdict: .duplicate, expected: row, found: stored, difference: text)
                }
                let refined = verdict == .landed ? refine(stored, isInFlight: isInFlight) : (verdict, difference)
                return Entry(key: row.key, verdict: refined.0, expected: row, found: stored, difference: refined.1)
            }
    }

    /// The entry of a row that no answer promised.
    func unexpected(_ stored: StoredRecommendation) -> Entry {
        let isStale = isEarlier(stored.row)
        return Entry(
            key: .init(stored.row),
            verdict: isStale ? .staleModel : .phantom,
            expected: nil,
            found: stored,
            difference: isStale ? "it is a row of an earlier set that a later one replaced" : "nobody expected it"
        )
    }

    /// What more there is to say about a row that is as it should be.
    private func refine(_ stored: StoredRecommendation, isInFlight: Bool) -> (RowVerdict, String) {
        if let visible, !visible.contains(stored) { return (.invisible, "the visitors' role does not see it") }
        if let after = late[stored] { return (.late, "seen \(after.milliseconds) ms after the answer") }
        return isInFlight ? (.inFlight, "its request was cut off and may have written it") : (.landed, "")
    }

    /// Whether the row is what an earlier set has, rank and score included.
    private func isEarlier(_ row: RecommendationRow) -> Bool {
        (earlier[.init(row)] ?? [])
            .contains { known in
                known.rank.map { $0 == row.rank } ?? true && known.score != nil && known.accepts(score: row.score)
            }
    }

    private static func compare(
        _ row: RecommendationRow,
        with expected: ExpectedRow
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
}

extension Duration {
    /// Whole milliseconds, rounded up so that what took any time never shows as none.
    var milliseconds: Int { Int((self / .milliseconds(1)).rounded(.up)) }
}
