/// A golden file that cannot be trusted.
package struct GoldenError: Error, Hashable, Sendable, CustomStringConvertible {
    /// What is wrong with the file.
    package enum Code: String, Hashable, Sendable, CaseIterable {
        /// The file holds nothing.
        case empty
        /// A merge left its conflict markers in the file.
        case conflictMarker
        /// A line is not JSON of the expected shape, or ends early.
        case malformed
        /// A number is NaN or infinite.
        case notFinite
        /// The first line is not the header.
        case missingHeader
        /// The header states a version that is not known.
        case unknownVersion
        /// A session, a movie or a key appears twice.
        case duplicate
        /// Ranks do not run 1…n, or the scores do not fall with them.
        case brokenRanks
        /// Two statements of the file contradict each other.
        case contradiction
    }

    /// What is wrong with the file.
    package let code: Code
    /// The file's path as it was given.
    package let file: String
    /// The line, from 1.
    package let line: Int
    /// What was found and what was expected, in one line.
    package let message: String

    /// Creates an error.
    package init(_ code: Code, file: String, line: Int, message: String) {
        self.code = code
        self.file = file
        self.line = line
        self.message = message
    }

    package var description: String {
        "\(file):\(line): \(message); restore the file or write it again with golden/reference"
    }
}
