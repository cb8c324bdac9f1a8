package import PostgresClient

/// Writes results: each in one transaction, on a connection that is opened for it and closed behind it.
///
/// Writing the same again changes nothing, whoever does it and whenever.
package struct ResultWriter<C: Clock>: Sendable where C.Duration == Duration {
    private let address: PostgresAddress
    private let schema: ResultSchema
    private let schedule: RetrySchedule
    private let clock: C

    /// Creates a writer; it connects when there is something to write.
    ///
    /// - Parameters:
    ///   - address: The database.
    ///   - schema: The schema in it.
    ///   - schedule: When a transaction is tried again.
    ///   - clock: What measures and waits.
    package init(
        to address: PostgresAddress,
        _ schema: ResultSchema,
        schedule: RetrySchedule = RetrySchedule(),
        clock: C = ContinuousClock()
    ) {
        self.address = address
        self.schema = schema
        self.schedule = schedule
        self.clock = clock
    }

    /// Writes a result.
    ///
    /// - Returns: The run that it belongs to, and whether it was there already.
    /// - Throws: ``ResultError``: `different` where the same shard or run is there with another content, `newerSchema`,
    ///   `foreignSchema`, `noRights`; `PostgresError` where no try of the schedule succeeded.
    package func write(_ record: ResultRecord) async throws -> WrittenResult {
        var schedule = schedule
        let start = clock.now
        while true {
            do {
                return try await attempt(record)
            } catch let error as PostgresError {
                if error.sqlState == "42501" { throw refusal }
                let elapsed = start.duration(to: clock.now)
                guard let delay = schedule.delay(after: error, elapsed: elapsed, share: .random(in: 0...1)) else {
                    throw error
                }
                try await clock.sleep(for: delay)
            }
        }
    }

    private func attempt(_ record: ResultRecord) async throws -> WrittenResult {
        let connection = try await PostgresConnection.open(address)
        try await schema.prepare(on: connection)
        let transaction = ResultTransaction(record, in: schema, on: connection)
        return try await connection.withTransaction(.write) { try await transaction.write() }
    }

    private var refusal: ResultError {
        ResultError(
            .noRights,
            "the user may not write results into the schema \(schema.name) (SQLSTATE 42501): the first write needs CREATE on "
                + "the database, or on the schema where it is there and empty; every other one SELECT, INSERT, UPDATE and "
                + "DELETE on its tables"
        )
    }
}

/// What became of a result that was to be written.
package struct WrittenResult: Hashable, Sendable {
    /// The run's number.
    package let run: Int
    /// Whether anything was added; it is not where the same was there already.
    package let isNew: Bool
}
