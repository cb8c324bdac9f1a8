extension PostgresConnection {
    /// Runs the body in a transaction, which is undone where the body throws.
    ///
    /// - Parameters:
    ///   - mode: How it reads and writes.
    ///   - body: Its statements.
    /// - Returns: What the body returns.
    /// - Throws: What the body throws; ``PostgresError`` where the transaction cannot begin or be committed:
    ///   `connectionLost` means that nothing landed, `commitOutcomeUnknown` that it may have.
    package nonisolated func withTransaction<Value>(
        _ mode: TransactionMode,
        _ body: () async throws -> Value
    ) async throws -> Value {
        try await begin(mode)
        do {
            let value = try await body()
            // An end that is known before COMMIT is sent is certain: nothing landed.
            try await requireConnected()
            try await commit()
            return value
        } catch {
            // Where this fails the connection has ended, and the server has undone the transaction by itself.
            _ = try? await query("ROLLBACK")
            throw error
        }
    }

    /// Begins a transaction that sees what another one sees.
    ///
    /// - Parameters:
    ///   - mode: How it reads.
    ///   - snapshot: What `pg_export_snapshot` returned in the other; hexadecimal digits and hyphens.
    /// - Throws: ``PostgresError``.
    package nonisolated func begin(_ mode: TransactionMode, importing snapshot: String) async throws {
        try await query(mode.begin)
        // Before the settings, which are a query; and the statement takes no parameter.
        try await query("SET TRANSACTION SNAPSHOT '\(snapshot)'")
        try await query(settings.statement(for: mode))
    }

    private nonisolated func commit() async throws {
        do {
            let status = try await query("COMMIT").commandStatus
            guard status == "COMMIT" else { throw PostgresError.undone(status) }
        } catch let error as PostgresError where error.code == .connectionLost {
            throw PostgresError.commitOutcomeUnknown(after: error)
        }
    }
}

extension PostgresError {
    /// The error of a transaction that `COMMIT` did not commit.
    static func undone(_ status: String) -> PostgresError {
        PostgresError(.statementFailed, "the transaction was undone: COMMIT was answered \(status)")
    }

    /// The error of a connection that was lost while a `COMMIT` was on its way.
    static func commitOutcomeUnknown(after error: PostgresError) -> PostgresError {
        PostgresError(
            .commitOutcomeUnknown,
            "the connection was lost during COMMIT, so the rows may or may not have landed; read them back "
                + "(\(error.message))",
            sqlState: error.sqlState
        )
    }
}
