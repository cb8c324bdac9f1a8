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
}
