package import Domain
package import PostgresClient
package import RecommendationEngine

/// The service's storage in PostgreSQL: the tables of `scenarios/schema.sql`.
///
/// Both models' sets of a session and phase are replaced in one transaction, and writers of the same set wait for each
/// other: otherwise two that run at once would each delete the old set and both insert theirs.
///
/// Reading takes one round trip and so does writing, where nobody watches the boundaries. What is sent is then `BEGIN`
/// with its settings, the lock, the deletion of both sets, an insertion for each model that has rows, SVD first, and `COMMIT`.
package struct PostgresRecommendationStore: RecommendationStore {
    /// Called at each ``WriteBoundary``; what it throws fails the write as an error of the database would.
    package typealias BoundaryHook = @Sendable (WriteProgress) async throws -> Void

    private let pool: PostgresPool
    private let onBoundary: BoundaryHook?

    /// Creates a store over connections to a database.
    ///
    /// - Parameters:
    ///   - pool: The connections; one is used for the whole of a write.
    ///   - onBoundary: The hook for faults.
    package init(pool: PostgresPool, onBoundary: BoundaryHook? = nil) {
        self.pool = pool
        self.onBoundary = onBoundary
    }

    /// Creates a store with connections of its own.
    package init(_ address: PostgresAddress, onBoundary: BoundaryHook? = nil) {
        self.init(pool: PostgresPool(address), onBoundary: onBoundary)
    }

    /// The same store with a hook for faults.
    package func observing(_ onBoundary: @escaping BoundaryHook) -> PostgresRecommendationStore {
        PostgresRecommendationStore(pool: pool, onBoundary: onBoundary)
    }

    package func sessionInputs(of session: SessionID, historyLimit: Int) async throws -> SessionInputs {
        let rows = try await pool.transaction(
            .read,
            [.history(of: session, limit: historyLimit), .phase1Movies(of: session)]
        )
        return SessionInputs(history: try Self.ratings(rows[0]), phase1Movies: try Self.movies(rows[1]))
    }

    package func catalogueFingerprint(limit: Int) async throws -> String {
        try await pool.transaction(.read, [.catalogueFingerprint(limit: limit)])[0].single()
    }

    /// Reads the fingerprint first: where the catalogue changes in between, the movies are newer than it, and the next
    /// comparison finds out.
    package func catalogue(limit: Int) async throws -> Catalogue {
        let rows = try await pool.transaction(.read, [.catalogueFingerprint(limit: limit), .catalogue(limit: limit)])
        return Catalogue(movies: try Self.movies(rows[1]), fingerprint: try rows[0].single())
    }

    package func replaceRecommendations(
        session: SessionID,
        phase: Int,
        svd: [RecommendationRow],
        p5: [RecommendationRow]
    ) async throws {
        for (model, rows) in [(Model.svd, svd), (.p5, p5)] {
            let belongs = rows.allSatisfy { $0.session == session && $0.phase == phase && $0.model == model }
            precondition(belongs, "rows of another session, phase or model in the \(model.rawValue) set of \(session)")
        }
        let beginning = [
            PostgresStatement.lock(setsOf: session, phase: phase), .deletion(ofSetsOf: session, phase: phase),
        ]
        let svdInsertion = PostgresStatement.insertion(of: svd)
        let p5Insertion = PostgresStatement.insertion(of: p5)
        guard let onBoundary else {
            _ = try await pool.transaction(.write, beginning + svdInsertion + p5Insertion)
            return
        }
        try await pool.withConnection { connection in
            func pass(_ boundary: WriteBoundary) async throws {
                try await onBoundary(
                    WriteProgress(boundary: boundary, session: session, phase: phase, backendPID: connection.backendPID)
                )
            }
            // With somebody at the boundaries each statement has to be over before the next is sent.
            try await pass(.beforeTransaction)
            try await connection.withTransaction(.write) {
                for statement in beginning + svdInsertion { try await connection.query(statement) }
                try await pass(.betweenSets)
                for statement in p5Insertion { try await connection.query(statement) }
                try await pass(.beforeCommit)
            }
            try await pass(.afterCommit)
        }
    }

    private static func ratings(_ rows: PostgresRows) throws -> [Rating] {
        try rows.map { row in
            Rating(movie: MovieID(try row.value(0)), value: try row.value(1), createdAt: try row.value(2))
        }
    }

    private static func movies(_ rows: PostgresRows) throws -> [MovieID] {
        try rows.map { MovieID(try $0.value(0)) }
    }
}
