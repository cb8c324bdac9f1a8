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
    /// - Returns: The mistake and what to do, without any part of the text but its scheme; `nil` for any other.
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
        guard !["postgresql", "postgres"].contains(scheme), !scheme.contains("=") else { return nil }
        return !isScheme || scheme.isEmpty || scheme.utf8.count > 40
            ? "its scheme is not postgresql://"
            : "its scheme is \(scheme)://, which is another program's; write postgresql:// in its place"
    }
}
