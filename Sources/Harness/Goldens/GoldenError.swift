/// A golden file, or a file of rankings to make one from, that cannot be trusted.
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
        /// A movie that the catalogue does not have, or a session that the sessions file does not have.
        case unknownID
    }

    /// What to do about a file that cannot be trusted.
    package enum Remedy: String, Hashable, Sendable {
        /// For goldens.
        case golden = "restore the file or write it again with golden/reference"
        /// For rankings that a golden is to be made of or compared with.
        case rankings = "correct the rankings; each line is what coldstart rank --format jsonl prints"
        /// For goldens of timelines.
        case timeline = "restore the file or make it again with coldstart golden timeline new"
        /// For pending differences, which can be found again.
        case pending = "remove the file and run coldstart golden check again"
    }

    /// What is wrong with the file.
    package let code: Code
    /// The file's path as it was given.
    package let file: String
    /// The line, from 1.
    package let line: Int
    /// What was found and what was expected, in one line.
    package let message: String
    /// What to do next.
    package let remedy: Remedy

    /// Creates an error.
    package init(_ code: Code, file: String, line: Int, message: String, remedy: Remedy = .golden) {
        self.code = code
        self.file = file
        self.line = line
        self.message = message
        self.remedy = remedy
    }

    package var description: String { "\(file):\(line): \(message); \(remedy.rawValue)" }
}
