import SafeText

/// How lines are written: with or without colour, in Unicode or in plain ASCII, over a terminal or into a pipe.
package struct TerminalStyle: Hashable, Sendable {
    /// Whether ANSI colours are written.
    package let usesColour: Bool
    /// Whether marks and rules may be other than ASCII.
    package let usesUnicode: Bool
    /// The columns of the terminal for a line that is rewritten in place; `nil` where there is no terminal.
    package let progressColumns: Int?
    /// The most columns that a line takes, which every table and every text is laid out for.
    package let columns: Int

    /// The columns of a line in a file or a pipe.
    package static let documentColumns = 100
    /// The columns of a line on a terminal: as many as it has, within what can be laid out and what can be read.
    private static let terminalRange = 40...120

    /// Plain Unicode text without any escape sequence: files, pipes, and tests.
    package static let plain = TerminalStyle(usesColour: false, usesUnicode: true, progressColumns: nil)

    /// Creates a style from its parts.
    package init(
        usesColour: Bool,
        usesUnicode: Bool,
        progressColumns: Int?,
        columns: Int = TerminalStyle.documentColumns
    ) {
        self.usesColour = usesColour
        self.usesUnicode = usesUnicode
        self.progressColumns = progressColumns
        self.columns = columns
    }

    /// Decides the style from what is known about the output.
    ///
    /// Colour needs a terminal that is not `dumb`, no `--no-color`, and no non-empty `NO_COLOR` (no-color.org). Only a
    /// locale that states another character set than UTF-8 takes the Unicode marks away.
    ///
    /// - Parameters:
    ///   - terminalColumns: The columns of the terminal; `nil` where the output is not one.
    ///   - environment: The environment variables.
    ///   - forbidsColour: Whether `--no-color` was given.
    package init(terminalColumns: Int?, environment: [String: String], forbidsColour: Bool) {
        let isDumb = environment["TERM"] == "dumb"
        let saysNoColour = !(environment["NO_COLOR"] ?? "").isEmpty
        let locale = ["LC_ALL", "LC_CTYPE", "LANG"].lazy.compactMap { environment[$0] }.first { !$0.isEmpty }
        self.usesColour = terminalColumns != nil && !isDumb && !saysNoColour && !forbidsColour
        self.usesUnicode = Self.isUnicode(locale: locale)
        self.progressColumns = isDumb ? nil : terminalColumns
        self.columns =
            terminalColumns.map { min(max($0, Self.terminalRange.lowerBound), Self.terminalRange.upperBound) }
            ?? Self.documentColumns
    }

    private static func isUnicode(locale: String?) -> Bool {
        guard let locale = locale?.uppercased(), let dot = locale.firstIndex(of: ".") else {
            return !["C", "POSIX"].contains(locale?.uppercased())
        }
        let charset = locale[locale.index(after: dot)...].prefix { $0 != "@" }
        return charset == "UTF-8" || charset == "UTF8"
    }

    /// Returns lines as they are written, each with its end; one that is too wide is broken at spaces.
    ///
    /// - Complexity: O(*n*) in the length of the text.
    package func render(_ lines: some Sequence<StyledLine>) -> String {
        lines.reduce(into: "") { text, line in
            for piece in line.broken(toColumns: columns) { text += render(piece) + "\n" }
        }
    }

    /// Returns the line as it is written, without its end.
    ///
    /// - Complexity: O(*n*) in the length of the text.
    package func render(_ line: StyledLine) -> String {
        var spans = line.spans[...]
        while let last = spans.last, last.text.allSatisfy({ $0 == " " }) { spans.removeLast() }
        if let last = spans.indices.last {
            while spans[last].text.last == " " { spans[last].text.removeLast() }
        }
        var result = ""
        for span in spans {
            let clean = Redaction.ofProcess.removed(from: span.text)
            let text = usesUnicode ? clean : clean.inASCIIMarks
            if usesColour, let code = span.role.colourCode, !text.isEmpty {
                result += "\u{1B}[\(code)m\(text)\u{1B}[0m"
            } else {
                result += text
            }
        }
        return result
    }
}

extension StyledLine.Role {
    /// The parameters of the SGR sequence (ECMA-48, 8.3.117); `nil` for ordinary text.
    fileprivate var colourCode: String? {
        switch self {
        case .plain: nil
        case .strong: "1"
        case .faint: "2"
        case .good: "32"
        case .bad: "31"
        case .doubtful: "33"
        }
    }
}

extension String {
    /// The text with the report's own marks in ASCII, one column for one; everything else stays.
    fileprivate var inASCIIMarks: String {
        guard !utf8.allSatisfy({ $0 < 0x80 }) else { return self }
        return String(map { asciiMarks[$0] ?? $0 })
    }
}

private let asciiMarks: [Character: Character] = [
    "✓": "+", "✗": "x", "◆": "*", "·": "-", "…": "~", "–": "-", "—": "-", "│": "|", "─": "-", "├": "+", "┤": "+",
    "┬": "+", "┼": "+", "█": "#", "░": ":", "▲": "^", "→": ">", "×": "x", "╵": "'", "●": "o", "○": ".", "≥": ">",
    "└": "+", "┴": "+", "╌": ".", "┊": ":", "▓": "%",
]
