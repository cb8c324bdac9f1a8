import CLibPQ
import SafeText

extension PostgresAddress {
    /// Returns the settings that a text states, as libpq parses it.
    ///
    /// - Throws: ``PostgresError`` (`badAddress`) without any part of the text but the name of a setting.
    static func parse(_ text: String, _ written: AddressText) throws(PostgresError) -> [String: String] {
        guard !text.utf8.contains(0), !text.isEmpty else {
            throw notUnderstood(text.isEmpty ? "it is empty" : "it contains a NUL character")
        }
        let isURL = ["postgresql://", "postgres://"].contains { text.hasPrefix($0) }
        guard !isURL || !written.isAmbiguous else {
            throw notUnderstood(
                "it has an @, or a / before an @, where the host is expected (it is not shown: it may be a password)"
            )
        }
        // Messages of libpq's parser may quote the part that holds the password.
        guard let options = PQconninfoParse(text, nil) else {
            throw notUnderstood(
                commonMistake(in: text)
                    ?? unknownKeyword(in: text, isURL: isURL).map { "libpq knows no setting \"\($0)\"; leave it out" }
                    ?? "libpq cannot parse it (its text is not shown: it may hold a password)"
            )
        }
        defer { PQconninfoFree(options) }
        let settings = ConnectionOptions(options).values
        // Where "user:password@" lacks its "@", libpq takes the password for a port.
        guard settings["port"]?.allSatisfy({ $0.isNumber || $0 == "," }) ?? true else {
            throw notUnderstood("its port is no number (it is not shown: it may be a password)")
        }
        return settings
    }

    /// The first setting of a text that libpq does not know, where it cannot be a part of a password.
    private static func unknownKeyword(in text: String, isURL: Bool) -> String? {
        let known = ConnectionOptions.defaults.keywords.union(["ssl"])
        func isUnknown(_ name: Substring) -> Bool {
            !name.isEmpty && name.utf8.allSatisfy { (97...122).contains($0 | 0x20) || $0 == UInt8(ascii: "_") }
                && !known.contains(String(name))
        }
        if isURL {
            guard let query = text.split(separator: "?", maxSplits: 1).dropFirst().first, !query.contains("@") else {
                return nil
            }
            return query.split(separator: "&").map { $0.prefix { $0 != "=" } }.first(where: isUnknown).map(String.init)
        }
        for pair in text.split(whereSeparator: \.isWhitespace) {
            let name = pair.prefix { $0 != "=" }
            // What follows a password may be the rest of it.
            if name.endIndex == pair.endIndex || name.hasSuffix("password") { return nil }
            if isUnknown(name) { return String(name) }
        }
        return nil
    }

    private static func notUnderstood(_ reason: String) -> PostgresError {
        PostgresError(
            .badAddress,
            "the database address is not understood: \(reason); write postgresql://user@host:5432/database, in a "
                + "password @ as %40, : as %3A, / as %2F, ? as %3F, # as %23 and % as %25, or write host=… port=… "
                + "dbname=… user=… password='…'"
        )
    }
}
