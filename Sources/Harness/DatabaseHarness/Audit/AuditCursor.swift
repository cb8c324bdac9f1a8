import PostgresClient

/// A statement's rows in batches, so that neither side holds all of them.
struct AuditCursor: Sendable {
    private let connection: PostgresConnection
    private let name: String
    private let batch: Int

    /// Declares a cursor in the connection's transaction.
    ///
    /// - Parameters:
    ///   - name: Its name, unlike that of any other of the transaction.
    ///   - sql: The statement.
    ///   - batch: How many rows a batch has.
    ///   - connection: Where a transaction has begun.
    /// - Throws: ``PostgresError``.
    init(_ name: String, _ sql: String, batch: Int, on connection: PostgresConnection) async throws {
        self.connection = connection
        self.name = name
        self.batch = batch
        try await connection.query("DECLARE \(name) NO SCROLL CURSOR FOR " + sql)
    }

    /// The next rows; none when all have been read.
    func fetch() async throws -> PostgresRows {
        try await connection.query("FETCH \(batch) FROM \(name)")
    }
}
