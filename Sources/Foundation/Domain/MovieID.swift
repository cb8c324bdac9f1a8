import Formats

/// An opaque movie id.
///
/// Files and requests carry ids as JSON strings or whole numbers of any length; `318` and `"318"` are the same id. Ids
/// are compared by their bytes in UTF-8 and never ordered, padded or rounded as numbers.
package struct MovieID: Hashable, Comparable, Sendable, CustomStringConvertible, ExpressibleByStringInterpolation {
    /// The id as it is written; compare ids, not their texts.
    package let text: String

    /// Creates an id from its characters.
    package init(_ text: String) {
        self.text = text
    }

    package init(stringLiteral value: String) {
        self.text = value
    }

    /// Whether the bytes are the same.
    ///
    /// - Complexity: O(*n*) in the bytes; nothing is allocated.
    @inlinable
    package static func == (left: MovieID, right: MovieID) -> Bool {
        haveSameBytes(left.text, right.text)
    }

    /// Whether the bytes come first, for output that is the same every time; no order of movies is meant.
    package static func < (left: MovieID, right: MovieID) -> Bool {
        ExactText(left.text) < ExactText(right.text)
    }

    /// Feeds the bytes to a hash.
    @inlinable
    package func hash(into hasher: inout Hasher) {
        hashBytes(of: text, into: &hasher)
    }

    package var description: String { text }
}

extension MovieID: Codable {
    package init(from decoder: any Decoder) throws {
        let container = try decoder.singleValueContainer()
        if let text = try? container.decode(String.self) {
            self.text = text
        } else if let number = try? container.decode(JSONNumber.self), number.isWhole {
            self.text = number.text
        } else {
            throw DecodingError.dataCorruptedError(in: container, debugDescription: "text or a whole number")
        }
    }

    package func encode(to encoder: any Encoder) throws {
        var container = encoder.singleValueContainer()
        try container.encode(text)
    }
}
