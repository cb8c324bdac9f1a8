/// A step from a JSON value to one inside of it.
package enum JSONStep: Hashable, Sendable, CodingKey {
    /// Into an object.
    case key(String)
    /// Into a list, from 0.
    case index(Int)

    package var stringValue: String {
        switch self {
        case .key(let key): key
        case .index(let index): "[\(index)]"
        }
    }

    package var intValue: Int? {
        switch self {
        case .key: nil
        case .index(let index): index
        }
    }

    package init(stringValue: String) {
        self = .key(stringValue)
    }

    package init(intValue: Int) {
        self = .index(intValue)
    }
}

/// What is wrong with a JSON text, where, and what would be right.
package struct JSONFault: Error, Hashable, Sendable, CustomStringConvertible {
    /// The kind of fault.
    package enum Code: Hashable, Sendable {
        /// The text is not JSON, or ends early.
        case syntax
        /// The text is something else altogether, such as a Git LFS pointer or UTF-16.
        case foreign
        /// Bytes are not UTF-8, or an escape is half a character.
        case encoding
        /// A number is written as NaN or an infinity, or is too large for 64 bits.
        case notFinite
        /// A key comes twice in an object.
        case duplicateKey
        /// A key is missing in an object.
        case missingKey
        /// The text is JSON, but not what is asked for.
        case unfit
    }

    /// The kind of fault.
    package let code: Code
    /// The byte of the text.
    package let offset: Int
    /// What is there.
    package let found: String
    /// What should be there.
    package let expected: String
    /// What to do about it; empty where that is plain.
    package let fix: String
    /// The way from the top of the text to the value.
    package var steps: [JSONStep]
    /// The line and the column of the byte.
    package var place = TextPlace(line: 1, column: 1)

    /// Creates a fault; ``JSONReader`` adds the place.
    package init(
        _ code: Code = .unfit,
        offset: Int,
        found: String,
        expected: String,
        fix: String = "",
        steps: [JSONStep] = []
    ) {
        self.code = code
        self.offset = offset
        self.found = found
        self.expected = expected
        self.fix = fix
        self.steps = steps
    }

    /// The same fault inside of another value.
    package func inside(_ step: JSONStep) -> JSONFault {
        var fault = self
        fault.steps.insert(step, at: 0)
        return fault
    }

    /// The way to the value as `ratings[2].movie_id`; empty at the top.
    package var keyPath: String {
        steps.reduce(into: "") { path, step in
            switch step {
            case .index(let index): path += "[\(index)]"
            case .key(let key) where Self.isPlain(key): path += (path.isEmpty ? "" : ".") + key
            case .key(let key): path += "[\(excerpt(key))]"
            }
        }
    }

    private static func isPlain(_ key: String) -> Bool {
        !key.isEmpty && key.utf8.count <= 80
            && key.unicodeScalars.allSatisfy {
                $0.isASCII && ($0.properties.isAlphabetic || "0123456789_-".unicodeScalars.contains($0))
            }
    }

    /// The value, what was found and what is right, without the place.
    package var message: String {
        if code == .missingKey { return "`\(keyPath)` is missing" }
        return (steps.isEmpty ? "" : "`\(keyPath)`: ") + "found \(found), expected \(expected)"
            + (fix.isEmpty ? "" : "; \(fix)")
    }

    package var description: String { "\(place): \(message)" }
}

/// Returns a text from a file in quotes, cut to a length that fits a message.
func excerpt(_ text: String) -> String {
    let limit = 60
    let scalars = text.unicodeScalars
    let shown = String(String.UnicodeScalarView(scalars.prefix(limit)))
    return scalars.count <= limit ? "\"\(shown)\"" : "\"\(shown)…\""
}
