package import Domain
package import Observations
package import PostgresClient

/// Which sessions of a database are recorded.
package struct RecordingFilter: Hashable, Sendable {
    /// Only sessions created at this moment or later.
    package var since: Timestamp?
    /// Only these sessions; empty for any.
    package var sessions: [SessionID]
    /// The most sessions, the newest of them.
    package var limit: Int?

    /// Creates a filter.
    package init(since: Timestamp? = nil, sessions: [SessionID] = [], limit: Int? = nil) {
        self.since = since
        self.sessions = sessions
        self.limit = limit
    }
}

/// One session of a database with the rows that it got.
package struct StoredSession: Hashable, Sendable {
    /// The session; what a recording cannot hold is left out.
    package let session: RecordedSession
    /// Its rows of all phases, by phase, model and rank; empty where they were not asked for.
    package let rows: [AuditedSession.Row]
    /// How much of it was left out.
    package let leftOut: LeftOut
}

/// What a recording leaves out, for its readers would refuse it.
package struct LeftOut: Hashable, Sendable {
    /// The moments that a recording can write: the years 1 to 9999, UTC.
    package static let moments =
        Timestamp(
            microseconds: -62_135_596_800_000_000
        )...Timestamp(
            microseconds: 253_402_300_799_999_999
        )
    /// The longest id of a movie in bytes.
    static let longestID = 200

    /// Ratings that are no number from 0 to 10, lack a movie or are of no year from 1 to 9999.
    package var ratings = 0
    /// Movies of phase 1 without an id, or with one that is too long.
    package var phase1Movies = 0
    /// Movies of the catalogue without an id, with one that is too long, or named a second time.
    package var movies = 0
    /// Sessions of which no rating is left, or that are named a second time.
    package var sessions = 0

    /// Creates an empty count.
    package init() {}

    /// Adds another count.
    package static func += (left: inout LeftOut, right: LeftOut) {
        left.ratings += right.ratings
        left.phase1Movies += right.phase1Movies
        left.movies += right.movies
        left.sessions += right.sessions
    }

    /// Whether a recording can name a movie by an id.
    static func holds(_ id: MovieID) -> Bool { (1...longestID).contains(id.text.utf8.count) }
}

