/// An input of a comparison that cannot be used, or that does not fit the others.
package struct ComparisonError: Error, Hashable, Sendable, CustomStringConvertible {
    /// The file or the argument.
    package let subject: String
    /// The line, from 1, where one is meant.
    package let line: Int?
    /// What was found, what was expected and what to do next.
    package let message: String

    /// Creates an error.
    package init(_ subject: String, line: Int? = nil, _ message: String) {
        self.subject = subject
        self.line = line
        self.message = message
    }

    package var description: String { "\(subject):\(line.map { "\($0):" } ?? "") \(message)" }
}
