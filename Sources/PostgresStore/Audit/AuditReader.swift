package import Observations

/// Reads everything that an audit judges, in one read-only snapshot of a database.
///
/// The table `recommendations` is read once, from its beginning to its end, and grouped by session; no index is needed.
/// Sessions arrive in batches by way of a cursor, so that the harness holds a batch of them at a time, and the server
/// sorts out on disk what does not fit into its working memory.
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
        /// Every film of the catalogue.
        package let catalogue: Set<String>
        /// What the server said where the visitors' role may not read the table at all.
        package let refusal: String?

        fileprivate let connection: PostgresConnection
        fileprivate let columns: TableColumns
        fileprivate let visible: [String: Int]?

        /// Passes every session that has rows, or is in the phase `recommendation`, to the body; in no order.
        ///
        /// - Throws: ``PostgresError``, and what the body throws.
        /// - Complexity: O(*n*) in the number of rows of all tables; a batch of sessions is in memory at a time.
        package func forEachSession(_ body: (AuditedSession) throws -> Void) async throws {
            try await connection.query("DECLARE audit NO SCROLL CURSOR FOR " + AuditQuery(columns: columns).sql)
            var batch = try await fetch()
            while !batch.isEmpty {
                // The server sorts out the next batch while this one is judged.
                async let next = fetch()
                for row in batch { try body(try AuditQuery.session(row, visible: visible)) }
                batch = try await next
            }
        }

        private func fetch() async throws -> PostgresRows {
            try await connection.query("FETCH 1000 FROM audit")
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
        try await connection.query("BEGIN TRANSACTION ISOLATION LEVEL REPEATABLE READ, READ ONLY")
        // An error in place of a part of the rows, where row security would hide some from this connection.
        try await connection.query("SET LOCAL row_security = off")
        try await connection.query("SET LOCAL work_mem = '128MB'")
        try await connection.query("SET LOCAL jit = off")
        try await connection.query("SET LOCAL cursor_tuple_fraction = 1")
        let columns = try await TableColumns(on: connection)
        let films = try await connection.query("SELECT id::text FROM phase2_movies WHERE id IS NOT NULL")
        var catalogue: Set<String> = []
        for film in films { catalogue.insert(try film.value(0)) }
        let view = try await role.asyncMap { try await RoleView(of: $0, phase: phase, columns, on: connection) }
        let snapshot = Snapshot(
            catalogue: catalogue,
            refusal: view?.refusal,
            connection: connection,
            columns: columns,
            visible: view?.displayed
        )
        let value = try await body(snapshot)
        try await connection.query("ROLLBACK")
        return value
    }
}

extension Optional {
    /// The transformed value, `nil` where there is none.
    fileprivate func asyncMap<Value>(_ transform: (Wrapped) async throws -> Value) async rethrows -> Value? {
        guard let self else { return nil }
        return try await transform(self)
    }
}
