/// A header field.
struct HeaderField: Hashable, Sendable {
    /// The name, in lower case.
    var name: String
    /// The value.
    var value: String
}

extension [HeaderField] {
    /// The value of the first field with a name.
    func first(named name: String) -> String? { first { $0.name == name }?.value }
}