/// Reads sessions out of a database, in one read-only snapshot.
package struct RecordingReader: Sendable {
    /// How many sessions are in memory at a time.
    static let page = 500

    private let address: PostgresAddress
    private let limits: PostgresConnection.Limits

    /// Creates a reader; it connects when it is used.
    package init(_ address: PostgresAddress, limits: PostgresConnection.Limits = .init()) {
        self.address = address
        self.limits = limits
    }

    /// Passes every session with ratings, newest first, and then every movie of the catalogue, to the bodies.
    ///
    /// - Parameters:
    ///   - filter: Which sessions.
    ///   - includesRows: Whether the rows are read.
    ///   - total: Told at first how many sessions there are; `nil` does without counting them.
    ///   - session: Takes a session.
    ///   - movie: Takes a movie, in the catalogue's order.
    /// - Returns: What was left out, beside what each session says.
    /// - Throws: ``PostgresError``; `wrongSchema` where a table or column is missing; and what the bodies throw.
    /// - Complexity: O(*n*) in the number of rows of the sessions; a page of them is in memory at a time.
    package func read(
        _ filter: RecordingFilter,
        includesRows: Bool,
        total: ((Int) -> Void)? = nil,
        session: (StoredSession) throws -> Void,
        movie: (CatalogueMovie) throws -> Void
    ) async throws -> LeftOut {
        let connection = try await PostgresConnection.open(address, limits: limits)
        try await connection.begin(.snapshot.ofAllRows)
        let columns = try await TableColumns(on: connection, needed: TableColumns.recorded)
        if let total { total(try await count(filter, on: connection)) }
        var leftOut = LeftOut()
        leftOut.sessions = try await readSessions(filter, includesRows ? columns : nil, on: connection, session)
        leftOut.movies = try await readCatalogue(on: connection, movie)
        try await connection.query("ROLLBACK")
        return leftOut
    }

    private static let chosen = """
        FROM user_sessions u
        WHERE EXISTS (SELECT FROM movie_ratings r WHERE r.session_id = u.id)
            AND (cardinality($1::text[]) = 0 OR u.id = ANY ($1::text[]::uuid[]))
            AND ($2::timestamptz[] = '{}' OR u.created_at >= ($2::timestamptz[])[1])
        """

    private func count(_ filter: RecordingFilter, on connection: PostgresConnection) async throws -> Int {
        let statement = "SELECT count(*) FROM (SELECT \(Self.chosen) LIMIT $3) chosen"
        return try await connection.query(statement, Self.parameters(of: filter)).single()
    }

    private static func parameters(of filter: RecordingFilter) -> [PostgresParameter] {
        [
            .sessions(filter.sessions), .moments([filter.since].compactMap(\.self)),
            .integer(filter.limit ?? .max),
        ]
    }

    /// Returns how many sessions were left out, for a view may name one twice.
    private func readSessions(
        _ filter: RecordingFilter,
        _ columns: TableColumns?,
        on connection: PostgresConnection,
        _ session: (StoredSession) throws -> Void
    ) async throws -> Int {
        try await connection.query(
            """
            DECLARE sessions NO SCROLL CURSOR FOR
            SELECT lower(u.id::text), COALESCE(u.phase::text, '') \(Self.chosen)
            ORDER BY u.created_at DESC, u.id
            LIMIT $3
            """,
            Self.parameters(of: filter)
        )
        var seen: Set<SessionID> = []
        var leftOut = 0
        while true {
            let page = try await connection.query("FETCH \(Self.page) FROM sessions")
            guard !page.isEmpty else { return leftOut }
            var phases: [(id: SessionID, phase: String)] = []
            for row in page {
                let text: String = try row.value(0)
                guard let id = SessionID(text) else {
                    throw PostgresError(.unexpectedData, "user_sessions holds the id \"\(text)\", which is no UUID")
                }
                if seen.insert(id).inserted { phases.append((id, try row.value(1))) } else { leftOut += 1 }
            }
            let contents = try await PageContents(of: phases.map(\.id), columns: columns, on: connection)
            for (id, phase) in phases { try session(contents.session(id, phase: phase)) }
        }
    }

    /// Returns how many movies were left out.
    private func readCatalogue(
        on connection: PostgresConnection,
        _ movie: (CatalogueMovie) throws -> Void
    ) async throws -> Int {
        try await connection.query(
            """
            DECLARE movies NO SCROLL CURSOR FOR
            SELECT id::text, COALESCE(title::text, ''), CASE WHEN year BETWEEN 1 AND 9999 THEN year::bigint END,
                genre::text
            FROM phase2_movies ORDER BY created_at, id
            """
        )
        var seen: Set<MovieID> = []
        var leftOut = 0
        while true {
            let page = try await connection.query("FETCH 2000 FROM movies")
            guard !page.isEmpty else { return leftOut }
            for row in page {
                guard let id: MovieID = try row.optional(0), LeftOut.holds(id), seen.insert(id).inserted else {
                    leftOut += 1
                    continue
                }
                try movie(
                    CatalogueMovie(
                        id: id,
                        title: try row.value(1),
                        year: try row.optional(2),
                        genre: try row.optional(3)
                    )
                )
            }
        }
    }
}

extension TableColumns {
    /// The columns that a recording reads, by table.
    fileprivate static let recorded: [(table: String, columns: [String])] = [
        ("user_sessions", ["id", "phase", "created_at"]),
        ("movie_ratings", ["id", "session_id", "movie_id", "rating", "created_at"]),
        ("session_phase1_movies", ["session_id", "movie_id", "created_at"]),
        ("phase2_movies", ["id", "title", "year", "genre", "created_at"]),
        (
            "recommendations",
            ["session_id", "movie_id", "score", "model", "phase", "rank", "display_order", "created_at"]
        ),
    ]
}
