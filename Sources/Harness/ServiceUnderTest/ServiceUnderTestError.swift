/// An error of the harness's own work on a service: a program that cannot be started, a service that cannot be asked.
package struct ServiceUnderTestError: Error, Hashable, Sendable, CustomStringConvertible {
    /// What kind of error it is.
    package struct Code: Hashable, Sendable {
        private enum Kind: Hashable, Sendable {
            case launch
            case log
            case unreachable
            case notImposable
            case badAddress
        }

        private let kind: Kind

        /// The program cannot be started.
        package static let launch = Code(kind: .launch)
        /// The service's log cannot be written to the report folder.
        package static let log = Code(kind: .log)
        /// The deployed service does not answer.
        package static let unreachable = Code(kind: .unreachable)
        /// The target cannot bring about what the scenario asks for.
        package static let notImposable = Code(kind: .notImposable)
        /// The address of a service makes no sense.
        package static let badAddress = Code(kind: .badAddress)
    }

    /// What kind of error it is.
    package let code: Code
    /// What happened and what to do, in one line without any secret.
    package let message: String

    /// Creates an error.
    package init(_ code: Code, _ message: String) {
        self.code = code
        self.message = message
    }

    package var description: String { message }
}
