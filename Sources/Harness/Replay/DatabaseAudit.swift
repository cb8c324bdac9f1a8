package import Checks
import DatabaseHarness
import Observations
package import PostgresClient

/// Audits the rows of a database that is there, without changing anything.
package struct DatabaseAudit: Sendable {
    /// The database.
    package var address: PostgresAddress
    /// The phase of the study whose rows are judged.
    package var phase: Int
    /// How many rows of each model a whole set has.
    package var topK: Int
    /// The role whose view is compared with what is there, `nil` for none.
    package var role: String?
    /// How many findings of each class are kept as examples.
    package var exampleLimit: Int
    /// How long each statement may take.
    package var timeout: Duration

    /// Creates an audit.
    package init(
        of address: PostgresAddress,
        phase: Int = 2,
        topK: Int = 10,
        role: String? = nil,
        exampleLimit: Int = 3,
        timeout: Duration = .seconds(60)
    ) {
        self.address = address
        self.phase = phase
        self.topK = topK
        self.role = role
        self.exampleLimit = exampleLimit
        self.timeout = timeout
    }

    /// Runs the audit.
    ///
    /// - Parameter tell: Told how many rows have been judged, of how many; `nil` does without counting them at first.
    /// - Returns: What was found.
    /// - Throws: `PostgresError` where the database cannot be read, or is another.
    /// - Complexity: O(*n*) in the number of rows; a batch of sessions is in memory at a time.
    package func result(tell: ((Int, Int) -> Void)? = nil) async throws -> AuditResult {
        let clock = ContinuousClock()
        let start = clock.now
        let limits = PostgresConnection.Limits(statementMilliseconds: Int(timeout / .milliseconds(1)))
        return try await AuditReader(address, limits: limits)
            .withSnapshot(phase: phase, role: role) { snapshot in
                let rules = AuditRules(phase: phase, topK: topK, catalogue: snapshot.catalogue)
                var tally = AuditTally(rules: rules, exampleLimit: exampleLimit)
                if let refusal = snapshot.refusal {
                    tally.add(AuditFinding(.hiddenRows, session: nil, refusal))
                }
                let total = tell == nil ? 0 : try await snapshot.rowCount()
                var judged = 0
                tell?(judged, total)
                try await snapshot.forEachSession { session in
                    tally.add(session)
                    judged += session.rows.count
                    tell?(judged, total)
                }
                let seconds = (clock.now - start) / .seconds(1)
                return tally.result(database: "\(address)", role: role, seconds: seconds)
            }
    }
}
