/// An error of the database proxy.
///
/// The description is one line. It never carries the bytes of a message: they may hold a password.
package struct ProxyError: Error, Hashable, Sendable, CustomStringConvertible {
    /// The kinds of error.
    package enum Code: String, Hashable, Sendable {
        /// What came is not PostgreSQL's protocol, or a length in it cannot be true.
        case badMessage
        /// The proxy could not listen.
        case listen
        /// The proxy was used before its start or after its stop.
        case notRunning
    }

    /// The kind of error.
    package let code: Code
    /// What was found and what was expected, in one line.
    package let message: String

    /// Creates an error.
    package init(_ code: Code, _ message: String) {
        self.code = code
        self.message = message
    }

    package var description: String { message }
}
