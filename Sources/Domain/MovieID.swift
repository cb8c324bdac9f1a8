/// An opaque movie id.
///
/// Files and requests carry ids as JSON strings or whole numbers; `318` and `"318"` are the same id. Ids are compared
/// by their characters and never ordered, padded or rounded as numbers.
package struct MovieID: Hashable, Sendable, CustomStringConvertible, ExpressibleByStringLiteral {
    /// The id as it is written.
    package let text: String

    /// Creates an id from its characters.
    package init(_ text: String) {
        self.text = text
    }

    package init(stringLiteral value: String) {
        self.text = value
    }

    package var description: String { text }
}

extension MovieID: Codable {
    package init(from decoder: any Decoder) throws {
        let container = try decoder.singleValueContainer()
        if let text = try? container.decode(String.self) {
            self.text = text
        } else if let number = try? container.decode(Int64.self) {
            self.text = String(number)
        } else {
            throw DecodingError.dataCorruptedError(
                in: container,
                debugDescription: "a movie id must be a string or a whole number"
            )
        }
    }

    package func encode(to encoder: any Encoder) throws {
        var container = encoder.singleValueContainer()
        try container.encode(text)
    }
}
