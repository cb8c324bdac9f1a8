import Domain
package import PostgresClient

/// The sessions in a database that Coldstart has put there, by their marks.
package struct OwnSessions: Sendable {
    /// One of them.
    package struct Session: Hashable, Sendable {
        /// What is known of its run.
        package enum State: String, Hashable, Sendable {
            /// Its run has ended and has left it.
            case leftOver = "left over"
            /// Its run goes on, by the lock that it holds.
            case running
            /// Its run went through a pooler less than a day ago and may go on.
            case uncertain
            /// It was left on purpose, by `--keep-rows`.
            case kept
            /// There are rows of it that Coldstart did not write.
            case mixed
        }

        /// The session's id as the table holds it.
        package let id: String
        /// What is known of its run.
        package let state: State
        /// How many rows the tables hold: recommendations, ratings, phase-1 movies, and the session itself.
        package let rows: Int
    }

    /// Which sessions are removed.
    package enum Choice: Hashable, Sendable {
        /// Those whose run has certainly ended.
        case leftOver
        /// Also those that were kept, and those whose run may go on behind a pooler.
        case all

        fileprivate func includes(_ state: Session.State) -> Bool {
            switch state {
            case .leftOver: true
            case .uncertain, .kept: self == .all
            case .running, .mixed: false
            }
        }
    }

    /// What was found and done.
    package struct Result: Hashable, Sendable {
        /// The sessions that are gone.
        package var removed: [Session] = []
        /// The sessions that are still there.
        package var left: [Session] = []

        fileprivate init(_ sessions: [Session], _ choice: Choice) {
            for session in sessions {
                if choice.includes(session.state) { removed.append(session) } else { left.append(session) }
            }
        }
    }

    /// How old a session of a run behind a pooler has to be for that run to have ended.
    private static let certainAge = 86_400.0

    private let address: PostgresAddress

    /// Creates a search; it connects when it is used.
    package init(_ address: PostgresAddress) {
        self.address = address
    }

    /// Says what ``remove(_:)`` would do, in a transaction that writes nothing.
    ///
    /// - Throws: ``PostgresError``.
    package func preview(of choice: Choice) async throws -> Result {
        let connection = try await PostgresConnection.open(address)
        return try await connection.withTransaction(.read.ofAllRows) {
            Result(try await find(on: connection), choice)
        }
    }

    /// Looks for the sessions and removes those that are chosen, all of them or none.
    ///
    /// - Returns: The sessions, oldest first.
    /// - Throws: ``PostgresError``: `statementFailed` where the tables are not there or closed, `notRemovable` where
    ///   the chosen ones could not be removed.
    /// - Complexity: O(*n*) in the number of sessions, where no index helps.
    package func remove(_ choice: Choice) async throws -> Result {
        let connection = try await PostgresConnection.open(address)
        return try await connection.withTransaction(.write.ofAllRows) {
            let result = Result(try await find(on: connection), choice)
            guard !result.removed.isEmpty else { return result }
            do {
                try await SessionRemoval(of: result.removed.compactMap { SessionID($0.id) }).run(on: connection)
                return result
            } catch let error as PostgresError where error.code == .statementFailed {
                throw PostgresError(
                    .notRemovable,
                    "none of the \(result.removed.count) sessions that Coldstart left could be removed: \(error.message)",
                    sqlState: error.sqlState
                )
            }
        }
    }

    private func find(on connection: PostgresConnection) async throws -> [Session] {
        let found = try await connection.query(
            """
            SELECT u.id::text, u.user_id::text, extract(epoch FROM now() - u.start_time::timestamptz)::float8
            FROM user_sessions AS u WHERE u.user_id::text ~ $1 ORDER BY u.created_at, u.id
            """,
            [.text(SessionMark.pattern)]
        )
        var sessions: [(id: SessionID, mark: SessionMark, age: Double?)] = []
        for row in found {
            let (id, userID): (String, String) = (try row.value(0), try row.value(1))
            guard let session = SessionID(id), let mark = SessionMark(userID: userID) else { continue }
            sessions.append((session, mark, try row.optional(2)))
        }
        let living = try await livingRuns(Set(sessions.compactMap(\.mark.key)), on: connection)
        let contents = try await contents(of: sessions.map(\.id), on: connection)
        return sessions.map { id, mark, age in
            let content = contents[id.text] ?? (rows: 0, isOwn: true)
            let state: Session.State =
                switch mark {
                case _ where !content.isOwn: .mixed
                case .running(let key): living.contains(key) ? .running : .leftOver
                case .unguarded: age.map { $0 > Self.certainAge } ?? false ? .leftOver : .uncertain
                case .kept: .kept
                case .unmarked: .leftOver
                }
            return Session(id: id.text, state: state, rows: content.rows + 1)
        }
    }

    /// The runs that hold their locks; the locks of the others are this transaction's until it ends.
    private func livingRuns(_ keys: Set<UInt64>, on connection: PostgresConnection) async throws -> Set<UInt64> {
        var living: Set<UInt64> = []
        for key in keys {
            let isFree: Bool = try await connection.query("SELECT pg_try_advisory_xact_lock($1)", [.lock(key)]).single()
            if !isFree { living.insert(key) }
        }
        return living
    }

    /// How many rows the other tables hold of each session, and whether they are such as Coldstart writes, or the
    /// service for it: ratings have ids of version 8 (RFC 9562), and movies of phase 1 the type `recorded`.
    private func contents(
        of sessions: [SessionID],
        on connection: PostgresConnection
    ) async throws -> [String: (rows: Int, isOwn: Bool)] {
        let found = try await connection.query(
            """
            SELECT content.session, count(*), bool_and(content.is_own) FROM (
                SELECT lower(session_id::text) AS session, true AS is_own FROM recommendations
                WHERE session_id = ANY ($1::text[]::uuid[])
                UNION ALL
                SELECT lower(session_id::text), id::text ~ '^[0-9a-f]{8}-[0-9a-f]{4}-8' FROM movie_ratings
                WHERE session_id = ANY ($1::text[]::uuid[])
                UNION ALL
                SELECT lower(session_id::text), COALESCE(selection_type::text = 'recorded', false)
                FROM session_phase1_movies WHERE session_id = ANY ($1::text[]::uuid[])
            ) AS content GROUP BY 1
            """,
            [.sessions(sessions)]
        )
        var contents: [String: (rows: Int, isOwn: Bool)] = [:]
        for row in found { contents[try row.value(0)] = (try row.value(1), try row.value(2)) }
        return contents
    }
}

extension SessionMark {
    /// The key of the run's lock, `nil` where it has none.
    fileprivate var key: UInt64? { if case .running(let key) = self { key } else { nil } }
}

extension PostgresParameter {
    /// The key of a run's lock, for the functions of advisory locks.
    static func lock(_ key: UInt64) -> PostgresParameter { .integer(Int(Int64(bitPattern: key))) }
}
