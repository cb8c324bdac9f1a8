/// A place in a text file.
package struct SourceLocation: Hashable, Sendable, CustomStringConvertible {
    /// The path of the file, as the caller gave it.
    package let file: String
    /// The line, from 1.
    package let line: Int
    /// The column in Unicode scalars, from 1.
    package let column: Int

    /// Creates a place.
    package init(file: String, line: Int, column: Int) {
        self.file = file
        self.line = line
        self.column = column
    }

    /// The place as `file:line:column`, the form that editors and terminals link.
    package var description: String { "\(file):\(line):\(column)" }
}
