package import Domain

/// Reads back what landed, on a connection of its own.
package struct Verifier: Sendable {
    private let pool: PostgresPool

    /// Creates a verifier of a database; it connects when it is first used.
    package init(_ address: PostgresAddress) {
        pool = PostgresPool(address, size: 1)
    }

    /// Returns the rows of sessions, ordered by session, phase, model (SVD first), rank and film.
    ///
    /// - Throws: ``PostgresError``; `unexpectedData` where a row has another model than `svd` or `p5`, or no rank or
    ///   score.
    package func rows(of sessions: [SessionID]) async throws -> [StoredRecommendation] {
        try await rows(where: "session_id = ANY ($1::text[]::uuid[])", [.sessions(sessions)])
    }

    /// Returns the rows of all sessions but these, in the same order: phantoms in a database of the run's own.
    package func rows(ofOthersThan sessions: [SessionID]) async throws -> [StoredRecommendation] {
        try await rows(where: "session_id <> ALL ($1::text[]::uuid[])", [.sessions(sessions)])
    }

    /// Returns the incident note's summary: rows and sessions by model and phase, of these sessions or of all.
    package func summary(of sessions: [SessionID]? = nil) async throws -> [LandingSummaryLine] {
        let condition = sessions == nil ? "" : "WHERE session_id = ANY ($1::text[]::uuid[])"
        let rows = try await query(
            """
            SELECT model::text, phase::bigint, COUNT(*) AS total_recs, COUNT(DISTINCT session_id) AS sessions
            FROM recommendations \(condition) GROUP BY model, phase ORDER BY phase, model DESC
            """,
            sessions.map { [.sessions($0)] } ?? []
        )
        return try rows.map { row in
            LandingSummaryLine(
                model: try row.value(0),
                phase: try row.value(1),
                rows: try row.value(2),
                sessions: try row.value(3)
            )
        }
    }

    /// Returns what a visitor sees: the rows with a display order, or without any the first films of the catalogue.
    ///
    /// - Parameters:
    ///   - session: The visitor's session.
    ///   - phase: The phase of the rows.
    ///   - fallbackCount: How many films the silent fallback shows.
    /// - Returns: The films in order, and whether they are the fallback.
    /// - Throws: ``PostgresError``.
    package func visitorView(
        of session: SessionID,
        phase: Int = 2,
        fallbackCount: Int = 10
    ) async throws -> VisitorView {
        let shown = try await query(
            """
            SELECT movie_id::text FROM recommendations
            WHERE session_id = $1::uuid AND phase = $2 AND display_order IS NOT NULL
            ORDER BY display_order, model DESC, movie_id
            """,
            [.session(session), .integer(phase)]
        )
        if !shown.isEmpty {
            let films = try shown.map { MovieID(try $0.value(0)) }
            return VisitorView(session: session, films: films, isFallback: false)
        }
        let first = try await query(
            "SELECT id::text FROM phase2_movies ORDER BY created_at, id LIMIT $1",
            [.integer(fallbackCount)]
        )
        return VisitorView(session: session, films: try first.map { MovieID(try $0.value(0)) }, isFallback: true)
    }

    /// Ends another connection to the database, as an operator or a crash would.
    ///
    /// - Parameter backendPID: The server process of that connection.
    /// - Returns: Whether the process was there and is gone.
    /// - Throws: ``PostgresError``.
    package func terminateBackend(_ backendPID: Int) async throws -> Bool {
        try await query("SELECT pg_terminate_backend($1::int, 5000)", [.integer(backendPID)]).single()
    }

    private func rows(
        where condition: String,
        _ parameters: [PostgresParameter]
    ) async throws -> [StoredRecommendation] {
        let rows = try await query(
            """
            SELECT session_id::text, movie_id::text, score::float8, model::text, phase::bigint, rank::bigint,
                display_order::bigint, created_at::timestamptz
            FROM recommendations WHERE \(condition)
            ORDER BY session_id, phase, model DESC, rank, movie_id, id
            """,
            parameters
        )
        return try rows.map { try StoredRecommendation($0) }
    }

    private func query(_ sql: String, _ parameters: [PostgresParameter]) async throws -> PostgresRows {
        try await pool.withConnection { try await $0.query(sql, parameters) }
    }
}

extension StoredRecommendation {
    fileprivate init(_ row: PostgresRow) throws {
        let sessionText: String = try row.value(0)
        let modelText: String = try row.value(3)
        guard let session = SessionID(sessionText), let model = Model(rawValue: modelText) else {
            throw PostgresError(
                .unexpectedData,
                "recommendations holds a row of session \(sessionText) with model \"\(modelText)\"; "
                    + "the service writes svd and p5 only"
            )
        }
        self.init(
            row: RecommendationRow(
                session: session,
                movie: MovieID(try row.value(1)),
                score: try row.value(2),
                model: model,
                phase: try row.value(4),
                rank: try row.value(5),
                displayOrder: try row.optional(6)
            ),
            createdAt: try row.value(7)
        )
    }
}
