/// Passwords as they break addresses.
package enum Passwords {
    private static let pieces = [
        "@", ":", "/", "?", "#", "%", "%40", "%zz", "&", "=", " ", "'", "\"", "\\", "+", ";", ",", "[", "]", "$", "`",
        "!", "ö", "é", "日本", "😀", "\u{301}", "|", "<", ">", "~", "-", "a", "b", "q", "W", "Z", "0", "7", "9", "x",
    ]

    /// Returns a password that holds letters, digits, many characters with a meaning in URLs, and multibyte ones.
    package static func random(
        _ generator: inout some RandomNumberGenerator,
        length: ClosedRange<Int>
    ) -> String {
        let count = Int.random(in: length, using: &generator)
        let middle = (0..<count).map { _ in pieces[Int.random(in: pieces.indices, using: &generator)] }.joined()
        return "Ze\(middle)Qu"
    }

    /// Returns a text as it stands in a URL: everything but unreserved characters percent-encoded (RFC 3986, 2.3).
    package static func percentEncoded(_ text: String) -> String {
        text.utf8
            .map { byte in
                let scalar = Unicode.Scalar(byte)
                let isPlain =
                    byte < 128 && (scalar.properties.isAlphabetic || "0123456789-._~".unicodeScalars.contains(scalar))
                let digits = String(byte, radix: 16, uppercase: true)
                return isPlain ? String(Character(scalar)) : "%" + (byte < 16 ? "0" : "") + digits
            }
            .joined()
    }

    /// Returns a text as the value of a `key=value` pair.
    package static func quoted(_ text: String) -> String {
        let escaped = text.unicodeScalars.flatMap { $0 == "'" || $0 == "\\" ? ["\\", $0] : [$0] }
        return "'" + String(String.UnicodeScalarView(escaped)) + "'"
    }
}
