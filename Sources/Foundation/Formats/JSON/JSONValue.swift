/// A value of a JSON text, with the byte at which it begins.
package struct JSONValue: Hashable, Sendable {
    /// One of the six kinds of values.
    package enum Kind: Hashable, Sendable {
        case null
        case flag(Bool)
        case number(JSONNumber)
        case text(String)
        case list([JSONValue])
        case object([Member])
    }

    /// A key of an object with its value.
    package struct Member: Hashable, Sendable {
        /// The key; it comes once in its object.
        package let key: String
        /// The value.
        package let value: JSONValue
    }

    /// What it is.
    package let kind: Kind
    /// The byte of the text at which it begins.
    package let offset: Int

    init(_ kind: Kind, at offset: Int) {
        self.kind = kind
        self.offset = offset
    }

    /// What it is in a word or a short excerpt, for messages.
    package var described: String {
        switch kind {
        case .null: "null"
        case .flag(let flag): flag ? "true" : "false"
        case .number(let number): number.text.utf8.count <= 40 ? number.text : number.text.prefix(40) + "…"
        case .text(let text): excerpt(text)
        case .list: "a list"
        case .object: "an object"
        }
    }

    /// The value that a step leads to, `nil` where there is none.
    subscript(step: any CodingKey) -> JSONValue? {
        switch kind {
        case .list(let elements):
            step.intValue.flatMap { elements.indices.contains($0) ? elements[$0] : nil }
        case .object(let members):
            members.first { haveSameBytes($0.key, step.stringValue) }?.value
        default: nil
        }
    }
}
