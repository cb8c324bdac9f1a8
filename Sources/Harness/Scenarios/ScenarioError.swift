package import SourcePlaces

/// A scenario, a recording or a choice of scenarios that cannot be used.
///
/// `description` is one line: place, what was found, what was expected. `excerpt` adds the source line with a caret.
package struct ScenarioError: Error, Hashable, Sendable, CustomStringConvertible {
    /// The kinds of errors.
    package struct Code: Hashable, Sendable {
        private enum Kind {
            case unreadable
            case syntax
            case schema
            case recording
            case unknownName
            case emptySelection
        }

        private let kind: Kind

        /// The file is missing, neither a file nor a pipe, too large or not UTF-8.
        package static let unreadable = Code(kind: .unreadable)
        /// The text is no well-formed YAML document.
        package static let syntax = Code(kind: .syntax)
        /// The document does not follow the scenario format.
        package static let schema = Code(kind: .schema)
        /// A line of a recording does not follow its format.
        package static let recording = Code(kind: .recording)
        /// A tag, a name, a session or a path that does not exist.
        package static let unknownName = Code(kind: .unknownName)
        /// A filter, a folder or a file that leaves nothing to run.
        package static let emptySelection = Code(kind: .emptySelection)
    }

    /// The kind of error.
    package let code: Code
    /// The file, as the caller gave it; `nil` where no single file is meant.
    package let path: String?
    /// The place in the file, where there is one.
    package let location: SourceLocation?
    /// What was found and what was expected, in one line.
    package let message: String
    /// The source line and, below it, a caret under the place; two lines without a final line break.
    package let excerpt: String?

    /// Creates an error about a place in a file.
    package init(_ code: Code, at location: SourceLocation, _ message: String, excerpt: String? = nil) {
        self.code = code
        self.path = location.file
        self.location = location
        self.message = Self.oneLine(message)
        self.excerpt = excerpt
    }

    /// Creates an error about a file as a whole, or about no file.
    package init(_ code: Code, path: String?, _ message: String) {
        self.code = code
        self.path = path
        self.location = nil
        self.message = Self.oneLine(message)
        self.excerpt = nil
    }

    package var description: String {
        if let location { return "\(location): \(message)" }
        if let path { return "\(path): \(message)" }
        return message
    }

    private static func oneLine(_ message: String) -> String {
        String(String.UnicodeScalarView(message.unicodeScalars.map(SourceText.printable)))
    }
}
