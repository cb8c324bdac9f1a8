/// The first stage of initialisation, which looks for the variables that the service cannot work without.
package struct EnvironmentCheck: Hashable, Sendable {
    /// The names of the variables that must be present and not empty.
    package let required: [String]

    /// Creates a check.
    package init(required: [String]) {
        self.required = required
    }

    /// Variables the service cannot work without, none of which is set.
    package struct Failure: Error, Hashable, CustomStringConvertible {
        /// The missing names in the order in which they are required.
        package let missing: [String]

        package var description: String {
            "required environment \(missing.count == 1 ? "variable is" : "variables are") missing: "
                + missing.joined(separator: ", ")
        }
    }

    /// Checks an environment; values are looked at only for being empty.
    package func run(in environment: [String: String]) throws(Failure) {
        let missing = required.filter { environment[$0, default: ""].isEmpty }
        if !missing.isEmpty { throw Failure(missing: missing) }
    }
}
