/// A point in the database work of one request at which a fault can strike.
package enum WriteBoundary: String, Hashable, Sendable, CaseIterable {
    /// The ratings have reached the service, and nothing after them.
    case afterReading = "after_reading"
    /// `BEGIN` has not reached the server; without a transaction, the first statement that writes.
    case beforeTransaction = "before_transaction"
    /// The old rows are deleted, and the first `INSERT` of recommendations has not reached the server.
    case beforeFirstSet = "before_first_set"
    /// The SVD rows are inserted, those of P5 are not.
    case betweenSets = "between_sets"
    /// Both sets are inserted, and `COMMIT` has not reached the server.
    case beforeCommit = "before_commit"
    /// The server has confirmed the commit, and the service does not know.
    case afterCommit = "after_commit"

    /// The boundaries that the store itself passes between two of its calls, in their order.
    ///
    /// The other two lie inside what it sends at once: only the messages on the wire show them.
    package static let passedByStore: [WriteBoundary] = [
        .beforeTransaction, .betweenSets, .beforeCommit, .afterCommit,
    ]

    /// The point in words.
    package var phrase: String {
        switch self {
        case .afterReading: "after the ratings were read"
        case .beforeTransaction: "before the transaction"
        case .beforeFirstSet: "before the first set"
        case .betweenSets: "between the two sets"
        case .beforeCommit: "before the commit"
        case .afterCommit: "after the commit"
        }
    }
}
