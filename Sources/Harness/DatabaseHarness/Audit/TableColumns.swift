import PostgresClient

/// The columns of the service's tables as a database has them, with expressions that read each without ever failing.
///
/// A table that lost its types still has to be audited: a rank that is text is read where it is a whole number, and is
/// a finding where it is not.
struct TableColumns: Sendable {
    /// The columns that an audit reads, by table.
    static let needed: [(table: String, columns: [String])] = [
        (
            "recommendations",
            [
                "session_id", "movie_id", "score", "model", "phase", "rank", "display_order", "created_at",
            ]
        ),
        ("user_sessions", ["id", "phase"]),
        ("movie_ratings", ["session_id", "created_at"]),
        ("session_phase1_movies", ["session_id", "movie_id"]),
        ("phase2_movies", ["id"]),
    ]

    /// Each column's type by its object id in `pg_type`, a domain's by that of what it restricts.
    private let types: [String: Int]

    /// Reads which columns there are.
    ///
    /// - Throws: ``PostgresError``; `wrongSchema` names the table or column that is missing.
    init(on connection: PostgresConnection, needed: [(table: String, columns: [String])] = needed) async throws {
        let rows = try await connection.query(
            """
            SELECT wanted.name, to_regclass(wanted.name) IS NOT NULL, a.attname::text,
                COALESCE(NULLIF(t.typbasetype, 0), t.oid)::bigint
            FROM unnest($1::text[]) AS wanted (name)
            LEFT JOIN pg_attribute a ON a.attrelid = to_regclass(wanted.name) AND a.attnum > 0 AND NOT a.attisdropped
            LEFT JOIN pg_type t ON t.oid = a.atttypid
            """,
            [.texts(needed.map(\.table))]
        )
        var types: [String: Int] = [:]
        var tables: Set<String> = []
        for row in rows {
            let table: String = try row.value(0)
            if try row.value(1) { tables.insert(table) }
            guard let column: String = try row.optional(2) else { continue }
            types["\(table).\(column)"] = try row.optional(3) ?? 0
        }
        for (table, columns) in needed {
            let missing = columns.filter { types["\(table).\($0)"] == nil }
            guard missing.isEmpty else {
                throw Self.mismatch(table: tables.contains(table) ? table : nil, table, missing)
            }
        }
        self.types = types
    }

    private static func mismatch(table: String?, _ name: String, _ missing: [String]) -> PostgresError {
        let what =
            table == nil
            ? "the database has no table \(name)"
            : "the table \(name) has no column \(missing.joined(separator: ", "))"
        return PostgresError(
            .wrongSchema,
            "\(what), so this is not the service's database, or its tables are in another schema than public; name the "
                + "right database, or the schema with options='-c search_path=…' in the address, or create the tables with "
                + "scenarios/schema.sql"
        )
    }

    /// Whether a column holds `uuid`s.
    func isUUID(_ table: String, _ column: String) -> Bool { types["\(table).\(column)"] == 2950 }

    /// A column as `bigint`, `unreadable` where it is there and is no whole number of at most 18 digits.
    func integer(_ table: String, _ column: String) -> String {
        let unreadable = "(-9223372036854775807 - 1)"
        switch types["\(table).\(column)"] {
        case 20, 21, 23: return column
        case 700, 701, 1700:
            return "CASE WHEN \(column) IS NULL THEN NULL WHEN abs(\(column)) < 1e18 AND \(column) = trunc(\(column)) "
                + "THEN \(column)::bigint ELSE \(unreadable) END"
        default:
            return "CASE WHEN \(column) IS NULL THEN NULL WHEN \(column)::text ~ '^ *[-+]?[0-9]{1,18} *$' "
                + "THEN \(column)::text::bigint ELSE \(unreadable) END"
        }
    }

    /// A column as `double precision`, `NULL` where it is no number.
    func double(_ table: String, _ column: String) -> String {
        switch types["\(table).\(column)"] {
        case 701: return column
        case 700, 20, 21, 23: return "\(column)::float8"
        case 1700:
            return "CASE WHEN \(column) = 'NaN' THEN 'NaN'::float8 WHEN abs(\(column)) < 1e-300 THEN 0::float8 "
                + "WHEN abs(\(column)) < 1e308 THEN \(column)::float8 "
                + "ELSE CASE WHEN \(column) > 0 THEN 'Infinity'::float8 ELSE '-Infinity'::float8 END END"
        default:
            return "CASE WHEN \(column)::text ~ '^[-+]?[0-9]{1,15}([.][0-9]{1,20})?([eE][-+]?[0-9]{1,2})?$' "
                + "THEN \(column)::text::float8 WHEN lower(\(column)::text) = 'nan' THEN 'NaN'::float8 END"
        }
    }

    /// A column as `timestamptz`, UTC where it has no zone, `NULL` where it is no moment.
    func moment(_ table: String, _ column: String) -> String {
        switch types["\(table).\(column)"] {
        case 1184: column
        case 1114: "\(column) AT TIME ZONE 'UTC'"
        default: "NULL::timestamptz"
        }
    }
}
