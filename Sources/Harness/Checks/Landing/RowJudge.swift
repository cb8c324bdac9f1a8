import Domain

/// Decides what became of a row that is there, by what else is known about it.
struct RowJudge {
    /// The rows of sets that the expected ones replaced, as they were promised.
    let earlier: [ExpectedRow.Key: [ExpectedRow]]
    /// The rows that were there before the expected sets were written, by their ids and times of creation.
    let leftovers: Set<StoredRecommendation>
    /// The rows that the first look after their answer did not see, with the time after which a later one did.
    let late: [StoredRecommendation: Duration]
    /// The rows that the visitors' role sees; `nil` where no role was named.
    let visible: Set<StoredRecommendation>?

    typealias Entry = RowAccount.Entry

    /// The entries of an expected row: one, and one more for each repetition.
    func entries(for row: ExpectedRow, found: [StoredRecommendation], isInFlight: Bool) -> [Entry] {
        guard !found.isEmpty else {
            return [Entry(key: row.key, verdict: .lost, expected: row, found: nil, difference: "it is not there")]
        }
        let judged = found.map { ($0, Self.compare($0.row, with: row)) }
        // Of several the one that the answer wrote, and of those the right one, is the expected row.
        let best =
            judged.indices.min { left, right in
                func order(_ index: Int) -> (Int, Int) {
                    (judged[index].1.verdict == .landed ? 0 : 1, leftovers.contains(found[index]) ? 1 : 0)
                }
                return order(left) < order(right)
            } ?? 0
        return judged.enumerated()
            .map { index, pair in
                let (stored, (verdict, difference)) = pair
                let (final, text): (RowVerdict, String) =
                    if index == best, verdict == .landed {
                        refine(stored, isInFlight: isInFlight)
                    } else if leftovers.contains(stored) {
                        (.staleModel, Self.leftover)
                    } else if verdict != .landed, isRankedAsEarlier(stored.row, rather: row) {
                        (.staleModel, "written anew with the rank and score of an earlier set: \(difference)")
                    } else if index == best {
                        (verdict, difference)
                    } else {
                        (.duplicate, "it is there \(found.count) times")
                    }
                return Entry(key: row.key, verdict: final, expected: row, found: stored, difference: text)
            }
    }

    private static let leftover = "a row of the earlier set that was not removed"

    /// The entry of a row that no answer promised.
    func unexpected(_ stored: StoredRecommendation) -> Entry {
        let (verdict, text): (RowVerdict, String) =
            if leftovers.contains(stored) {
                (.staleModel, Self.leftover)
            } else if isRankedAsEarlier(stored.row, rather: nil) {
                (.staleModel, "written anew, and of an earlier set that a later one replaced")
            } else {
                (.phantom, "nobody expected it")
            }
        return Entry(key: .init(stored.row), verdict: verdict, expected: nil, found: stored, difference: text)
    }

    /// What more there is to say about a row that is as it should be.
    private func refine(_ stored: StoredRecommendation, isInFlight: Bool) -> (RowVerdict, String) {
        if let visible, !visible.contains(stored) { return (.invisible, "the visitors' role does not see it") }
        if let after = late[stored] { return (.late, "seen \(after.wholeMilliseconds) ms after the answer") }
        return isInFlight ? (.inFlight, "its request was cut off and may have written it") : (.landed, "")
    }

    /// Whether the row has the rank and score that an earlier set rightly had, and that the expected row has not.
    private func isRankedAsEarlier(_ row: RecommendationRow, rather expected: ExpectedRow?) -> Bool {
        (earlier[.init(row)] ?? [])
            .contains { known in
                guard let score = known.score, known.rank ?? row.rank == row.rank, known.accepts(score: row.score)
                else { return false }
                return expected.map { $0.rank != known.rank || !$0.accepts(score: score) } ?? true
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
    var wholeMilliseconds: Int { Int((self / .milliseconds(1)).rounded(.up)) }
}
