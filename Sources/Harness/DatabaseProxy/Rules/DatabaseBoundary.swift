/// A point in the database work of one request, as the messages on the wire show it.
package enum DatabaseBoundary: String, Hashable, Sendable, CaseIterable {
    /// The ratings have been handed to the service, nothing after them.
    case afterReading = "after_reading"
    /// `BEGIN` has not been forwarded; without a transaction, the first statement that writes.
    case beforeTransaction = "before_transaction"
    /// The first `INSERT` of recommendations has not been forwarded.
    case beforeFirstSet = "before_first_set"
    /// The second `INSERT` of recommendations has not been forwarded.
    case betweenSets = "between_sets"
    /// `COMMIT` has not been forwarded.
    case beforeCommit = "before_commit"
    /// The server has confirmed `COMMIT`, and its word has not been forwarded.
    case afterCommit = "after_commit"
    /// The server has committed statements that wrote recommendations without a `COMMIT` of the service's.
    case ownCommit = "own_commit"

    /// The point in words.
    package var phrase: String {
        switch self {
        case .afterReading: "after the ratings were read"
        case .beforeTransaction: "before the transaction"
        case .beforeFirstSet: "before the first set"
        case .betweenSets: "between the two sets"
        case .beforeCommit: "before the commit"
        case .afterCommit: "after the commit"
        case .ownCommit: "after a statement that committed by itself"
        }
    }
}
