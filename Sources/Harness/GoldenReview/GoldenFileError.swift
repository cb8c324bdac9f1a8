/// A golden, or the file of its pending differences, that is not there or cannot be used.
package struct GoldenFileError: Error, Hashable, Sendable, CustomStringConvertible {
    /// What is wrong.
    package enum Code: String, Hashable, Sendable, CaseIterable {
        /// There is no golden.
        case missing
        /// There is a golden already.
        case exists
        /// There are no pending differences.
        case nothingPending
        /// The golden is not the one that the differences are about.
        case changed
        /// A file cannot be read.
        case unreadable
        /// A file cannot be written.
        case unwritable
    }

    /// What is wrong.
    package let code: Code
    /// The file, what was found, and what to do next, in one line.
    package let message: String

    /// Creates an error.
    init(_ code: Code, _ message: String) {
        self.code = code
        self.message = message
    }

    package var description: String { message }
}
