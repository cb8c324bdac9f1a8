import Domain
package import PostgresClient
import Shards

/// Reads results; needs nothing but to read the tables.
package struct ResultReader: Sendable {
    private let address: PostgresAddress
    private let schema: ResultSchema

    /// Creates a reader.
    package init(of address: PostgresAddress, _ schema: ResultSchema) {
        self.address = address
        self.schema = schema
    }

    /// Reads runs, the newest first.
    ///
    /// - Throws: ``ResultError``: `noSchema`, `newerSchema`, `noRights`; `PostgresError`.
    package func runs(_ filter: RunFilter, limit: Int) async throws -> [StoredRun] {
        try await reading { connection in
            try await connection.query(
                """
                \(self.selection)
                WHERE \(Self.conditions) AND \(self.isAbout)
                ORDER BY r.written_at DESC, r.id DESC LIMIT $5
                """,
                filter.parameters + [.integer(limit)]
            )
            .map { try StoredRun($0) }
        }
    }

    /// Reads a run with all that is kept of it.
    ///
    /// - Throws: ``ResultError``: as above, and `unknown` where there is no such run; `PostgresError`.
    package func details(of id: Int) async throws -> StoredRunDetails {
        try await reading { connection in
            let rows = try await connection.query("\(self.selection) WHERE r.id = $1", [.integer(id)])
            guard let row = rows.first else {
                throw ResultError(.unknown, "there is no run \(id); coldstart results list shows those that there are")
            }
            let shards = try await connection.query(
                "SELECT shard, digest, units, seconds FROM \(self.schema.table("shards")) WHERE run_id = $1 ORDER BY shard",
                [.integer(id)]
            )
            let verdicts = try await connection.query(
                """
                SELECT subject, check_name, outcome, message FROM \(self.schema.table("verdicts")) WHERE run_id = $1
                ORDER BY shard, place
                """,
                [.integer(id)]
            )
            let metrics = try await connection.query(
                """
                SELECT subject, part, name, value, low, high, samples FROM \(self.schema.table("metrics"))
                WHERE run_id = $1 ORDER BY shard, place
                """,
                [.integer(id)]
            )
            return StoredRunDetails(
                run: try StoredRun(row),
                shards: try shards.map(ResultRecord.Shard.init),
                verdicts: try verdicts.map(ResultFindings.Verdict.init),
                metrics: try metrics.map(ResultFindings.Metric.init)
            )
        }
    }

    /// Reads the values of a metric, the oldest first.
    ///
    /// - Parameters:
    ///   - metric: Its name, in small letters or as it is written.
    ///   - part: The slice; `nil` for that of all sessions.
    ///   - filter: Which runs, and of what in them.
    /// - Returns: The values.
    /// - Throws: ``ResultError``: as above, and `unknown` where no run has the metric, which names those that there are;
    ///   `PostgresError`.
    package func values(of metric: String, part: String?, _ filter: RunFilter) async throws -> [TrendValue] {
        try await reading { connection in
            let rows = try await connection.query(
                """
                SELECT r.id, r.written_at, r.command, r.release, m.subject, m.part, m.name, m.value, m.low, m.high, m.samples
                FROM \(self.schema.table("metrics")) AS m JOIN \(self.schema.table("runs")) AS r ON r.id = m.run_id
                WHERE lower(m.name) = lower($5) AND ($4 = '' OR m.subject = $4)
                    AND CASE WHEN $6 = '' THEN m.part IN ('', 'all') ELSE m.part = $6 END AND \(Self.conditions)
                ORDER BY r.written_at, r.id, m.shard, m.place
                """,
                filter.parameters + [.text(metric), .text(part ?? "")]
            )
            if rows.isEmpty { try await self.requireKnown(metric, on: connection) }
            return try rows.map { try TrendValue($0) }
        }
    }

    private func requireKnown(_ metric: String, on connection: PostgresConnection) async throws {
        let rows = try await connection.query(
            "SELECT DISTINCT name FROM \(schema.table("metrics")) ORDER BY name LIMIT 100"
        )
        let names = try rows.map { try $0.value(0, as: String.self) }
        guard !names.isEmpty, !names.contains(where: { $0.lowercased() == metric.lowercased() }) else { return }
        throw ResultError(.unknown, "no run has the metric \(metric); there are \(names.joined(separator: ", "))")
    }

    /// The runs in the columns of a ``StoredRun``.
    private var selection: String {
        """
        SELECT r.id, r.written_at, r.command, r.release, r.model, r.subject, r.tool, r.words, r.exit_code, r.seconds, r.shards,
            (SELECT count(*) FROM \(schema.table("shards")) AS s WHERE s.run_id = r.id)
        FROM \(schema.table("runs")) AS r
        """
    }

    /// The conditions of a ``RunFilter`` on the run alone, whose parameters are the first three.
    private static let conditions = """
        ($1 = '' OR r.command = $1) AND ($2 = '' OR r.release = $2) AND ($3 = '' OR starts_with(r.model, $3))
        """

    /// The condition that a run is about the subject of a ``RunFilter``, the fourth parameter.
    private var isAbout: String {
        """
        ($4 = '' OR r.subject = $4
            OR EXISTS (SELECT FROM \(schema.table("verdicts")) AS v WHERE v.run_id = r.id AND v.subject = $4)
            OR EXISTS (SELECT FROM \(schema.table("metrics")) AS f WHERE f.run_id = r.id AND f.subject = $4))
        """
    }

    private func reading<Value: Sendable>(
        _ body: (PostgresConnection) async throws -> Value
    ) async throws -> Value {
        do {
            let connection = try await PostgresConnection.open(address)
            return try await connection.withTransaction(.snapshot) {
                try await schema.require(on: connection)
                return try await body(connection)
            }
        } catch let error as PostgresError where error.sqlState == "42501" {
            throw ResultError(
                .noRights,
                "the user may not read the results (SQLSTATE 42501): GRANT USAGE ON SCHEMA \(schema.name), and GRANT SELECT ON "
                    + "ALL TABLES IN SCHEMA \(schema.name), to the user"
            )
        }
    }
}

