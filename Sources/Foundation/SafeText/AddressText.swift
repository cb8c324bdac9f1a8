/// What a text that may be an address, a URL or `key=value` pairs, holds that no other text may show.
///
/// It reads what people write, not what a specification allows: the password of a URL reaches to the *last* `@`, for an
/// `@` in it is the commonest mistake. See <https://www.postgresql.org/docs/15/libpq-connect.html#LIBPQ-CONNSTRING>.
package struct AddressText: Hashable, Sendable {
    /// The passwords in it, as they are written and decoded.
    package private(set) var secrets: [String] = []
    /// The user, the host, the port and the database, where the text is plain enough to tell them apart.
    package private(set) var shown: [String] = []
    /// Whether a program that takes the first `@` for the password's end would read another host than was meant.
    package private(set) var isAmbiguous = false

    /// Reads a text, which need not be an address.
    package init(_ text: String) {
        // Bytes, as every parser of addresses: to a `Character` an @ with a combining accent is no @.
        let bytes = Array(text.utf8)
        readURL(bytes)
        readPairs(bytes)
    }

    /// The redaction of the text's own secrets.
    package var redaction: Redaction { Redaction(secrets, besides: shown) }

    private static func decoded(_ bytes: ArraySlice<UInt8>) -> String {
        String(decoding: PercentEncoding.decoded(bytes), as: UTF8.self)
    }

    private mutating func readURL(_ text: [UInt8]) {
        guard let scheme = text[...].firstRange(of: "://".utf8) else { return }
        let rest = text[scheme.upperBound...]
        guard let last = rest.lastIndex(of: UInt8(ascii: "@")) else { return }
        let first = rest.firstIndex { $0 == UInt8(ascii: "@") || $0 == UInt8(ascii: "/") } ?? last
        let hasUser = rest[first] == UInt8(ascii: "@")
        // Without a user, an @ in the query is the value of a parameter.
        isAmbiguous = hasUser ? last > first : rest.prefix { $0 != UInt8(ascii: "?") }.contains(UInt8(ascii: "@"))
        guard hasUser || isAmbiguous else { return }
        let user = rest.prefix { !":@/".utf8.contains($0) }
        add(rest[user.endIndex..<last].dropFirst())
        guard !isAmbiguous else { return }
        let place = rest[(last + 1)...].prefix { $0 != UInt8(ascii: "?") }
        shown += ([user] + place.split { "/:,".utf8.contains($0) }).map(Self.decoded)
    }

    private mutating func readPairs(_ text: [UInt8]) {
        for name in ["password", "user", "host", "dbname", "port"] {
            var rest = text[...]
            while let found = rest.firstRange(of: name.utf8) {
                rest = rest[found.upperBound...]
                let equals = rest.drop { $0 == UInt8(ascii: " ") }
                guard equals.first == UInt8(ascii: "=") else { continue }
                let values = Self.values(equals.dropFirst().drop { $0 == UInt8(ascii: " ") })
                guard name == "password" else {
                    shown += values.prefix(1).map(Self.decoded)
                    continue
                }
                for value in values { add(value) }
            }
        }
    }

    /// The value at the beginning of a text: quoted, or up to white space, and up to an `&` as in a URL.
    private static func values(_ text: ArraySlice<UInt8>) -> [ArraySlice<UInt8>] {
        guard text.first == UInt8(ascii: "'") else {
            let word = text.prefix { $0 > 32 }
            return [word, word.prefix { $0 != UInt8(ascii: "&") }]
        }
        var value: [UInt8] = []
        var rest = text.dropFirst()
        while let next = rest.popFirst(), next != UInt8(ascii: "'") {
            value.append(next == UInt8(ascii: "\\") ? rest.popFirst() ?? next : next)
        }
        return [value[...]]
    }

    private mutating func add(_ secret: ArraySlice<UInt8>) {
        guard !secret.isEmpty else { return }
        secrets.append(String(decoding: secret, as: UTF8.self))
        secrets.append(Self.decoded(secret))
    }
}
