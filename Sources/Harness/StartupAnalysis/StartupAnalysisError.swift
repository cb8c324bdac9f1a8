/// An analysis of starts that cannot be made.
package struct StartupAnalysisError: Error, Hashable, Sendable, CustomStringConvertible {
    /// The kinds of errors.
    package struct Code: Hashable, Sendable {
        private enum Kind {
            case unknownName
            case badValue
            case empty
            case unreadable
            case outOfReach
            case unattributed
        }

        private let kind: Kind

        /// A parameter, a stage or a scenario that does not exist.
        package static let unknownName = Code(kind: .unknownName)
        /// A value that its parameter cannot have.
        package static let badValue = Code(kind: .badValue)
        /// Nothing is left to be simulated or shown.
        package static let empty = Code(kind: .empty)
        /// No configuration that the platform takes would do.
        package static let outOfReach = Code(kind: .outOfReach)
        /// A start of which time belongs to no stage.
        package static let unattributed = Code(kind: .unattributed)
        /// A file that is no report of a run, or lacks what is asked of it.
        package static let unreadable = Code(kind: .unreadable)
    }

    /// The kind of error.
    package let code: Code
    /// What was found, what was expected and what to do, in one line.
    package let message: String

    /// Creates an error.
    package init(_ code: Code, _ message: String) {
        self.code = code
        self.message = message
    }

    package var description: String { message }
}
