/// The text of a file, for looking up the lines that errors point at.
package struct SourceText: Sendable {
    /// The path of the file, as the caller gave it.
    package let path: String
    /// The text.
    package let text: String

    /// The longest excerpt of a line, in Unicode scalars.
    private static let excerptLimit = 120

    /// Creates the text of a file.
    package init(path: String, text: String) {
        self.path = path
        self.text = text
    }

    /// Returns the line and a caret below its column, `nil` where the text has no such line.
    ///
    /// A long line is cut to a window around the column.
    ///
    /// - Complexity: O(*n*) in the length of the text.
    package func excerpt(line: Int, column: Int) -> String? {
        guard let scalars = self.line(line) else { return nil }
        let caret = max(0, min(column - 1, scalars.count))
        let start = caret < Self.excerptLimit ? 0 : caret - Self.excerptLimit / 2
        let shown = scalars[start..<min(scalars.count, start + Self.excerptLimit)].map(Self.printable)
        let sourceLine = String(String.UnicodeScalarView(shown))
        return sourceLine + "\n" + String(repeating: " ", count: caret - start) + "^"
    }

    /// Returns a line, counted from 1, without its line break.
    private func line(_ number: Int) -> [Unicode.Scalar]? {
        var current = 1
        var scalars: [Unicode.Scalar] = []
        for scalar in text.unicodeScalars {
            if scalar == "\n" {
                if current == number { break }
                current += 1
            } else if current == number, scalar != "\r" {
                scalars.append(scalar)
            }
        }
        return current == number ? scalars : nil
    }

    /// Returns a scalar that is safe to print: control characters become spaces.
    package static func printable(_ scalar: Unicode.Scalar) -> Unicode.Scalar {
        switch scalar.properties.generalCategory {
        case .control, .format, .lineSeparator, .paragraphSeparator: " "
        default: scalar
        }
    }
}
