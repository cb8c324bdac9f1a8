import CLibPQ
package import SafeText

/// Where a database is and how to sign in: a `postgresql://` URL or `key=value` pairs, as libpq understands them.
///
/// What the address leaves out comes from libpq's environment variables (`PGHOST`, `PGPASSWORD`, …) and defaults, unless
/// the address ``isComplete``. See <https://www.postgresql.org/docs/15/libpq-connect.html#LIBPQ-CONNSTRING>. Its
/// description leaves passwords out.
package struct PostgresAddress: Hashable, Sendable, CustomStringConvertible, CustomDebugStringConvertible {
    private static let secretKeywords: Set<String> = ["password", "sslpassword"]

    /// The settings that the address states, by libpq's keywords.
    let settings: [String: String]
    /// Whether every setting that is not stated has libpq's own default, whatever the variables say.
    let isComplete: Bool
    /// Takes the address's passwords out of texts.
    package let redaction: Redaction

    /// Parses a URL or `key=value` pairs.
    ///
    /// - Throws: ``PostgresError`` (`badAddress`), which never repeats the text: it may hold a password. So does an
    ///   address that libpq would read otherwise than it was meant, with a part of a password as the host.
    package init(_ text: String) throws(PostgresError) {
        let text = Self.withoutWhitespaceAround(text)
        let written = AddressText(text)
        self.init(settings: try Self.parse(text, written), besides: written.redaction)
    }

    /// Creates an address from libpq's keywords.
    package init(settings: [String: String], isComplete: Bool = false, besides redaction: Redaction = Redaction()) {
        self.settings = settings
        self.isComplete = isComplete
        let secrets = Self.secretKeywords.compactMap { settings[$0] }
        let shown = ["user", "host", "hostaddr", "port", "dbname"].compactMap { settings[$0] }
        self.redaction = redaction.union(secrets, besides: shown)
    }

    /// The same address with another database.
    package func withDatabase(_ name: String) -> PostgresAddress { with(["dbname": name]) }

    /// The same address with tables looked up in a schema of the database.
    ///
    /// - Parameter schema: Its name, of lower-case letters, digits and underscores.
    /// - Returns: The address, for servers that take `options` when a connection starts; most poolers do not.
    package func withSchema(_ schema: String) -> PostgresAddress {
        precondition(
            schema.utf8.allSatisfy { (97...122).contains($0) || (48...57).contains($0) || $0 == 95 },
            "a schema named \(schema)"
        )
        return with(["options": "-c search_path=\(schema)"])
    }

    /// The same address with other settings; an empty one is not stated any more.
    func with(_ changes: [String: String]) -> PostgresAddress {
        PostgresAddress(
            settings: settings.merging(changes) { $1 }.filter { !$0.value.isEmpty },
            isComplete: isComplete,
            besides: redaction
        )
    }

    /// Whether the address states a password.
    package var statesPassword: Bool { settings["password"] != nil }

    /// The address as `key=value` pairs without any secret.
    package var description: String {
        Self.text(of: settings.filter { !Self.secretKeywords.contains($0.key) })
    }

    package var debugDescription: String { description }

    /// The address as `key=value` pairs with its password, for a program that signs in itself; never for any text.
    package var withSecrets: String { Self.text(of: settings) }

    /// Returns settings as `key=value` pairs, sorted by keyword.
    static func text(of settings: [String: String]) -> String {
        settings.sorted { $0.key < $1.key }.map { "\($0.key)=\(quoted($0.value))" }.joined(separator: " ")
    }

    private static func quoted(_ value: String) -> String {
        let scalars = value.unicodeScalars
        let isPlain = !scalars.isEmpty && !scalars.contains { $0.properties.isWhitespace || $0 == "'" || $0 == "\\" }
        if isPlain { return value }
        let escaped = scalars.flatMap { $0 == "'" || $0 == "\\" ? ["\\", $0] : [$0] }
        return "'\(String(String.UnicodeScalarView(escaped)))'"
    }
}
