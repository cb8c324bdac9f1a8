/// An error of the database, its connection or the throw-away server.
///
/// The description is one line that says what was found and what to do. It never carries a password or the values of
/// a statement's parameters.
package struct PostgresError: Error, Hashable, Sendable, CustomStringConvertible {
    /// The kinds of error.
    package enum Code: String, Hashable, Sendable {
        /// The text given as the database's address could not be understood.
        case badAddress
        /// No server answers at the address.
        case unreachable
        /// A server answers and refuses the connection.
        case rejected
        /// The connection ended while it was in use.
        case connectionLost
        /// The connection ended while a transaction was being committed, so that it may or may not have landed.
        case commitOutcomeUnknown
        /// The server refused a statement.
        case statementFailed
        /// A statement took longer than it may, or its task was cancelled.
        case statementCancelled
        /// A result is not what the schema promises.
        case unexpectedData
        /// A table or column of the service's schema is missing.
        case wrongSchema
        /// A role whose view was asked for does not exist or may not be taken on.
        case roleRefused
        /// Rows that a run would insert could not be removed again, or those that it inserted were not.
        case notRemovable
        /// A session to be inserted is already in the database.
        case sessionExists
        /// The programs of PostgreSQL 15 or newer, or what starts them, are not installed.
        case missingPrograms
        /// The throw-away server could not be prepared or started.
        case serverStart
        /// A file or folder could not be read or written.
        case file
    }

    /// The kind of error.
    package let code: Code
    /// What was found and what to do, in one line.
    package let message: String
    /// The server's five-character SQLSTATE, where it gave one.
    package let sqlState: String?

    /// Creates an error; line breaks in the message become "; ".
    package init(_ code: Code, _ message: String, sqlState: String? = nil) {
        self.code = code
        self.message = Self.oneLine(message)
        self.sqlState = sqlState
    }

    package var description: String {
        guard let sqlState else { return message }
        return "\(message) (SQLSTATE \(sqlState))"
    }

    /// Joins the lines of a message, without indentation and empty lines, to a single one.
    ///
    /// - Complexity: O(*n*) in the message's length.
    static func oneLine(_ text: String) -> String {
        text.split(whereSeparator: \.isNewline)
            .map { line in
                String(line.map { $0.unicodeScalars.allSatisfy { $0.value >= 32 } ? $0 : " " })
                    .split(separator: " ").joined(separator: " ")
            }
            .filter { !$0.isEmpty }
            .joined(separator: "; ")
    }
}
