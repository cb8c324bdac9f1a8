import Domain
import Observations
import PostgresClient

/// The two statements of an audit, both sorted by session, and the way from their rows to values.
///
/// Neither joins the other: two sorted lists are merged where they are judged, which spares the server the arrays of
/// each session's rows.
struct AuditQuery {
    /// The columns as the database has them.
    let columns: TableColumns

    /// Every row of `recommendations`, those without a session at the end.
    var rows: String {
        let table = "recommendations"
        return """
            SELECT \(key(table, "session_id")) AS session, movie_id::text, \(columns.double(table, "score")),
                model::text, \(columns.integer(table, "phase")), \(columns.integer(table, "rank")),
                \(columns.integer(table, "display_order")), \(columns.moment(table, "created_at"))
            FROM recommendations ORDER BY 1 NULLS LAST
            """
    }

    /// One row for each session that any other table names: what there is about it.
    var sessions: String {
        """
        SELECT session, known.asked IS NOT NULL, COALESCE(known.asked, false), COALESCE(rated.ratings, 0),
            rated.newest, shown.movies
        FROM (
            SELECT \(key("user_sessions", "id")) AS session,
                COALESCE(bool_or(phase::text = 'recommendation'), false) AS asked
            FROM user_sessions WHERE id IS NOT NULL GROUP BY 1
        ) AS known
        FULL JOIN (
            SELECT \(key("movie_ratings", "session_id")) AS session, count(*) AS ratings,
                max(\(columns.moment("movie_ratings", "created_at"))) AS newest
            FROM movie_ratings WHERE session_id IS NOT NULL GROUP BY 1
        ) AS rated USING (session)
        FULL JOIN (
            SELECT \(key("session_phase1_movies", "session_id")) AS session, array_agg(movie_id::text) AS movies
            FROM session_phase1_movies WHERE session_id IS NOT NULL GROUP BY 1
        ) AS shown USING (session)
        ORDER BY 1
        """
    }

    /// A session's id in a form that sorts and joins alike in all tables, byte by byte.
    ///
    /// Where a table holds ids in another type than `uuid`, all are compared by their text.
    private func key(_ table: String, _ column: String) -> String {
        let ids = [
            ("recommendations", "session_id"), ("user_sessions", "id"), ("movie_ratings", "session_id"),
            ("session_phase1_movies", "session_id"),
        ]
        return ids.allSatisfy { columns.isUUID($0, $1) } ? column : "lower(\(column)::text) COLLATE \"C\""
    }

    /// The row of `recommendations` in a row of the first statement; what cannot be read is taken for `NULL`.
    static func row(_ row: PostgresRow) -> AuditedSession.Row {
        AuditedSession.Row(
            movie: try? row.optional(1),
            score: try? row.optional(2),
            model: try? row.optional(3),
            phase: try? row.optional(4),
            rank: try? row.optional(5),
            displayOrder: try? row.optional(6),
            createdAt: try? row.optional(7)
        )
    }

    /// The session in a row of the second statement, without its rows.
    static func session(_ row: PostgresRow, key: SessionKey) throws(PostgresError) -> AuditedSession {
        let movies: PostgresArray<MovieID>? = try row.optional(5)
        return AuditedSession(
            session: key.text,
            isKnown: try row.value(1),
            hasAsked: try row.value(2),
            ratings: try row.value(3),
            newestRating: try? row.optional(4),
            phase1Movies: Set((movies?.elements ?? []).lazy.compactMap(\.self))
        )
    }
}
