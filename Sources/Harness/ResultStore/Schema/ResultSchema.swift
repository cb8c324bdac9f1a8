/// The schema of the database that holds results, and nothing else.
package struct ResultSchema: Hashable, Sendable {
    /// The name where none is given.
    package static let defaultName = "coldstart"

    /// Its name: lower-case letters, digits and underscores.
    package let name: String
    /// How it came to be, from nothing to what this program knows.
    let migrations: [Migration]

    /// Names a schema.
    ///
    /// - Throws: ``ResultError`` (`badName`) for anything but up to 63 lower-case letters, digits and underscores, a letter
    ///   first, and for the names that are PostgreSQL's own.
    package init(_ name: String = Self.defaultName) throws(ResultError) {
        try self.init(name, migrations: Migration.all)
    }

    /// Names a schema of another history.
    init(_ name: String, migrations: [Migration]) throws(ResultError) {
        guard name.wholeMatch(of: /[a-z][a-z0-9_]{0,62}/) != nil, !name.hasPrefix("pg_") else {
            throw ResultError(
                .badName,
                "the name of a schema for results is up to 63 of a-z, 0-9 and _, a letter first and not pg_"
            )
        }
        self.name = name
        self.migrations = migrations
    }

    /// The version that this program knows.
    var version: Int { migrations.count }

    /// The name of one of its tables, as statements have it.
    func table(_ table: String) -> String { "\"\(name)\".\(table)" }

    /// The script that makes the next version.
    func script(for version: Int) -> String {
        migrations[version - 1].script.replacing("{schema}", with: "\"\(name)\"")
    }
}

/// One step in the history of the schema.
///
/// Steps that were released are never changed: a further one is added.
struct Migration: Hashable, Sendable {
    /// The statements; `{schema}` stands for the schema.
    let script: String

    /// The steps, from version 1 on.
    static let all = [Migration(script: runs)]

    /// Version 1.
    ///
    /// Figures of a run's shard have its number; those of the whole have -1, and take the place of the shards'.
    private static let runs = """
        CREATE TABLE {schema}.runs (
            id bigint GENERATED ALWAYS AS IDENTITY PRIMARY KEY,
            identity text NOT NULL UNIQUE,
            command text NOT NULL,
            words text NOT NULL,
            tool text NOT NULL,
            release text NOT NULL,
            model text NOT NULL,
            subject text NOT NULL,
            shards integer NOT NULL CHECK (shards BETWEEN 1 AND 100000),
            written_at timestamptz NOT NULL DEFAULT clock_timestamp(),
            ended_at timestamptz,
            exit_code integer,
            seconds double precision,
            digest text
        );
        CREATE INDEX runs_written_at ON {schema}.runs (written_at, id);
        CREATE TABLE {schema}.shards (
            run_id bigint NOT NULL REFERENCES {schema}.runs ON DELETE CASCADE,
            shard integer NOT NULL CHECK (shard >= 0),
            digest text NOT NULL,
            units bigint NOT NULL,
            seconds double precision NOT NULL,
            written_at timestamptz NOT NULL DEFAULT clock_timestamp(),
            PRIMARY KEY (run_id, shard)
        );
        CREATE TABLE {schema}.verdicts (
            run_id bigint NOT NULL REFERENCES {schema}.runs ON DELETE CASCADE,
            shard integer NOT NULL,
            place integer NOT NULL,
            subject text NOT NULL,
            check_name text NOT NULL,
            outcome text NOT NULL,
            message text NOT NULL,
            PRIMARY KEY (run_id, shard, place)
        );
        CREATE TABLE {schema}.metrics (
            run_id bigint NOT NULL REFERENCES {schema}.runs ON DELETE CASCADE,
            shard integer NOT NULL,
            place integer NOT NULL,
            subject text NOT NULL,
            part text NOT NULL,
            name text NOT NULL,
            value double precision NOT NULL,
            low double precision,
            high double precision,
            samples bigint,
            PRIMARY KEY (run_id, shard, place)
        );
        CREATE INDEX metrics_name ON {schema}.metrics (lower(name));
        """
}
