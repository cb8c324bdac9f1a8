/// What became of one row.
package enum RowVerdict: String, Hashable, Sendable, Codable, CaseIterable {
    /// It is there as expected.
    case landed
    /// It was expected and is not there.
    case lost
    /// It is there a second time.
    case duplicate
    /// It is there and nobody expected it.
    case phantom
    /// It is there with another rank or display order.
    case reordered
    /// It is there with another score.
    case wrongScore = "wrong_score"
}
