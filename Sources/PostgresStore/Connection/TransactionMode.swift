/// How a transaction reads and writes, stated in full: no default of the server, the database or the role decides it.
///
/// See <https://www.postgresql.org/docs/15/sql-set-transaction.html>.
package struct TransactionMode: Hashable, Sendable {
    /// The levels of isolation that are used.
    private enum Isolation: String {
        /// Each statement sees what was committed when it began, so that one after a lock sees what the lock guarded.
        case readCommitted = "READ COMMITTED"
        /// All statements see what was committed when the first began.
        case repeatableRead = "REPEATABLE READ"
    }

    private let isolation: Isolation
    /// Whether anything can be written.
    let writes: Bool
    /// Whether a statement fails, in place of leaving rows out, where row security hides some from the connection.
    private(set) var refusesHiddenRows = false

    /// For writing: what was committed before each statement is seen.
    package static let write = TransactionMode(isolation: .readCommitted, writes: true)
    /// For reading: what was committed before each statement is seen.
    package static let read = TransactionMode(isolation: .readCommitted, writes: false)
    /// For reading one state of all tables.
    package static let snapshot = TransactionMode(isolation: .repeatableRead, writes: false)

    /// The same, with an error in place of the rows that are left where row security hides others.
    package var ofAllRows: TransactionMode {
        var mode = self
        mode.refusesHiddenRows = true
        return mode
    }

    /// The statement that begins such a transaction.
    var begin: PostgresStatement {
        writes ? Self.beginWrite : isolation == .readCommitted ? Self.beginRead : Self.beginSnapshot
    }

    private static let beginWrite = statement(.readCommitted, "READ WRITE")
    private static let beginRead = statement(.readCommitted, "READ ONLY")
    private static let beginSnapshot = statement(.repeatableRead, "READ ONLY")

    private static func statement(_ isolation: Isolation, _ access: String) -> PostgresStatement {
        let sql = "BEGIN TRANSACTION ISOLATION LEVEL \(isolation.rawValue), \(access), NOT DEFERRABLE"
        return PostgresStatement(PostgresStatement.Text(sql))
    }
}
