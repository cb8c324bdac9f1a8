import Domain
import Observations
import PostgresClient

/// What the tables hold about a page of sessions.
struct PageContents {
    private var ratings: [SessionID: [Rating]] = [:]
    private var leftOut: [SessionID: LeftOut] = [:]
    private var phase1Movies: [SessionID: [MovieID]] = [:]
    private var rows: [SessionID: [AuditedSession.Row]] = [:]

    /// Reads the ratings, the phase-1 movies and, where the columns are given, the rows of sessions.
    init(of sessions: [SessionID], columns: TableColumns?, on connection: PostgresConnection) async throws {
        try await readRatings(of: sessions, on: connection)
        let shown = try await connection.query(
            """
            SELECT lower(session_id::text), movie_id::text FROM session_phase1_movies
            WHERE session_id = ANY ($1::text[]::uuid[]) ORDER BY created_at, movie_id
            """,
            [.sessions(sessions)]
        )
        for row in shown {
            let session = try Self.session(row)
            if let movie: MovieID = try row.optional(1), LeftOut.holds(movie) {
                phase1Movies[session, default: []].append(movie)
            } else {
                leftOut[session, default: LeftOut()].phase1Movies += 1
            }
        }
        if let columns { try await readRows(of: sessions, columns, on: connection) }
    }

    /// The session with everything that was read of it.
    func session(_ session: SessionID, phase: String) -> StoredSession {
        StoredSession(
            session: RecordedSession(
                id: session,
                phase: phase,
                ratings: ratings[session] ?? [],
                phase1Movies: phase1Movies[session] ?? []
            ),
            rows: rows[session] ?? [],
            leftOut: leftOut[session] ?? LeftOut()
        )
    }

    private mutating func readRatings(of sessions: [SessionID], on connection: PostgresConnection) async throws {
        // Of two ratings of one moment the service takes the one of the greater id for the newer, and the harness the
        // one that stands later in the recording.
        let found = try await connection.query(
            """
            SELECT lower(session_id::text), movie_id::text,
                CASE WHEN rating BETWEEN 0 AND 10 THEN rating::float8 END,
                CASE WHEN created_at BETWEEN $2 AND $3 THEN created_at::timestamptz END
            FROM movie_ratings WHERE session_id = ANY ($1::text[]::uuid[])
            ORDER BY created_at, id
            """,
            [.sessions(sessions), .moment(LeftOut.moments.lowerBound), .moment(LeftOut.moments.upperBound)]
        )
        for row in found {
            let session = try Self.session(row)
            guard let movie: MovieID = try row.optional(1), LeftOut.holds(movie),
                let value: Double = try row.optional(2),
                let moment: Timestamp = try row.optional(3)
            else {
                leftOut[session, default: LeftOut()].ratings += 1
                continue
            }
            let rating = Rating(movie: movie, value: value, createdAt: moment)
            ratings[session, default: []].append(rating)
        }
    }

    private mutating func readRows(
        of sessions: [SessionID],
        _ columns: TableColumns,
        on connection: PostgresConnection
    ) async throws {
        let table = "recommendations"
        let found = try await connection.query(
            """
            SELECT lower(session_id::text), movie_id::text, \(columns.double(table, "score")), model::text,
                (\(columns.integer(table, "phase")))::bigint, (\(columns.integer(table, "rank")))::bigint,
                (\(columns.integer(table, "display_order")))::bigint, \(columns.moment(table, "created_at"))
            FROM recommendations WHERE session_id = ANY ($1::text[]::uuid[])
            ORDER BY 1, 5, 4 DESC, 6, 2
            """,
            [.sessions(sessions)]
        )
        for row in found {
            rows[try Self.session(row), default: []]
                .append(
                    AuditedSession.Row(
                        movie: try row.optional(1),
                        score: try row.optional(2),
                        model: try row.optional(3),
                        phase: try row.optional(4),
                        rank: try row.optional(5),
                        displayOrder: try row.optional(6),
                        createdAt: try? row.optional(7)
                    )
                )
        }
    }

    private static func session(_ row: PostgresRow) throws(PostgresError) -> SessionID {
        let text: String = try row.value(0)
        guard let session = SessionID(text) else {
            throw PostgresError(.unexpectedData, "session_id holds \"\(text)\", which is no UUID")
        }
        return session
    }
}
