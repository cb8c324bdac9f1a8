/// A place in a scenario file.
package struct SourceLocation: Hashable, Sendable, CustomStringConvertible {
    /// The file's path as it was given.
    package let file: String
    /// The line, from 1.
    package let line: Int
    /// The column, from 1.
    package let column: Int

    /// Creates a place.
    package init(file: String, line: Int, column: Int) {
        self.file = file
        self.line = line
        self.column = column
    }

    package var description: String { "\(file):\(line):\(column)" }
}
