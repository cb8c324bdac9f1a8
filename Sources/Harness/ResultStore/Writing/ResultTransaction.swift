import PostgresClient

/// The statements that write one result, inside a transaction.
struct ResultTransaction {
    private let record: ResultRecord
    private let schema: ResultSchema
    private let connection: PostgresConnection

    init(_ record: ResultRecord, in schema: ResultSchema, on connection: PostgresConnection) {
        self.record = record
        self.schema = schema
        self.connection = connection
    }

    /// Writes what is not there.
    ///
    /// The run's row is locked: writers of one run take turns, those of different runs do not.
    ///
    /// - Throws: ``ResultError`` (`different`), `PostgresError`.
    func write() async throws -> WrittenResult {
        let run = try await findRun()
        let shards = try await missingShards(of: run.id)
        try await insert(shards, of: run.id)
        guard let end = record.end else {
            // What the whole came to is not added to.
            if !shards.isEmpty, run.digest == nil { try await insertFigures(of: run.id, shard: record.shards[0].index) }
            return WrittenResult(run: run.id, isNew: !shards.isEmpty)
        }
        if let digest = run.digest {
            guard digest == end.digest else {
                throw different("run \(run.id) is there with other findings")
            }
            return WrittenResult(run: run.id, isNew: false)
        }
        for table in ["verdicts", "metrics"] {
            try await connection.query("DELETE FROM \(schema.table(table)) WHERE run_id = $1", [.integer(run.id)])
        }
        try await insertFigures(of: run.id, shard: -1)
        try await connection.query(
            """
            UPDATE \(schema.table("runs"))
            SET exit_code = $2, seconds = $3, digest = $4, subject = $5, ended_at = clock_timestamp() WHERE id = $1
            """,
            [
                .integer(run.id), .integer(Int(end.exitCode)), .double(end.seconds), .text(end.digest),
                .text(StoredText.long(record.findings.subject)),
            ]
        )
        return WrittenResult(run: run.id, isNew: true)
    }

    /// Finds the run, or makes it, and locks its row.
    private func findRun() async throws -> (id: Int, digest: String?) {
        if let run = try await lockedRun() { return run }
        let findings = record.findings
        try await connection.query(
            """
            INSERT INTO \(schema.table("runs")) (identity, command, words, tool, release, model, subject, shards)
            VALUES ($1, $2, $3, $4, $5, $6, $7, $8) ON CONFLICT (identity) DO NOTHING
            """,
            [
                .text(record.identity), .text(StoredText.short(findings.command)),
                .text(StoredText.words(record.words)), .text(StoredText.short(findings.tool)),
                .text(StoredText.short(record.release)), .text(record.model), .text(StoredText.long(findings.subject)),
                .integer(record.count),
            ]
        )
        guard let run = try await lockedRun() else {
            // Somebody removed it between the two statements; the next try inserts it anew.
            throw PostgresError(.statementFailed, "the run was removed while it was written", sqlState: "40001")
        }
        return run
    }

    private func lockedRun() async throws -> (id: Int, digest: String?)? {
        let rows = try await connection.query(
            "SELECT id, digest FROM \(schema.table("runs")) WHERE identity = $1 FOR NO KEY UPDATE",
            [.text(record.identity)]
        )
        return try rows.first.map { row in (try row.value(0), try row.optional(1)) }
    }

    private func missingShards(of run: Int) async throws -> [ResultRecord.Shard] {
        let rows = try await connection.query(
            "SELECT shard, digest FROM \(schema.table("shards")) WHERE run_id = $1 AND shard = ANY ($2)",
            [.integer(run), .integers(record.shards.map(\.index))]
        )
        var there: [Int: String] = [:]
        for row in rows { there[try row.value(0)] = try row.value(1, as: String.self) }
        for shard in record.shards {
            guard let digest = there[shard.index], digest != shard.digest else { continue }
            throw different("shard \(shard.index) of \(record.count) of run \(run) is there with another content")
        }
        return record.shards.filter { there[$0.index] == nil }
    }

    private func different(_ what: String) -> ResultError {
        ResultError(
            .different,
            "\(what), and stays as it is; tell another run of the same from it with --run-name, or remove it (DELETE FROM "
                + "\(schema.name).runs WHERE id = …)"
        )
    }

    private func insert(_ shards: [ResultRecord.Shard], of run: Int) async throws {
        guard !shards.isEmpty else { return }
        try await connection.query(
            """
            INSERT INTO \(schema.table("shards")) (run_id, shard, digest, units, seconds)
            SELECT $1, s.shard, s.digest, s.units, s.seconds
            FROM unnest($2::bigint[], $3::text[], $4::bigint[], $5::float8[]) AS s (shard, digest, units, seconds)
            """,
            [
                .integer(run), .integers(shards.map(\.index)), .texts(shards.map(\.digest)),
                .integers(shards.map(\.units)), .doubles(shards.map(\.seconds)),
            ]
        )
    }

    private func insertFigures(of run: Int, shard: Int) async throws {
        let (verdicts, metrics) = (record.findings.verdicts, record.findings.metrics)
        func names<Figure>(_ figures: [Figure], _ name: (Figure) -> String) -> PostgresParameter {
            .texts(figures.map { StoredText.short(name($0)) })
        }
        try await connection.query(
            """
            INSERT INTO \(schema.table("verdicts")) (run_id, shard, place, subject, check_name, outcome, message)
            SELECT $1, $2, v.place, v.subject, v.check_name, v.outcome, v.message
            FROM unnest($3::bigint[], $4::text[], $5::text[], $6::text[], $7::text[])
                AS v (place, subject, check_name, outcome, message)
            """,
            [
                .integer(run), .integer(shard), .integers(Array(verdicts.indices)),
                names(verdicts, \.subject), names(verdicts, \.check), names(verdicts, \.outcome),
                .texts(verdicts.map { StoredText.long($0.message) }),
            ]
        )
        try await connection.query(
            """
            INSERT INTO \(schema.table("metrics"))
                (run_id, shard, place, subject, part, name, value, low, high, samples)
            SELECT $1, $2, m.place, m.subject, m.part, m.name, m.value, m.low, m.high, m.samples
            FROM unnest($3::bigint[], $4::text[], $5::text[], $6::text[], $7::float8[], $8::float8[], $9::float8[],
                $10::bigint[]) AS m (place, subject, part, name, value, low, high, samples)
            """,
            [
                .integer(run), .integer(shard), .integers(Array(metrics.indices)),
                names(metrics, \.subject), names(metrics, \.part), names(metrics, \.name),
                .doubles(metrics.map(\.value)), .doubles(metrics.map(\.low)), .doubles(metrics.map(\.high)),
                .integers(metrics.map(\.samples)),
            ]
        )
    }
}
