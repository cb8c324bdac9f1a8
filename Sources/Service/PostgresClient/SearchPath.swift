/// Where the names of tables are looked up: in the schema that the address states, or else in `public`.
///
/// A role's or a database's own `search_path` comes after `public`, for tables that are only there and for functions of
/// triggers. Where it leads to another table than `public` does, the address has to say which is meant.
struct SearchPath: Hashable, Sendable {
    /// A table of the service that a schema holds.
    struct Table: Hashable, Sendable {
        /// Its name.
        let name: String
        /// The schema.
        let schema: String
        /// Whether the session's own path leads to it.
        let isVisible: Bool
    }

    /// The tables of the service.
    static let tables = [
        "recommendations", "user_sessions", "movie_ratings", "session_phase1_movies", "phase2_movies",
    ]

    /// The path in the form of the setting.
    let text: String

    /// Chooses the path.
    ///
    /// - Parameters:
    ///   - stated: What the address states in `options`; `nil` where it states none.
    ///   - sessionDefault: The path that the session would have without anybody's doing.
    ///   - tables: The service's tables that any schema holds.
    ///   - place: Where the database is, for the error.
    /// - Throws: ``PostgresError`` (`wrongSchema`) where there are two tables of one name to choose from.
    init(
        stated: String?,
        sessionDefault: String,
        tables: [Table],
        place: String
    ) throws(PostgresError) {
        if stated == nil, let table = tables.first(where: { $0.isVisible && $0.schema != "public" }),
            tables.contains(Table(name: table.name, schema: "public", isVisible: false))
        {
            throw PostgresError(
                .wrongSchema,
                "\(place) has a table \(table.name) in the schema \(table.schema), to which the role's search_path leads, "
                    + "and one in the schema public; say which with options='-c search_path=\(table.schema)' in the "
                    + "address (in a URL ?options=-csearch_path%3D\(table.schema))"
            )
        }
        // pg_catalog first and pg_temp last: no object of the same name in another schema is taken for theirs.
        let path = stated.map { [$0] } ?? ["public", sessionDefault]
        text = (["pg_catalog"] + path.filter { !$0.isBlank } + ["pg_temp"]).joined(separator: ", ")
    }

    /// The value that libpq's `options` state for `search_path`, the last one where there are several.
    ///
    /// Words are separated by blanks, and a backslash keeps the next character; a setting is written `-c name=value`,
    /// `-cname=value` or `--name=value`. See <https://www.postgresql.org/docs/15/app-postgres.html>.
    static func stated(in options: String) -> String? {
        var words: [String] = []
        var word: String?
        var isKept = false
        for character in options {
            if isKept || !(character == "\\" || character.isWhitespace) {
                word = (word ?? "") + String(character)
                isKept = false
            } else if character == "\\" {
                isKept = true
            } else if let complete = word {
                words.append(complete)
                word = nil
            }
        }
        if let word { words.append(word) }
        var value: String?
        var isSetting = false
        for word in words {
            let setting = isSetting ? word[...] : word.hasPrefix("-c") || word.hasPrefix("--") ? word.dropFirst(2) : ""
            isSetting = word == "-c"
            let parts = setting.split(separator: "=", maxSplits: 1, omittingEmptySubsequences: false)
            if parts.count == 2, parts[0].lowercased().replacing("-", with: "_") == "search_path" {
                value = String(parts[1])
            }
        }
        return value
    }
}

extension String {
    /// Whether a path names no schema; `SET search_path = ''` is kept as a quoted name without a character.
    fileprivate var isBlank: Bool { allSatisfy { $0.isWhitespace || $0 == "\"" } }
}
