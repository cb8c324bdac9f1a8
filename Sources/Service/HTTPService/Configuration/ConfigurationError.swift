/// A setting of the service that cannot be used.
///
/// The description is one line that names the variable or option; it never repeats the value of a secret.
package struct ConfigurationError: Error, Hashable, Sendable, CustomStringConvertible {
    /// The variable or option.
    package let name: String
    /// What was found and what was expected.
    package let message: String

    /// Creates an error.
    package init(_ name: String, _ message: String) {
        self.name = name
        self.message = message
    }

    package var description: String { "\(name): \(message)" }
}
