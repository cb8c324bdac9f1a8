/// One line for the console as spans of text with their roles, before any colour.
///
/// Widths are those of the text alone. What a role looks like, and whether there is colour at all, is decided when the
/// line is rendered.
package struct StyledLine: Hashable, Sendable, ExpressibleByStringInterpolation {
    /// What a piece of text is, which decides its colour.
    package enum Role: Hashable, Sendable {
        /// Ordinary text.
        case plain
        /// A heading or a name.
        case strong
        /// Text of the second rank: units, rules, times.
        case faint
        /// Something that is as expected.
        case good
        /// Something that is not.
        case bad
        /// Something that could not be decided, or deserves a look.
        case doubtful
    }

    /// A piece of text in one role.
    package struct Span: Hashable, Sendable {
        /// The text, without control characters.
        package var text: String
        /// Its role.
        package var role: Role
    }

    /// The pieces in order.
    package private(set) var spans: [Span] = []
    /// Whether the line is there to be copied and is never broken, however wide it is.
    package var staysWhole = false

    /// Creates a line of one span.
    package init(_ text: String = "", _ role: Role = .plain) {
        append(text, role)
    }

    package init(stringLiteral value: String) {
        self.init(value)
    }

    /// The text without roles.
    package var text: String { spans.reduce(into: "") { $0 += $1.text } }

    /// The columns that the line takes.
    package var width: Int { spans.reduce(0) { $0 + DisplayWidth.of($1.text) } }

    /// Appends text in a role; control characters are made visible.
    package mutating func append(_ text: String, _ role: Role = .plain) {
        guard !text.isEmpty else { return }
        spans.append(Span(text: text.printable, role: role))
    }

    /// Appends another line.
    package mutating func append(_ other: StyledLine) {
        spans += other.spans
    }

    /// Returns the line with text appended.
    package func appending(_ text: String, _ role: Role = .plain) -> StyledLine {
        var line = self
        line.append(text, role)
        return line
    }

    /// Returns the line moved right by a number of columns.
    package func indented(by columns: Int) -> StyledLine {
        var line = StyledLine(String(repeating: " ", count: columns))
        line.append(self)
        return line
    }

    /// Fills the line with spaces up to a width; a longer line stays as it is.
    package mutating func pad(to columns: Int) {
        append(String(repeating: " ", count: max(0, columns - width)))
    }

    /// Returns the line cut to a number of columns, with an ellipsis where something was cut.
    ///
    /// - Complexity: O(*n*) in the length of the text.
    package func truncated(toColumns columns: Int) -> StyledLine {
        guard width > columns else { return self }
        var line = StyledLine()
        for span in spans {
            let left = columns - line.width
            let fits = DisplayWidth.of(span.text) < left
            line.append(fits ? span.text : (span.text + " ").truncated(toColumns: left), span.role)
            if !fits { break }
        }
        return line
    }

    /// Returns the line broken at spaces into lines of at most a number of columns; the further ones begin two columns
    /// right of the first, and a single longer word is cut into pieces.
    ///
    /// - Precondition: There are at least eight columns.
    /// - Complexity: O(*n*) in the length of the text.
    package func broken(toColumns columns: Int) -> [StyledLine] {
        precondition(columns >= 8, "cannot break a line into \(columns) columns")
        guard !staysWhole, width > columns else { return [self] }
        let margin = min(text.prefix { $0 == " " }.count, columns / 2)
        var lines: [StyledLine] = []
        var line = StyledLine(String(repeating: " ", count: margin))
        var isFresh = true
        func begin() {
            lines.append(line)
            line = StyledLine(String(repeating: " ", count: margin + 2))
            isFresh = true
        }
        for (word, role) in words {
            if !isFresh, line.width + DisplayWidth.of(word) > columns { begin() }
            var rest = isFresh ? word.drop { $0 == " " } : word[...]
            while line.width + DisplayWidth.of(rest) > columns {
                var piece = ""
                while let next = rest.first, line.width + DisplayWidth.of(piece) + DisplayWidth.of(next) <= columns {
                    piece.append(rest.removeFirst())
                }
                line.append(piece, role)
                begin()
            }
            line.append(String(rest), role)
            isFresh = isFresh && rest.isEmpty
        }
        return isFresh ? lines : lines + [line]
    }

    /// The words with the spaces before them, each in its role.
    private var words: [(text: String, role: Role)] {
        var words: [(text: String, role: Role)] = []
        for span in spans {
            var word = ""
            for character in span.text {
                if character == " ", word.last.map({ $0 != " " }) ?? false {
                    words.append((word, span.role))
                    word = ""
                }
                word.append(character)
            }
            if !word.isEmpty { words.append((word, span.role)) }
        }
        return words
    }

    /// Breaks a text at spaces into lines of at most a number of columns; a single longer word is cut into pieces.
    ///
    /// - Complexity: O(*n*) in the length of the text.
    package static func wrapping(_ text: String, columns: Int, role: Role = .plain) -> [StyledLine] {
        precondition(columns > 1, "cannot wrap into \(columns) columns")
        var lines: [String] = []
        var line = ""
        for word in text.printable.split(separator: " ") {
            if !line.isEmpty, DisplayWidth.of(line) + 1 + DisplayWidth.of(word) > columns {
                lines.append(line)
                line = ""
            }
            if !line.isEmpty { line += " " }
            for character in word {
                if DisplayWidth.of(line) + DisplayWidth.of(character) > columns {
                    lines.append(line)
                    line = ""
                }
                line.append(character)
            }
        }
        return (line.isEmpty ? lines : lines + [line]).map { StyledLine($0, role) }
    }
}
