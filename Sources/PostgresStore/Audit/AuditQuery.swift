import Domain
import Observations

/// The one statement of an audit, and the way from its rows to sessions.
struct AuditQuery {
    /// The columns as the database has them.
    let columns: TableColumns

    /// One row for each session that has rows or is in the phase `recommendation`.
    ///
    /// Sessions are joined by their text, so that tables that hold them in different types join too.
    var sql: String {
        let table = "recommendations"
        return """
            SELECT COALESCE(rows.session, known.session), known.session IS NOT NULL, COALESCE(known.asked, false),
                COALESCE(rated.ratings, 0), rated.newest, shown.films,
                rows.films, rows.scores, rows.models, rows.phases, rows.ranks, rows.orders, rows.moments
            FROM (
                SELECT lower(session_id::text) AS session, array_agg(movie_id::text) AS films,
                    array_agg(\(columns.double(table, "score"))) AS scores, array_agg(model::text) AS models,
                    array_agg(\(columns.integer(table, "phase"))) AS phases,
                    array_agg(\(columns.integer(table, "rank"))) AS ranks,
                    array_agg(\(columns.integer(table, "display_order"))) AS orders,
                    array_agg(\(columns.moment(table, "created_at"))) AS moments
                FROM recommendations GROUP BY session_id
            ) AS rows
            FULL JOIN (
                SELECT lower(id::text) AS session, bool_or(phase::text = 'recommendation') AS asked
                FROM user_sessions WHERE id IS NOT NULL GROUP BY id
            ) AS known ON known.session = rows.session
            LEFT JOIN (
                SELECT lower(session_id::text) AS session, count(*) AS ratings,
                    max(\(columns.moment("movie_ratings", "created_at"))) AS newest
                FROM movie_ratings WHERE session_id IS NOT NULL GROUP BY session_id
            ) AS rated ON rated.session = COALESCE(rows.session, known.session)
            LEFT JOIN (
                SELECT lower(session_id::text) AS session, array_agg(movie_id::text) AS films
                FROM session_phase1_movies WHERE session_id IS NOT NULL GROUP BY session_id
            ) AS shown ON shown.session = rows.session
            WHERE rows.films IS NOT NULL OR known.asked
            """
    }

    /// The session of a row of the statement.
    static func session(_ row: PostgresRow, visible: [String: Int]?) throws(PostgresError) -> AuditedSession {
        let session: String? = try row.optional(0)
        return AuditedSession(
            session: session,
            isKnown: try row.value(1),
            hasAsked: try row.value(2),
            ratings: try row.value(3),
            newestRating: try? row.optional(4),
            phase1Movies: Set(try list(5, of: row, as: String.self).compactMap(\.self)),
            rows: try rows(row),
            visibleDisplayed: visible.map { visible in session.flatMap { visible[$0] } ?? 0 }
        )
    }

    private static func rows(_ row: PostgresRow) throws(PostgresError) -> [AuditedSession.Row] {
        let films = try list(6, of: row, as: String.self)
        let scores = try list(7, of: row, as: Double.self)
        let models = try list(8, of: row, as: String.self)
        let phases = try list(9, of: row, as: Int.self)
        let ranks = try list(10, of: row, as: Int.self)
        let orders = try list(11, of: row, as: Int.self)
        let moments = try list(12, of: row, as: Timestamp.self)
        let counts = [scores.count, models.count, phases.count, ranks.count, orders.count, moments.count]
        guard counts.allSatisfy({ $0 == films.count }) else {
            throw PostgresError(.unexpectedData, "the arrays of one session differ in length; try again")
        }
        return films.indices.map { index in
            AuditedSession.Row(
                movie: films[index],
                score: scores[index],
                model: models[index],
                phase: phases[index],
                rank: ranks[index],
                displayOrder: orders[index],
                createdAt: moments[index]
            )
        }
    }

    private static func list<Element: PostgresDecodable>(
        _ column: Int,
        of row: PostgresRow,
        as type: Element.Type
    ) throws(PostgresError) -> [Element?] {
        let array: PostgresArray<Element>? = try row.optional(column)
        return array?.elements ?? []
    }
}
