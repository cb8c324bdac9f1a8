import Domain
import PostgresClient

/// The statements of the service.
extension PostgresStatement {
    private static let historyText = Text(
        """
        SELECT movie_id::text, rating::float8, created_at::timestamptz FROM movie_ratings
        WHERE session_id = $1::uuid ORDER BY created_at DESC, id DESC LIMIT $2
        """
    )
    private static let phase1MoviesText = Text(
        "SELECT movie_id::text FROM session_phase1_movies WHERE session_id = $1::uuid"
    )
    private static let catalogueText = Text("SELECT id::text FROM phase2_movies ORDER BY created_at, id LIMIT $1")
    private static let catalogueFingerprintText = Text(
        """
        SELECT encode(sha256(convert_to(coalesce(
            string_agg(length(movie.id) || ':' || movie.id, '' ORDER BY movie.created_at, movie.key), ''
        ), 'UTF8')), 'hex')
        FROM (
            SELECT id::text AS id, id AS key, created_at FROM phase2_movies ORDER BY created_at, id LIMIT $1
        ) AS movie
        """
    )
    private static let lockText = Text(
        "SELECT pg_advisory_xact_lock(hashtextextended('recommendations'::regclass::oid::text || $1, $2))"
    )
    private static let deletionText = Text(
        "DELETE FROM recommendations WHERE session_id = $1::uuid AND phase = $2 AND model IN ('svd', 'p5')"
    )
    private static let insertionText = Text(
        """
        INSERT INTO recommendations (session_id, movie_id, score, model, phase, rank, display_order)
        SELECT $1::uuid, set.movie_id, set.score, $2, $3, set.rank, set.display_order
        FROM unnest($4::text[], $5::float8[], $6::bigint[], $7::bigint[]) AS set (movie_id, score, rank, display_order)
        """
    )

    /// The ratings of a session, newest first.
    static func history(of session: SessionID, limit: Int) -> PostgresStatement {
        PostgresStatement(historyText, [.session(session), .integer(limit)])
    }

    /// The movies that a session was shown in phase 1.
    static func phase1Movies(of session: SessionID) -> PostgresStatement {
        PostgresStatement(phase1MoviesText, [.session(session)])
    }

    /// The first movies of the catalogue.
    static func catalogue(limit: Int) -> PostgresStatement {
        PostgresStatement(catalogueText, [.integer(limit)])
    }

    /// SHA-256 over the ids of the first movies of the catalogue in their order.
    static func catalogueFingerprint(limit: Int) -> PostgresStatement {
        PostgresStatement(catalogueFingerprintText, [.integer(limit)])
    }

    /// Makes other writers of a session's sets wait until the transaction ends.
    static func lock(setsOf session: SessionID, phase: Int) -> PostgresStatement {
        PostgresStatement(lockText, [.session(session), .integer(phase)])
    }

    /// Removes both models' sets of a session and phase.
    static func deletion(ofSetsOf session: SessionID, phase: Int) -> PostgresStatement {
        PostgresStatement(deletionText, [.session(session), .integer(phase)])
    }

    /// Inserts a set of rows; no statement where it is empty.
    ///
    /// - Precondition: The rows are of one session, model and phase.
    /// - Complexity: O(*n*) in the number of rows.
    static func insertion(of set: [RecommendationRow]) -> [PostgresStatement] {
        guard let first = set.first else { return [] }
        let isOneSet = set.allSatisfy {
            $0.session == first.session && $0.model == first.model && $0.phase == first.phase
        }
        precondition(isOneSet, "rows of several sets in one insertion")
        return [
            PostgresStatement(
                insertionText,
                [
                    .session(first.session), .text(first.model.rawValue), .integer(first.phase),
                    .texts(set.map(\.movie.text)),
                    .doubles(set.map(\.score)),
                    .integers(set.map(\.rank)),
                    .integers(set.map(\.displayOrder)),
                ]
            )
        ]
    }
}
