import CLibPQ

extension PostgresConnection {
    /// What became of statements that were handed to a connection.
    enum Exchange: Sendable {
        /// Nothing was sent: the connection had ended, or may not be used any more.
        case refused
        /// They were sent and answered; `isReusable` says whether others may follow.
        case answered(Result<[PostgresRows], PostgresError>, isReusable: Bool)
    }

    /// Runs one statement, unprepared.
    ///
    /// - Throws: What ``query(_:_:)`` throws.
    @discardableResult
    package nonisolated func query(_ statement: PostgresStatement) async throws -> PostgresRows {
        try await query(statement.text.sql, statement.parameters)
    }

    /// Runs statements in one transaction and one round trip: its beginning, its settings, the statements, `COMMIT`.
    ///
    /// - Returns: The rows of each statement.
    /// - Throws: ``PostgresError``: where the transaction writes, `commitOutcomeUnknown` where the connection was lost
    ///   without the server having said that a statement before `COMMIT` failed, because all of them had been sent; after
    ///   any other error nothing landed.
    package nonisolated func transaction(
        _ mode: TransactionMode,
        _ statements: [PostgresStatement]
    ) async throws -> [PostgresRows] {
        try await rows(of: exchange(mode, statements))
    }

    /// Begins a transaction with its settings, in one round trip.
    ///
    /// - Throws: ``PostgresError``.
    package nonisolated func begin(_ mode: TransactionMode) async throws {
        let beginning = [mode.begin, settings.statement(for: mode)]
        _ = try await rows(of: cancellable { await self.send(beginning) })
    }

    /// Runs statements in one transaction on a connection that may have ended while nobody used it.
    nonisolated func exchange(_ mode: TransactionMode, _ statements: [PostgresStatement]) async throws -> Exchange {
        try await cancellable {
            await self.send([mode.begin, self.settings.statement(for: mode)] + statements + [.commit], ending: mode)
        }
    }

    private nonisolated func rows(of exchange: Exchange) async throws -> [PostgresRows] {
        switch exchange {
        case .refused:
            try await requireConnected()
            throw PostgresError(.statementCancelled, "a statement on this connection was cancelled; open another one")
        case .answered(let result, _): return try result.get()
        }
    }

    /// Sends the statements of a transaction, or its beginning where no mode says that they end it.
    private func send(_ statements: [PostgresStatement], ending mode: TransactionMode? = nil) -> Exchange {
        guard isUsable() else { return .refused }
        var answers = exchangeOnce(statements)
        if let error = answers.error, error.meansLostPreparation, !isAbandoned, isConnected {
            // A pooler between here and the server after all: what was prepared is on another server process. Nothing
            // landed: the statements are one transaction.
            rollBack()
            preparesStatements = false
            answers = exchangeOnce(statements)
        }
        guard var error = answers.error else {
            guard mode != nil else { return .answered(.success(answers.rows), isReusable: false) }
            let status = answers.rows[answers.rows.count - 1].commandStatus
            guard status == "COMMIT" else { return .answered(.failure(.undone(status)), isReusable: isIdle) }
            return .answered(.success(answers.rows.dropFirst(2).dropLast()), isReusable: isIdle)
        }
        let isUndone = error.sqlState != nil && answers.rows.count < statements.count - 1
        if mode?.writes == true, error.code == .connectionLost, !isUndone {
            error = .commitOutcomeUnknown(after: error)
        }
        rollBack()
        return .answered(.failure(error), isReusable: isIdle)
    }

    /// Ends a transaction that a failed statement has left open.
    private func rollBack() {
        if !isAbandoned, isConnected, PQtransactionStatus(handle.pointer) != PQTRANS_IDLE {
            PQclear(PQexec(handle.pointer, "ROLLBACK"))
        }
    }

    /// Sends all statements, then reads the answers up to the first error and past the rest.
    ///
    /// libpq reads while its writes are held up, so that neither side waits for the other for ever however much is sent.
    /// See <https://www.postgresql.org/docs/15/libpq-pipeline-mode.html>.
    private func exchangeOnce(_ statements: [PostgresStatement]) -> (rows: [PostgresRows], error: PostgresError?) {
        let pointer = handle.pointer
        guard PQenterPipelineMode(pointer) == 1 else { return ([], failure(of: nil, sql: nil)) }
        var expected: [(statement: PostgresStatement, isPreparation: Bool)] = []
        var isSent = true
        for statement in statements where isSent {
            let parameters = BoundParameters(statement.parameters)
            if preparesStatements, !prepared.contains(statement.text), !expected.contains(preparing: statement.text) {
                expected.append((statement, true))
                isSent =
                    PQsendPrepare(
                        pointer,
                        statement.text.name,
                        statement.text.sql,
                        parameters.count,
                        parameters.types
                    ) == 1
            }
            guard isSent else { break }
            expected.append((statement, false))
            isSent = send(statement, parameters) == 1
        }
        guard isSent, PQpipelineSync(pointer) == 1 else {
            let error = failure(of: nil, sql: nil)
            abandon()
            return ([], error)
        }
        return receive(expected)
    }

    private func send(_ statement: PostgresStatement, _ parameters: BoundParameters) -> Int32 {
        parameters.withValues { values in
            preparesStatements
                ? PQsendQueryPrepared(
                    handle.pointer,
                    statement.text.name,
                    parameters.count,
                    values,
                    parameters.lengths,
                    parameters.formats,
                    1
                )
                : PQsendQueryParams(
                    handle.pointer,
                    statement.text.sql,
                    parameters.count,
                    parameters.types,
                    values,
                    parameters.lengths,
                    parameters.formats,
                    1
                )
        }
    }

    private func receive(
        _ expected: [(statement: PostgresStatement, isPreparation: Bool)]
    ) -> (rows: [PostgresRows], error: PostgresError?) {
        var rows: [PostgresRows] = []
        var firstError: PostgresError?
        for (statement, isPreparation) in expected {
            guard let result = PQgetResult(handle.pointer) else { break }
            do {
                let answer = try accept(result, sql: statement.text.sql)
                if isPreparation { prepared.insert(statement.text) } else { rows.append(answer) }
            } catch {
                // Those after the first say only that they were not run.
                firstError = firstError ?? error
            }
            guard isAlive(after: firstError) else { break }
            // The end of this statement's results.
            PQclear(PQgetResult(handle.pointer))
        }
        if isAlive(after: firstError) {
            let end = PQgetResult(handle.pointer)
            let isInStep = PQresultStatus(end) == PGRES_PIPELINE_SYNC
            PQclear(end)
            if isInStep, PQexitPipelineMode(handle.pointer) == 1 { return (rows, firstError) }
        }
        let error = firstError ?? failure(of: nil, sql: nil)
        abandon()
        return (rows, error)
    }

    private func isAlive(after error: PostgresError?) -> Bool {
        error?.code != .connectionLost && PQstatus(handle.pointer) == CONNECTION_OK
    }
}

extension [(statement: PostgresStatement, isPreparation: Bool)] {
    fileprivate func contains(preparing text: PostgresStatement.Text) -> Bool {
        contains { $0.isPreparation && $0.statement.text == text }
    }
}

extension PostgresError {
    /// Whether a prepared statement is not there, or another client's of the same name is.
    fileprivate var meansLostPreparation: Bool { sqlState == "26000" || sqlState == "42P05" }
}
