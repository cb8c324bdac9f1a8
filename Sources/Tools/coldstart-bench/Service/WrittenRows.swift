import PostgresClient

/// What the database counted of the rows that a service wrote, replaced ones among them.
///
/// Rows that a later request replaced are gone when the load is over; PostgreSQL's cumulative statistics remember them.
/// <https://www.postgresql.org/docs/current/monitoring-stats.html>
struct WrittenRows {
    /// The rows that were inserted into `recommendations`.
    let inserted: Int
    /// Those of them that a later answer replaced.
    let deleted: Int
    /// The rows that are there.
    let present: Int
    /// The transactions that were rolled back.
    let rollbacks: Int

    /// The rows that the answers said were saved.
    let promised: Int

    /// Reads the counts after the service has ended.
    ///
    /// A server process publishes its last counts when it ends, a moment after the service has; they are waited for.
    ///
    /// - Parameters:
    ///   - promised: The rows that the answers said were saved.
    ///   - address: The database, in which nobody else wrote.
    /// - Returns: The counts, complete or as they stood after ten seconds.
    /// - Throws: The database's error.
    static func counted(promised: Int, in address: PostgresAddress) async throws -> WrittenRows {
        let connection = try await PostgresConnection.open(address)
        let deadline = ContinuousClock.now + .seconds(10)
        while true {
            let counts = try await connection.query(
                """
                SELECT n_tup_ins, n_tup_del, (SELECT count(*) FROM recommendations),
                    (SELECT xact_rollback FROM pg_stat_database WHERE datname = current_database())
                FROM pg_stat_user_tables WHERE relname = 'recommendations'
                """
            )
            let written = WrittenRows(
                inserted: try counts[0].value(0),
                deleted: try counts[0].value(1),
                present: try counts[0].value(2),
                rollbacks: try counts[0].value(3),
                promised: promised
            )
            if written.areComplete || ContinuousClock.now > deadline { return written }
            try await Task.sleep(for: .milliseconds(50))
        }
    }

    /// Whether as many rows were written as the answers promised, and none was taken back.
    var areComplete: Bool { inserted == promised && inserted - deleted == present && rollbacks == 0 }

    /// The counts in words.
    var text: String {
        areComplete
            ? "all \(Quantity.grouped(Double(promised))) rows of all answers were inserted, none rolled back"
            : "the answers promised \(promised) rows: \(inserted) were inserted, \(deleted) deleted, \(present) are "
                + "there, \(rollbacks) transactions were rolled back"
    }
}
