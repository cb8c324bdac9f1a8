/// What people's files and other programs do to an address.
extension PostgresAddress {
    /// The text without white space and line ends around it, which a file or a secret made with `echo` adds.
    ///
    /// A blank that a backslash keeps, at the end of `key=value` pairs, stays.
    static func withoutWhitespaceAround(_ text: String) -> String {
        var trimmed = text[...]
        while let first = trimmed.first, first.isWhitespace { trimmed.removeFirst() }
        while let last = trimmed.last, last.isWhitespace, !trimmed.dropLast().hasSuffix("\\") { trimmed.removeLast() }
        return String(trimmed)
    }

    /// What is wrong with an address that libpq cannot parse, where it is one of the common mistakes.
    ///
    /// - Returns: The mistake and what to do, without any part of the text but its scheme and names that are known here;
    ///   `nil` for any other.
    static func commonMistake(in text: String) -> String? {
        if let quote = text.first, "\"'`“”‘’".contains(quote) {
            return "it begins with a quotation mark, which a shell would have taken away and a file of variables "
                + "leaves there; remove the quotation marks around it"
        }
        guard let separator = text.firstRange(of: "://") else { return nil }
        let scheme = text[..<separator.lowerBound]
        let isScheme = scheme.utf8.allSatisfy { byte in
            (97...122).contains(byte | 0x20) || (48...57).contains(byte) || [43, 45, 46].contains(byte)
        }
        guard !["postgresql", "postgres"].contains(scheme), !scheme.contains("=") else {
            return foreignSetting(in: text)
        }
        return !isScheme || scheme.isEmpty || scheme.utf8.count > 40
            ? "its scheme is not postgresql://"
            : "its scheme is \(scheme)://, which is another program's; write postgresql:// in its place"
    }

    /// Settings of other programs' addresses that libpq refuses, by their programs.
    private static let foreignSettings = [
        "pgbouncer": "Prisma", "connection_limit": "Prisma", "pool_timeout": "Prisma", "socket_timeout": "Prisma",
        "sslaccept": "Prisma", "sslidentity": "Prisma", "schema": "Prisma", "currentSchema": "JDBC",
        "prepareThreshold": "JDBC", "statement_cache_size": "asyncpg", "prepared_statement_cache_size": "SQLAlchemy",
        "async_fallback": "SQLAlchemy", "pool_max_conns": "pgx", "default_query_exec_mode": "pgx",
        "binary_parameters": "lib/pq", "pool": "Rails", "prepared_statements": "Rails", "serverVersion": "Doctrine",
        "charset": "Doctrine",
    ]

    /// The first setting after the question mark that is known to be another program's.
    private static func foreignSetting(in url: String) -> String? {
        guard let query = url.split(separator: "?", maxSplits: 1).dropFirst().first else { return nil }
        for pair in query.split(separator: "&") {
            let name = String(pair.prefix { $0 != "=" })
            guard let program = foreignSettings[name] else { continue }
            let instead =
                name == "schema" || name == "currentSchema"
                ? "write options=-csearch_path%3D… in its place" : "remove it"
            return "\"\(name)\" is a setting of \(program), which libpq does not know: \(instead)"
        }
        return nil
    }
}
