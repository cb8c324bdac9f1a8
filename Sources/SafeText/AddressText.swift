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
        readURL(text[...])
        readPairs(text[...])
    }

    /// The redaction of the text's own secrets.
    package var redaction: Redaction { Redaction(secrets, besides: shown) }

    /// Returns a text with `%40` and the like replaced by what they stand for; what is no such escape stays.
    package static func percentDecoded(_ text: some StringProtocol) -> String {
        let bytes = Array(text.utf8)
        var decoded: [UInt8] = []
        var index = 0
        while index < bytes.count {
            if bytes[index] == UInt8(ascii: "%"),
                let written = WrittenCharacter(in: bytes[...], at: index, isJSON: false)
            {
                decoded += written.bytes
                index = written.end
            } else {
                decoded.append(bytes[index])
                index += 1
            }
        }
        return String(decoding: decoded, as: UTF8.self)
    }

    private mutating func readURL(_ text: Substring) {
        guard let scheme = text.firstRange(of: "://") else { return }
        let rest = text[scheme.upperBound...]
        guard let at = rest.lastIndex(of: "@") else { return }
        let user = rest[..<at].prefix { $0 != ":" && $0 != "@" && $0 != "/" }
        let authority = rest.prefix { $0 != "@" && $0 != "/" }
        let hasUser = authority.endIndex < rest.endIndex && rest[authority.endIndex] == "@"
        let tail = hasUser ? rest[rest.index(after: authority.endIndex)...] : rest
        // Without a user, an @ in the query is the value of a parameter.
        isAmbiguous = hasUser ? tail.contains("@") : tail.prefix { $0 != "?" }.contains("@")
        if !hasUser, !isAmbiguous { return }
        if user.endIndex < at, rest[user.endIndex] != "@" {
            add(rest[rest.index(after: user.endIndex)..<at])
        } else if isAmbiguous {
            add(rest[user.endIndex..<at])
        }
        guard !isAmbiguous else { return }
        let place = tail.prefix { $0 != "?" }
        shown += ([user] + place.split { "/:,".contains($0) }).map(Self.percentDecoded)
    }

    private mutating func readPairs(_ text: Substring) {
        for (name, isSecret) in [
            ("password", true), ("user", false), ("host", false), ("dbname", false), ("port", false),
        ] {
            var rest = text
            while let found = rest.firstRange(of: name) {
                rest = rest[found.upperBound...]
                let equals = rest.drop { $0 == " " }
                guard equals.first == "=" else { continue }
                let value = Self.value(equals.dropFirst().drop { $0 == " " })
                guard isSecret else {
                    shown += value.prefix(1).map(String.init)
                    continue
                }
                for secret in value { add(secret) }
            }
        }
    }

    /// The value at the beginning of a text: quoted, or up to white space, and up to an `&` as in a URL.
    private static func value(_ text: Substring) -> [Substring] {
        guard text.first == "'" else {
            let word = text.prefix { !$0.isWhitespace }
            return [word, word.prefix { $0 != "&" }].filter { !$0.isEmpty }
        }
        var value = ""
        var rest = text.dropFirst()
        while let next = rest.popFirst(), next != "'" {
            if next == "\\", let escaped = rest.popFirst() { value.append(escaped) } else { value.append(next) }
        }
        return value.isEmpty ? [] : [value[...]]
    }

    private mutating func add(_ secret: Substring) {
        secrets.append(String(secret))
        let decoded = Self.percentDecoded(secret)
        if decoded != secret { secrets.append(decoded) }
    }
}
