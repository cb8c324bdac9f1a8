import PostgresClient

extension ResultSchema {
    /// Finds out which version a database has.
    ///
    /// - Parameter connection: A connection in a transaction.
    /// - Returns: The version; `nil` where the schema's own tables are not there.
    /// - Throws: `PostgresError`.
    func version(on connection: PostgresConnection) async throws -> Int? {
        // By the tables of the catalogue: functions such as to_regclass may answer from a cache that is older than a wait for
        // the lock.
        let isThere: Bool =
            try await connection.query(
                "SELECT EXISTS (\(Self.relations) AND c.relname = 'migrations')",
                [.text(name)]
            )
            .single()
        guard isThere else { return nil }
        return try await connection.query("SELECT coalesce(max(version), 0)::bigint FROM \(table("migrations"))")
            .single()
    }

    /// The relations of the schema `$1`.
    private static let relations = """
        SELECT FROM pg_catalog.pg_class AS c JOIN pg_catalog.pg_namespace AS n ON n.oid = c.relnamespace
        WHERE n.nspname = $1
        """

    /// Makes sure that a database has the version that this program knows, for writing.
    ///
    /// Several programs may do so at once: one of them migrates while the others wait.
    ///
    /// - Throws: ``ResultError``: `newerSchema`, or `foreignSchema` where other tables are in it; `PostgresError`.
    func prepare(on connection: PostgresConnection) async throws {
        let found = try await connection.withTransaction(.read) { try await self.version(on: connection) }
        if try isCurrent(found) { return }
        try await connection.withTransaction(.write) { try await self.migrate(on: connection) }
    }

    /// Makes sure that a database has the version that this program knows, for reading.
    ///
    /// - Parameter connection: A connection in a transaction.
    /// - Throws: ``ResultError``: `noSchema`, `newerSchema`; `PostgresError`.
    func require(on connection: PostgresConnection) async throws {
        let found = try await version(on: connection)
        if try isCurrent(found) { return }
        guard let found else {
            throw ResultError(
                .noSchema,
                "the database has no results in the schema \(name); a command with --results writes some"
            )
        }
        throw ResultError(
            .noSchema,
            "the schema \(name) has version \(found), and this program reads version \(version); the next command with "
                + "--results brings it up to date"
        )
    }

    private func isCurrent(_ found: Int?) throws(ResultError) -> Bool {
        guard let found, found > version else { return found == version }
        throw ResultError(
            .newerSchema,
            "the schema \(name) has version \(found), and this program knows versions up to \(version): a newer Coldstart "
                + "made it; use that one, or another schema (--results-schema)"
        )
    }

    private func migrate(on connection: PostgresConnection) async throws {
        try await connection.query(
            "SELECT pg_advisory_xact_lock(hashtextextended($1, 0))",
            [.text("coldstart results \(name)")]
        )
        // Another program may have done it while this one waited.
        let found = try await version(on: connection)
        if try isCurrent(found) { return }
        if found == nil { try await begin(on: connection) }
        for next in ((found ?? 0) + 1)...version {
            try await connection.execute(script: script(for: next))
            try await connection.query("INSERT INTO \(table("migrations")) (version) VALUES ($1)", [.integer(next)])
        }
    }

    private func begin(on connection: PostgresConnection) async throws {
        let isThere: Bool =
            try await connection.query(
                "SELECT EXISTS (SELECT FROM pg_catalog.pg_namespace WHERE nspname = $1)",
                [.text(name)]
            )
            .single()
        if isThere {
            // An administrator may have made it, empty, for a user who may create none.
            let isUsed: Bool = try await connection.query("SELECT EXISTS (\(Self.relations))", [.text(name)]).single()
            guard !isUsed else {
                throw ResultError(
                    .foreignSchema,
                    "the schema \(name) holds tables that are not Coldstart's; name another one with --results-schema"
                )
            }
        } else {
            try await connection.execute(script: "CREATE SCHEMA \"\(name)\"")
        }
        try await connection.execute(
            script: """
                CREATE TABLE \(table("migrations")) (
                    version integer PRIMARY KEY,
                    applied_at timestamptz NOT NULL DEFAULT clock_timestamp()
                )
                """
        )
    }
}
