package import Domain
import Formats
package import Observations
package import PostgresClient

/// Reads everything that an audit judges, in one read-only snapshot of a database.
///
/// Each table is read once, from its beginning to its end; no index is needed. The rows of `recommendations` and what
/// the other tables say arrive as two lists sorted by session, by way of cursors, and are merged here: the harness
/// holds a batch of each at a time, and the server sorts on disk what does not fit into its working memory. Where it
/// can, the second list comes over a second connection that shares the first one's snapshot.
package struct AuditReader: Sendable {
    private let address: PostgresAddress
    private let limits: PostgresConnection.Limits

    /// Creates a reader; it connects when it is used.
    ///
    /// - Parameters:
    ///   - address: The database.
    ///   - limits: The limits of the connection; each statement keeps to them.
    package init(_ address: PostgresAddress, limits: PostgresConnection.Limits = .init()) {
        self.address = address
        self.limits = limits
    }

    /// One snapshot of a database.
    package struct Snapshot {
        /// Every movie of the catalogue.
        package let catalogue: Set<MovieID>
        /// What the server said where the visitors' role may not read the table at all.
        package let refusal: String?

        fileprivate let connection: PostgresConnection
        /// Reads the same snapshot beside the other, or is the other.
        fileprivate let second: PostgresConnection
        fileprivate let columns: TableColumns
        fileprivate let visible: [ExactText: Int]?

        /// Returns how many rows the table `recommendations` has.
        ///
        /// - Throws: ``PostgresError``.
        /// - Complexity: O(*n*) in their number, on the server.
        package func rowCount() async throws -> Int {
            try await connection.query("SELECT count(*) FROM recommendations").single()
        }

        /// Passes every session that has rows, or is in the phase `recommendation`, to the body, in the order of their
        /// ids.
        ///
        /// - Throws: ``PostgresError``, and what the body throws.
        /// - Complexity: O(*n* log *n*) in the number of rows of all tables; a batch of them is in memory at a time.
        package func forEachSession(_ body: (AuditedSession) throws -> Void) async throws {
            let query = AuditQuery(columns: columns)
            let rows = try await AuditCursor("audited_rows", query.rows, batch: 10_000, on: connection)
            let others = try await AuditCursor("audited_sessions", query.sessions, batch: 1000, on: second)
            // The server sorts both at the same time, and each batch of rows while the one before is judged.
            async let first = rows.fetch()
            var sessions = try await AuditedSessions(others, visible: visible)
            var batch = try await first
            while !batch.isEmpty {
                async let next = rows.fetch()
                try await sessions.add(batch, body)
                batch = try await next
            }
            try await sessions.finish(body)
        }
    }

    /// Opens a snapshot for the body and ends it; nothing can be written in it.
    ///
    /// - Parameters:
    ///   - phase: The phase of the study for which the role's view is counted.
    ///   - role: The role whose view of the displayed rows is compared, such as `anon`.
    ///   - body: Reads.
    /// - Returns: What the body returns.
    /// - Throws: ``PostgresError``; `wrongSchema` where a table or column is missing; and what the body throws.
    package func withSnapshot<Value>(
        phase: Int,
        role: String? = nil,
        _ body: (Snapshot) async throws -> Value
    ) async throws -> Value {
        let connection = try await PostgresConnection.open(address, limits: limits)
        let second = try await begin(connection)
        let columns = try await TableColumns(on: connection)
        let movies = try await connection.query("SELECT id::text FROM phase2_movies WHERE id IS NOT NULL")
        var catalogue: Set<MovieID> = []
        for movie in movies { catalogue.insert(try movie.value(0)) }
        let view = try await role.asyncMap { try await RoleView(of: $0, phase: phase, columns, on: connection) }
        let snapshot = Snapshot(
            catalogue: catalogue,
            refusal: view?.refusal,
            connection: connection,
            second: second ?? connection,
            columns: columns,
            visible: view?.displayed
        )
        let value = try await body(snapshot)
        try await connection.query("ROLLBACK")
        try await second?.query("ROLLBACK")
        return value
    }

    /// Begins the transaction, and one with the same snapshot on a second connection, so that the server uses two
    /// cores.
    ///
    /// - Returns: The second connection; `nil` where the server has none left, or a pooler leads elsewhere.
    private func begin(_ connection: PostgresConnection) async throws -> PostgresConnection? {
        try await connection.begin(Self.mode)
        guard connection.isOwnSession else {
            // A pooler may have no other server process, and would let the second connection wait for this one's.
            try await Self.setUp(connection)
            return nil
        }
        let snapshot: String
        do {
            snapshot = try await connection.query("SELECT pg_export_snapshot()").single()
        } catch let error as PostgresError where error.code == .statementFailed {
            try await connection.query("ROLLBACK")
            try await connection.begin(Self.mode)
            try await Self.setUp(connection)
            return nil
        }
        try await Self.setUp(connection)
        // The statement takes no parameter, so that the name has to be one that needs no quoting.
        guard snapshot.utf8.allSatisfy({ $0 == UInt8(ascii: "-") || Character(Unicode.Scalar($0)).isHexDigit }) else {
            return nil
        }
        do {
            let second = try await PostgresConnection.open(address, limits: limits)
            try await second.begin(Self.mode, importing: snapshot)
            try await Self.setUp(second)
            return second
        } catch is PostgresError {
            return nil
        }
    }

    /// An error in place of a part of the rows, where row security would hide some from this connection.
    private static let mode = TransactionMode.snapshot.ofAllRows

    private static func setUp(_ connection: PostgresConnection) async throws {
        for setting in [
            "work_mem = '128MB'", "jit = off", "cursor_tuple_fraction = 1",
            // Every row is read: from the beginning of a table to its end, not in an index's order.
            "enable_indexscan = off", "enable_indexonlyscan = off", "enable_bitmapscan = off",
        ] {
            try await connection.query("SET LOCAL " + setting)
        }
    }
}

extension Optional {
    /// The transformed value, `nil` where there is none.
    fileprivate func asyncMap<Value>(_ transform: (Wrapped) async throws -> Value) async rethrows -> Value? {
        guard let self else { return nil }
        return try await transform(self)
    }
}
