package import Domain

/// When a row that an answer promised was first seen.
package struct RowAppearance: Hashable, Sendable {
    /// The row.
    package let row: StoredRecommendation
    /// The real time from the answer to the end of the look that saw it.
    package let after: Duration
    /// Whether an earlier look, made after the answer, did not see it.
    package let isLate: Bool

    /// Creates an appearance.
    package init(row: StoredRecommendation, after: Duration, isLate: Bool) {
        self.row = row
        self.after = after
        self.isLate = isLate
    }
}
