/// An answer of an HTTP/1 server, as far as it was read.
struct HTTPAnswer: Hashable, Sendable {
    /// The status.
    var status: Int
    /// The fields in their order, names in lower case.
    var fields: [Field]
    /// The body, cut at the reader's limit.
    var body: [UInt8]

    /// One header field.
    struct Field: Hashable, Sendable {
        /// The name in lower case.
        var name: String
        /// The value without white space around it.
        var value: String
    }

    /// The first value of a field, by its name in lower case.
    subscript(name: String) -> String? { fields.first { $0.name == name }?.value }

    /// The elements of a field that is a list, by its name in lower case, from all its lines (RFC 9110, section 5.6.1).
    func list(_ name: String) -> [String] {
        fields.filter { $0.name == name }
            .flatMap { $0.value.utf8.split(separator: UInt8(ascii: ","), omittingEmptySubsequences: true) }
            .map { String(decoding: $0.trimmed, as: UTF8.self) }
            .filter { !$0.isEmpty }
    }

    /// Where a redirection leads, in words for a message; `nil` where the answer is none (RFC 9110, section 15.4).
    ///
    /// Redirections are not followed: the platform's probe follows none, and what answers elsewhere is another service.
    var redirection: String? {
        guard [301, 302, 303, 307, 308].contains(status) else { return nil }
        let target = self["location"].map { "to " + $0.prefix(300).filter { $0.isASCII && !$0.isNewline } }
        return "status \(status) leads \(target ?? "elsewhere without saying where")"
    }
}

extension Collection<UInt8> where SubSequence: BidirectionalCollection<UInt8> {
    /// The bytes without the spaces and tabs around them.
    var trimmed: [UInt8] {
        let start = drop { $0 == 0x20 || $0 == 0x09 }
        let end = start.lastIndex { $0 != 0x20 && $0 != 0x09 }
        return end.map { Array(start[...$0]) } ?? []
    }
}
