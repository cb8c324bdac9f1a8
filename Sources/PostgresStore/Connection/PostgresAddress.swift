import CLibPQ

/// Where a database is and how to sign in: a `postgresql://` URL or `key=value` pairs, as libpq understands them.
///
/// What the address leaves out comes from libpq's environment variables (`PGHOST`, `PGPASSWORD`, …) and defaults.
/// See <https://www.postgresql.org/docs/15/libpq-connect.html#LIBPQ-CONNSTRING>. Its description leaves passwords out.
package struct PostgresAddress: Hashable, Sendable, CustomStringConvertible, CustomDebugStringConvertible {
    private static let secretKeywords: Set<String> = ["password", "sslpassword", "passfile", "sslkey"]

    /// The settings that the address states, by libpq's keywords.
    let settings: [String: String]

    /// Parses a URL or `key=value` pairs.
    ///
    /// - Throws: ``PostgresError`` (`badAddress`), which never repeats the text: it may hold a password.
    package init(_ text: String) throws(PostgresError) {
        let text = Self.withoutWhitespaceAround(text)
        var message: UnsafeMutablePointer<CChar>?
        defer { PQfreemem(message) }
        guard !text.utf8.contains(0), !text.isEmpty else {
            throw Self.notUnderstood(text.isEmpty ? "it is empty" : "it contains a NUL character")
        }
        if let options = PQconninfoParse(text, &message) {
            defer { PQconninfoFree(options) }
            var settings: [String: String] = [:]
            var option = options
            while let keyword = option.pointee.keyword {
                if let value = option.pointee.val {
                    settings[String(cString: keyword)] = String(cString: value)
                }
                option += 1
            }
            // Where "user:password@" lacks its "@", libpq takes the password for a port.
            guard settings["port"]?.allSatisfy({ $0.isNumber || $0 == "," }) ?? true else {
                throw Self.notUnderstood("its port is no number (it is not shown: it may be a password)")
            }
            self.settings = settings
            return
        }
        let reason = message.map { String(cString: $0) } ?? ""
        // Any other message of libpq's parser may quote the part that holds the password.
        let quotesOnlyAKeyword = ["invalid connection option", "invalid URI query parameter"]
            .contains { reason.hasPrefix($0) }
        let mistake =
            Self.commonMistake(in: text)
            ?? (quotesOnlyAKeyword
                ? reason
                : "libpq cannot parse it (its text is not shown: it may hold a password)")
        throw Self.notUnderstood(mistake)
    }

    /// Creates an address from libpq's keywords.
    init(settings: [String: String]) {
        self.settings = settings
    }

    /// The same address with another database.
    package func withDatabase(_ name: String) -> PostgresAddress {
        PostgresAddress(settings: settings.merging(["dbname": name]) { $1 })
    }

    /// The same address with tables looked up in a schema of the database.
    ///
    /// - Parameter schema: Its name, of lower-case letters, digits and underscores.
    /// - Returns: The address, for servers that take `options` when a connection starts; most poolers do not.
    package func withSchema(_ schema: String) -> PostgresAddress {
        precondition(
            schema.utf8.allSatisfy { (97...122).contains($0) || (48...57).contains($0) || $0 == 95 },
            "a schema named \(schema)"
        )
        return PostgresAddress(settings: settings.merging(["options": "-c search_path=\(schema)"]) { $1 })
    }

    /// The address as `key=value` pairs without any secret.
    package var description: String {
        settings.filter { !Self.secretKeywords.contains($0.key) }.sorted { $0.key < $1.key }
            .map { "\($0.key)=\(Self.quoted($0.value))" }.joined(separator: " ")
    }

    package var debugDescription: String { description }

    /// The address as `key=value` pairs with its password, for a program that signs in itself; never for any text.
    package var withSecrets: String {
        settings.sorted { $0.key < $1.key }.map { "\($0.key)=\(Self.quoted($0.value))" }.joined(separator: " ")
    }

    /// The values that no text may show.
    package var secrets: [String] {
        settings.filter { Self.secretKeywords.contains($0.key) }.map(\.value)
    }

    private static func quoted(_ value: String) -> String {
        let isPlain = !value.isEmpty && !value.contains { $0.isWhitespace || $0 == "'" || $0 == "\\" }
        if isPlain { return value }
        let escaped = value.flatMap { $0 == "'" || $0 == "\\" ? ["\\", $0] : [$0] }
        return "'\(String(escaped))'"
    }

    private static func notUnderstood(_ reason: String) -> PostgresError {
        PostgresError(
            .badAddress,
            "the database address is not understood: \(reason); write postgresql://user@host:5432/database or "
                + "host=… port=… dbname=… user=…"
        )
    }
}
