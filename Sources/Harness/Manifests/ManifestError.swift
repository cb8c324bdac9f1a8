/// A manifest that cannot be written.
package struct ManifestError: Error, Hashable, Sendable, CustomStringConvertible {
    /// The kinds of errors.
    package struct Code: Hashable, Sendable {
        private enum Kind {
            case badValue
            case literalSecret
            case outOfReach
            case unreadable
        }

        private let kind: Kind

        /// A value that its parameter cannot have.
        package static let badValue = Code(kind: .badValue)
        /// A secret that stands where a reference to one belongs.
        package static let literalSecret = Code(kind: .literalSecret)
        /// A value that the engine does not take.
        package static let outOfReach = Code(kind: .outOfReach)
        /// A text that is no measurement.
        package static let unreadable = Code(kind: .unreadable)
    }

    /// The kind of error.
    package let code: Code
    /// What was found, what was expected and what to do; no secret is in it.
    package let message: String

    /// Creates an error.
    package init(_ code: Code, _ message: String) {
        self.code = code
        self.message = message
    }

    package var description: String { message }
}