extension RunFilter {
    /// The parameters `$1` to `$4` of a statement, empty for any.
    fileprivate var parameters: [PostgresParameter] {
        [command, release, model, subject].map { .text($0?.replacing("\0", with: "\u{FFFD}") ?? "") }
    }
}

extension StoredRun {
    fileprivate init(_ row: PostgresRow) throws(PostgresError) {
        let shards: Int = try row.value(10)
        guard (1...Shard.limit).contains(shards) else {
            throw PostgresError(.unexpectedData, "a run of \(shards) shards; expected 1 to \(Shard.limit)")
        }
        self.init(
            id: try row.value(0),
            writtenAt: try row.value(1),
            command: try row.value(2),
            release: try row.value(3),
            model: try row.value(4),
            subject: try row.value(5),
            tool: try row.value(6),
            words: try row.value(7),
            exitCode: try row.optional(8),
            seconds: try row.optional(9),
            shards: shards,
            written: try row.value(11)
        )
    }
}

extension ResultRecord.Shard {
    fileprivate init(_ row: PostgresRow) throws(PostgresError) {
        self.init(
            index: try row.value(0),
            digest: try row.value(1),
            units: try row.value(2),
            seconds: try row.value(3)
        )
    }
}

extension ResultFindings.Verdict {
    fileprivate init(_ row: PostgresRow) throws(PostgresError) {
        self.init(
            subject: try row.value(0),
            check: try row.value(1),
            outcome: try row.value(2),
            message: try row.value(3)
        )
    }
}

extension ResultFindings.Metric {
    fileprivate init(_ row: PostgresRow) throws(PostgresError) {
        self.init(
            subject: try row.value(0),
            part: try row.value(1),
            name: try row.value(2),
            value: try row.value(3),
            low: try row.optional(4),
            high: try row.optional(5),
            samples: try row.optional(6)
        )
    }
}

extension TrendValue {
    fileprivate init(_ row: PostgresRow) throws(PostgresError) {
        self.init(
            run: try row.value(0),
            writtenAt: try row.value(1),
            command: try row.value(2),
            release: try row.value(3),
            subject: try row.value(4),
            part: try row.value(5),
            name: try row.value(6),
            value: try row.value(7),
            low: try row.optional(8),
            high: try row.optional(9),
            samples: try row.optional(10)
        )
    }
}
