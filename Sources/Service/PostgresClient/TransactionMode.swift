/// How a transaction reads and writes, stated in full: no default of the server, the database or the role decides it.
///
/// See <https://www.postgresql.org/docs/15/sql-set-transaction.html>.
package struct TransactionMode: Hashable, Sendable {
    private let text: PostgresStatement.Text
    /// Whether anything can be written.
    let writes: Bool
    /// Whether a statement fails, in place of leaving rows out, where row security hides some from the connection.
    private(set) var refusesHiddenRows = false

    /// For writing: what was committed before each statement is seen, so that one after a lock sees what the lock guarded.
    package static let write = TransactionMode("READ COMMITTED, READ WRITE", writes: true)
    /// For reading: what was committed before each statement is seen.
    package static let read = TransactionMode("READ COMMITTED, READ ONLY", writes: false)
    /// For reading one state of all tables: what was committed before the first statement is seen.
    package static let snapshot = TransactionMode("REPEATABLE READ, READ ONLY", writes: false)

    private init(_ characteristics: String, writes: Bool) {
        text = PostgresStatement.Text("BEGIN TRANSACTION ISOLATION LEVEL \(characteristics), NOT DEFERRABLE")
        self.writes = writes
    }

    /// The same, with an error in place of the rows that are left where row security hides others.
    package var ofAllRows: TransactionMode {
        var mode = self
        mode.refusesHiddenRows = true
        return mode
    }

    /// The statement that begins such a transaction.
    var begin: PostgresStatement { PostgresStatement(text) }
}
