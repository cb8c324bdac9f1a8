package import Domain
package import PostgresClient

/// Reads back what landed, on connections of its own.
package struct RowReader: Sendable {
    private let pool: PostgresPool

    /// Creates a reader of a database; it connects when it is first used.
    package init(_ address: PostgresAddress) {
        pool = PostgresPool(address, size: 2)
    }

    /// Rows of the table, as far as they can be read as the service's.
    package struct Reading: Hashable, Sendable {
        /// The rows, ordered by session, phase, model (SVD first), rank and movie.
        package var rows: [StoredRecommendation] = []
        /// What is wrong with the others, which have another model than `svd` or `p5`, or a `NULL`; one text a row.
        package var strange: [String] = []
    }

    /// Returns the rows of sessions, ordered by session, phase, model (SVD first), rank and movie; strange ones left
    /// out.
    ///
    /// - Throws: ``PostgresError``.
    package func rows(of sessions: [SessionID]) async throws -> [StoredRecommendation] {
        try await reading(of: sessions).rows
    }

    /// Returns the rows of sessions, with what is wrong with those that cannot be read.
    ///
    /// - Parameters:
    ///   - sessions: The sessions.
    ///   - role: The role to read as; one without any rights sees no row.
    /// - Returns: The rows, and a text for each that is none of the service's.
    /// - Throws: ``PostgresError``; `roleRefused` where the role cannot be taken on.
    package func reading(of sessions: [SessionID], as role: String? = nil) async throws -> Reading {
        var reading = Reading()
        // In the order of the whole, and never more than a part of it twice in memory.
        for part in Array(Set(sessions)).sorted().parts(of: sessionsAtOnce) {
            let read = try await self.reading(
                where: "session_id = ANY ($1::text[]::uuid[])",
                [.sessions(Array(part))],
                as: role
            )
            reading.rows += read.rows
            reading.strange += read.strange
        }
        return reading
    }

    /// Returns the rows of all sessions but these, in the same order: phantoms in a database of the run's own.
    package func reading(ofOthersThan sessions: [SessionID]) async throws -> Reading {
        try await reading(
            where: "NOT EXISTS (SELECT FROM unnest($1::text[]::uuid[]) AS known (id) WHERE known.id = session_id)",
            [.sessions(sessions)]
        )
    }

    /// Returns the incident note's summary: rows and sessions by model and phase, of these sessions or of all.
    package func summary(of sessions: [SessionID]? = nil) async throws -> [LandingSummaryLine] {
        let condition = sessions == nil ? "" : "WHERE session_id = ANY ($1::text[]::uuid[])"
        let rows = try await query(
            """
            SELECT COALESCE(model::text, 'NULL'), COALESCE(phase, 0)::bigint, COUNT(*) AS total_recs, COUNT(DISTINCT session_id) AS sessions
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

    /// Returns what a visitor sees: the rows with a display order, or without any the first movies of the catalogue.
    ///
    /// - Parameters:
    ///   - session: The visitor's session.
    ///   - phase: The phase of the rows.
    ///   - fallbackCount: How many movies the silent fallback shows.
    ///   - role: The role that the visitor reads as; one without any rights sees no row, and no movie.
    /// - Returns: The movies in order, and whether they are the fallback.
    /// - Throws: ``PostgresError``.
    package func visitorView(
        of session: SessionID,
        phase: Int = 2,
        fallbackCount: Int = 10,
        as role: String? = nil
    ) async throws -> VisitorView {
        try await visitorViews(of: [(session, phase)], fallbackCount: fallbackCount, as: role)[0]
    }

    /// Returns what several visitors see, in their order.
    ///
    /// - Parameters:
    ///   - visitors: The visitors' sessions with the phase of their rows.
    ///   - fallbackCount: How many movies the silent fallback shows.
    ///   - role: The role that the visitors read as; one without any rights sees no row, and no movie.
    /// - Returns: A view for each visitor.
    /// - Throws: ``PostgresError``.
    /// - Complexity: A statement for some thousand visitors, and one where a visitor sees the fallback.
    package func visitorViews(
        of visitors: [(session: SessionID, phase: Int)],
        fallbackCount: Int = 10,
        as role: String? = nil
    ) async throws -> [VisitorView] {
        var shown: [SessionID: [MovieID]] = [:]
        for part in visitors.parts(of: sessionsAtOnce) {
            let rows = try await queryIfAllowed(
                """
                SELECT session_id::text, movie_id::text
                FROM unnest($1::text[]::uuid[], $2::bigint[]) AS visitor (session, phase)
                JOIN recommendations AS row ON row.session_id = visitor.session AND row.phase = visitor.phase
                WHERE display_order IS NOT NULL
                ORDER BY session_id, display_order, model DESC, movie_id
                """,
                [.sessions(part.map(\.session)), .integers(part.map(\.phase))],
                as: role
            )
            for row in rows.map(Array.init) ?? [] {
                guard let session = SessionID(try row.value(0, as: String.self)) else { continue }
                shown[session, default: []].append(MovieID(try row.value(1)))
            }
        }
        let needsFallback = visitors.contains { shown[$0.session] == nil }
        let fallback = needsFallback ? try await firstMovies(fallbackCount, as: role) : []
        return visitors.map { visitor in
            let movies = shown[visitor.session]
            return VisitorView(session: visitor.session, movies: movies ?? fallback, isFallback: movies == nil)
        }
    }

    private func firstMovies(_ count: Int, as role: String?) async throws -> [MovieID] {
        let rows = try await queryIfAllowed(
            "SELECT id::text FROM phase2_movies ORDER BY created_at, id LIMIT $1",
            [.integer(count)],
            as: role
        )
        return try rows?.map { MovieID(try $0.value(0)) } ?? []
    }

    /// Ends another connection to the database, as an operator or a crash would.
    ///
    /// - Parameter backendPID: The server process of that connection.
    /// - Returns: Whether the process was there and is gone.
    /// - Throws: ``PostgresError``.
    package func terminateBackend(_ backendPID: Int) async throws -> Bool {
        try await query("SELECT pg_terminate_backend($1::int, 5000)", [.integer(backendPID)]).single()
    }

    private func reading(
        where condition: String,
        _ parameters: [PostgresParameter],
        as role: String? = nil
    ) async throws -> Reading {
        let rows = try await queryIfAllowed(
            """
            SELECT session_id::text, movie_id::text, score::float8, model::text, phase::bigint, rank::bigint,
                display_order::bigint, created_at::timestamptz, id::text
            FROM recommendations WHERE \(condition)
            ORDER BY session_id, phase, model DESC, rank, movie_id, id
            """,
            parameters,
            as: role
        )
        var reading = Reading()
        for row in rows.map(Array.init) ?? [] {
            if let stored = try StoredRecommendation(row) {
                reading.rows.append(stored)
            } else {
                reading.strange.append(try Self.strangeness(of: row))
            }
        }
        return reading
    }

    private static func strangeness(of row: PostgresRow) throws -> String {
        let names = ["session_id", "movie_id", "score", "model", "phase", "rank"]
        let texts: [String?] = [try row.optional(0), try row.optional(1), nil, try row.optional(3)]
        let score: Double? = try row.optional(2)
        let phase: Int? = try row.optional(4)
        let rank: Int? = try row.optional(5)
        let isNull = [texts[0] == nil, texts[1] == nil, score == nil, texts[3] == nil, phase == nil, rank == nil]
        var found = zip(names, isNull).filter(\.1).map { "\($0.0) is NULL" }
        if let model = texts[3], Model(rawValue: model) == nil {
            found.append("the model \"\(model.prefix(40))\" is neither svd nor p5")
        }
        if found.isEmpty { found.append("session_id is no UUID or created_at no moment") }
        return "session \(texts[0] ?? "NULL"), movie \(texts[1] ?? "NULL"): \(found.joined(separator: ", "))"
    }

    /// Runs a statement that sees all rows, or fails.
    private func query(_ sql: String, _ parameters: [PostgresParameter]) async throws -> PostgresRows {
        let statement = PostgresStatement(PostgresStatement.Text(sql), parameters)
        return try await pool.transaction(.read.ofAllRows, [statement])[0]
    }

    /// Runs a statement as a role, where one is named; `nil` where the role may not read the table.
    private func queryIfAllowed(
        _ sql: String,
        _ parameters: [PostgresParameter],
        as role: String?
    ) async throws -> PostgresRows? {
        guard let role else { return try await query(sql, parameters) }
        do {
            return try await pool.withTransaction(.read) { connection in
                try await connection.takeOn(role: role)
                return try await connection.query(sql, parameters)
            }
        } catch let error as PostgresError where error.code == .statementFailed && error.sqlState == "42501" {
            return nil
        }
    }
}

extension PostgresConnection {
    /// Takes on a role until the end of the transaction.
    ///
    /// - Throws: ``PostgresError``; `roleRefused` where the role does not exist or may not be taken on.
    nonisolated func takeOn(role: String) async throws {
        do {
            try await query("SELECT set_config('role', $1, true)", [.text(role)])
        } catch let error as PostgresError where error.sqlState == "22023" || error.sqlState == "42501" {
            throw PostgresError(
                .roleRefused,
                "the role \"\(role)\" does not exist or this connection may not take it on; name another with "
                    + "--as-role, or grant it to the connection's user",
                sqlState: error.sqlState
            )
        }
    }
}

extension StoredRecommendation {
    /// Decodes a row, `nil` where it is none of the service's.
    fileprivate init?(_ row: PostgresRow) throws {
        guard let session = try row.optional(0, as: String.self).flatMap({ SessionID($0) }),
            let movie = try row.optional(1, as: String.self), let score = try row.optional(2, as: Double.self),
            let model = try row.optional(3, as: String.self).flatMap({ Model(rawValue: $0) }),
            let phase = try row.optional(4, as: Int.self), let rank = try row.optional(5, as: Int.self),
            let createdAt = try? row.value(7, as: Timestamp.self)
        else { return nil }
        self.init(
            row: RecommendationRow(
                session: session,
                movie: MovieID(movie),
                score: score,
                model: model,
                phase: phase,
                rank: rank,
                displayOrder: try row.optional(6)
            ),
            createdAt: createdAt,
            id: try row.optional(8) ?? ""
        )
    }
}
