/// Results that cannot be written or read.
package struct ResultError: Error, Equatable, CustomStringConvertible {
    /// What kind of failure it is.
    package struct Code: Hashable, Sendable {
        private enum Value { case badName, noSchema, foreignSchema, newerSchema, noRights, different, unknown }
        private let value: Value

        /// A text cannot be the name of a schema.
        package static let badName = Code(value: .badName)
        /// There are no results: nobody has written any.
        package static let noSchema = Code(value: .noSchema)
        /// The schema holds something else.
        package static let foreignSchema = Code(value: .foreignSchema)
        /// A newer program has made the schema.
        package static let newerSchema = Code(value: .newerSchema)
        /// The user may not do what has to be done.
        package static let noRights = Code(value: .noRights)
        /// The same shard, or the same run, is there with another content.
        package static let different = Code(value: .different)
        /// A run or a metric that does not exist.
        package static let unknown = Code(value: .unknown)
    }

    /// What kind of failure it is.
    package let code: Code
    /// The failure in one line: what was found, what was expected, what to do.
    package let message: String

    /// Creates an error.
    package init(_ code: Code, _ message: String) {
        self.code = code
        self.message = message
    }

    package var description: String { message }

    package static func == (left: ResultError, right: ResultError) -> Bool { left.code == right.code }
}
