package import Domain
package import PostgresClient
import SafeText
import Synchronization

/// Puts recorded sessions into a database and takes exactly those out again.
///
/// In a database that is not the run's own, nothing but rows of the sessions it inserts itself is touched.
package final class Seeder: Sendable {
    /// The moment of the first catalogue row; each further row is a microsecond later, so that the catalogue's order
    /// in the database is the file's.
    package static let catalogueStart = Timestamp(microseconds: 1_577_836_800_000_000)

    private let pool: PostgresPool
    private let rowIDs: SeededRowIDs
    private let mark: SessionMark?
    private let inserted = Mutex<[SessionID]>([])

    /// Creates a seeder of a database; it connects when it is first used.
    ///
    /// - Parameters:
    ///   - address: The database.
    ///   - seed: Decides the ids of the rows.
    ///   - mark: How the sessions are marked in a database that others use; nothing is then inserted that could not be
    ///     removed again. `nil` in one of the run's own.
    package init(_ address: PostgresAddress, seed: UInt64, mark: SessionMark? = nil) {
        pool = PostgresPool(address, size: mark == nil ? Self.sideBySide : 1)
        rowIDs = SeededRowIDs(seed: seed)
        self.mark = mark
    }

    /// The sessions that are in the database because of this seeder.
    package var sessions: [SessionID] { inserted.withLock { $0 } }

    /// Creates the tables; for databases of the run's own.
    ///
    /// - Parameter schema: The text of `scenarios/schema.sql`.
    /// - Throws: ``PostgresError``.
    package func createSchema(_ schema: String) async throws {
        try await pool.withConnection { try await $0.execute(script: schema) }
    }

    /// Replaces the catalogue `phase2_movies`; for databases of the run's own.
    ///
    /// - Complexity: O(*n*) in the number of movies; one statement inserts them all.
    package func loadCatalogue(_ movies: [CatalogueMovie]) async throws {
        try await pool.withTransaction(.write) { connection in
            try await connection.query("DELETE FROM phase2_movies")
            try await connection.query(
                """
                INSERT INTO phase2_movies (id, title, year, genre, created_at)
                SELECT * FROM unnest($1::text[], $2::text[], $3::bigint[], $4::text[], $5::timestamptz[])
                """,
                [
                    .texts(movies.map(\.id.text)),
                    .texts(movies.map(\.title)),
                    .integers(movies.map(\.year)),
                    .texts(movies.map(\.genre)),
                    .moments(movies.indices.map { Self.catalogueStart.advanced(byMicroseconds: Int64($0)) }),
                ]
            )
        }
    }

    /// How many connections insert into a database of the run's own.
    private static let sideBySide = 2

    /// Inserts sessions with their ratings and phase-1 movies: all or none in a database that others use; in one of the
    /// run's own, which a run that fails does not look at again, part by part.
    ///
    /// - Throws: ``PostgresError``; `sessionExists` where any table already holds rows of one of them, `notRemovable`
    ///   where, in a database that others use, they could not be removed again.
    /// - Complexity: O(*n*) in the number of rows; a fixed number of statements for each thousand sessions.
    package func insert(_ sessions: [RecordedSession]) async throws {
        let parts = sessions.parts(of: sessionsAtOnce)
        if mark == nil {
            _ = try await parts.mapSideBySide(Self.sideBySide) { [self] part in
                try await pool.withTransaction(.write.ofAllRows) { try await insert(part, on: $0) }
            }
        } else {
            try await pool.withTransaction(.write.ofAllRows) { connection in
                for part in parts { try await insert(part, on: connection) }
                try await SessionRemoval(of: sessions.map(\.id)).rehearse(on: connection)
            }
        }
        inserted.withLock { $0 += sessions.map(\.id) }
    }

    /// Inserts a rating that an inserted session gives later.
    ///
    /// - Parameters:
    ///   - rating: The rating.
    ///   - session: The session.
    ///   - index: Its place among the session's ratings, which decides the id of the row.
    /// - Throws: ``PostgresError``.
    package func insert(_ rating: Rating, of session: SessionID, index: Int) async throws {
        _ = try await pool.withTransaction(.write) { connection in
            try await connection.query(
                """
                INSERT INTO movie_ratings (id, session_id, movie_id, rating, created_at)
                VALUES ($1::uuid, $2::uuid, $3, $4::float8::text::numeric, $5::timestamptz)
                """,
                [
                    .text(rowIDs.id(of: session, index: index)), .session(session), .text(rating.movie.text),
                    .double(rating.value), .moment(rating.createdAt),
                ]
            )
        }
    }

    /// Removes the inserted sessions and all their rows, also where the task is cancelled.
    ///
    /// - Throws: ``PostgresError`` (`notRemovable`) that names the sessions which are left and how to remove them.
    package func removeInserted() async throws {
        // The task does not inherit a cancellation: what the run inserted goes in any case.
        try await Task { try await self.removeRows() }.value
    }

    /// Leaves the inserted sessions where they are, marked so that a later run or clean-up knows they are to stay.
    ///
    /// - Throws: ``PostgresError``.
    package func keepInserted() async throws {
        let sessions = sessions
        try await Task {
            _ = try await self.pool.withTransaction(.write) { connection in
                try await connection.query(
                    "UPDATE user_sessions SET user_id = $2 WHERE id = ANY ($1::text[]::uuid[])",
                    [.sessions(sessions), .text(SessionMark.kept.userID)]
                )
            }
        }
        .value
    }

    private func removeRows() async throws {
        let sessions = sessions
        guard !sessions.isEmpty else { return }
        do {
            try await pool.withTransaction(.write.ofAllRows) { connection in
                try await SessionRemoval(of: sessions).run(on: connection)
            }
        } catch let error as PostgresError {
            let named = sessions.prefix(5).map(\.text).joined(separator: ", ") + (sessions.count > 5 ? ", …" : "")
            throw PostgresError(
                .notRemovable,
                "what the run inserted is left in the database, \(sessions.count) in number: session \(named): "
                    + "\(error.message); once that is mended remove it with: "
                    + cleaning(all: mark == .unguarded),
                sqlState: error.sqlState
            )
        }
        inserted.withLock { $0.removeAll() }
    }

    /// The command that removes what runs have left.
    private func cleaning(all: Bool) -> String {
        let words = ["coldstart", "db", "clean"] + (all ? ["--all"] : []) + ["--db", "\(pool.address)"]
        return ShellCommand(words).description
    }

    private func refuseKnown(_ sessions: [SessionID], on connection: PostgresConnection) async throws {
        let known = try await connection.query(
            """
            SELECT id::text, 'user_sessions' FROM user_sessions WHERE id = ANY ($1::text[]::uuid[])
            UNION ALL
            SELECT session_id::text, 'movie_ratings' FROM movie_ratings WHERE session_id = ANY ($1::text[]::uuid[])
            UNION ALL
            SELECT session_id::text, 'session_phase1_movies' FROM session_phase1_movies
            WHERE session_id = ANY ($1::text[]::uuid[])
            UNION ALL
            SELECT session_id::text, 'recommendations' FROM recommendations
            WHERE session_id = ANY ($1::text[]::uuid[])
            LIMIT 1
            """,
            [.sessions(sessions)]
        )
        guard let first = known.first else { return }
        let (session, table): (String, String) = (try first.value(0), try first.value(1))
        let owner = try await connection.query(
            "SELECT user_id::text FROM user_sessions WHERE id = $1::text::uuid",
            [.text(session)]
        )
        let reason: String =
            switch try owner.first?.optional(0, as: String.self).flatMap({ SessionMark(userID: $0) }) {
            case .running: "which a run of Coldstart inserted that has not ended: wait for it"
            case .unmarked, .unguarded, .kept:
                "which an earlier run of Coldstart left there: remove them with " + cleaning(all: true)
            case nil:
                "and rows that the run did not insert are never touched: give the recorded session another id or use "
                    + "another database"
            }
        throw PostgresError(
            .sessionExists,
            "session \(session) already has rows in \(table) of the database, \(reason)"
        )
    }

    private func insert(_ part: ArraySlice<RecordedSession>, on connection: PostgresConnection) async throws {
        try await refuseKnown(part.map(\.id), on: connection)
        try await insertRows(of: Array(part), on: connection)
    }

    private func insertRows(of sessions: [RecordedSession], on connection: PostgresConnection) async throws {
        let starts = sessions.map { $0.ratings.map(\.createdAt).min() ?? Self.catalogueStart }
        try await connection.query(
            """
            INSERT INTO user_sessions (id, user_id, phase, start_time, created_at)
            SELECT set.id::uuid, $4, set.phase, CASE WHEN $5 = 1 THEN now() ELSE set.start END, set.start
            FROM unnest($1::text[], $2::text[], $3::timestamptz[]) AS set (id, phase, start)
            """,
            [
                .sessions(sessions.map(\.id)), .texts(sessions.map(\.phase)), .moments(starts),
                .text((mark ?? .unmarked).userID), .integer(mark == .unguarded ? 1 : 0),
            ]
        )
        let ratings = sessions.flatMap { session in session.ratings.map { (session.id, $0) } }
        let ids = sessions.flatMap { session in
            session.ratings.indices.map { rowIDs.id(of: session.id, index: $0) }
        }
        // By way of the shortest text that gives the number back: a cast to numeric keeps 15 digits.
        try await connection.query(
            """
            INSERT INTO movie_ratings (id, session_id, movie_id, rating, created_at)
            SELECT set.id::uuid, set.session_id::uuid, set.movie_id, set.rating::text::numeric, set.created_at
            FROM unnest($1::text[], $2::text[], $3::text[], $4::float8[], $5::timestamptz[])
                AS set (id, session_id, movie_id, rating, created_at)
            """,
            [
                .texts(ids),
                .sessions(ratings.map(\.0)),
                .texts(ratings.map(\.1.movie.text)),
                .doubles(ratings.map(\.1.value)),
                .moments(ratings.map(\.1.createdAt)),
            ]
        )
        let shown = sessions.flatMap { session in session.phase1Movies.map { (session.id, $0) } }
        try await connection.query(
            """
            INSERT INTO session_phase1_movies (session_id, movie_id, selection_type)
            SELECT set.session_id::uuid, set.movie_id, 'recorded'
            FROM unnest($1::text[], $2::text[]) AS set (session_id, movie_id)
            """,
            [.sessions(shown.map(\.0)), .texts(shown.map(\.1.text))]
        )
    }
}
