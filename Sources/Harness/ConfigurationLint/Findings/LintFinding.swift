package import SourcePlaces

/// Something about a configuration that a person should know.
package struct LintFinding: Hashable, Sendable {
    /// The id of the rule.
    package let rule: String
    /// How much it matters.
    package let severity: LintSeverity
    /// Where it is written.
    package let location: SourceLocation
    /// The bytes it points at.
    package let range: Range<Int>
    /// What was found, what was expected, and what follows, in one line.
    package let message: String
    /// What to write instead; `nil` where that cannot be said.
    package let fix: LintFix?
    /// The line with a caret.
    package let excerpt: String?
}

/// What to write in place of what was found.
package struct LintFix: Hashable, Sendable {
    /// Bytes of the file that are replaced.
    package struct Edit: Hashable, Sendable {
        /// The bytes.
        package let range: Range<Int>
        /// What takes their place.
        package let replacement: String
    }

    /// The corrected line or lines.
    package let snippet: String
    /// The changes; none where a person has to choose, so that the snippet is a proposal.
    package let edits: [Edit]

    /// Whether it can be written without asking.
    package var isCertain: Bool { !edits.isEmpty }
}

/// A finding as a rule makes it, before it has a place in lines and columns.
struct FindingDraft {
    /// How much it matters; the rule's own severity where it is `nil`.
    var severity: LintSeverity?
    /// The bytes it points at.
    let range: Range<Int>
    /// What was found.
    let message: String
    /// What to write instead.
    var fix: LintFix?

    /// Creates a draft.
    init(_ range: Range<Int>, _ message: String, severity: LintSeverity? = nil, fix: LintFix? = nil) {
        self.severity = severity
        self.range = range
        self.message = message
        self.fix = fix
    }
}

extension LintFix {
    /// Replaces a value that is written in the file itself; `nil` where it comes from elsewhere.
    ///
    /// - Parameters:
    ///   - entry: The key with the value.
    ///   - text: The new value.
    ///   - file: The file.
    /// - Returns: The correction with its line.
    static func replacing(_ entry: ConfigurationEntry, with text: String, in file: SourceFile) -> LintFix? {
        guard case .scalar(let scalar) = entry.value.kind, scalar.isWritten, !entry.isMerged else { return nil }
        let range = entry.value.range
        let inner = scalar.isQuoted ? range.lowerBound + 1..<range.upperBound - 1 : range
        return of([Edit(range: inner, replacement: text)], in: file)
    }

    /// Makes a correction of edits in one line.
    static func of(_ edits: [Edit], in file: SourceFile) -> LintFix? {
        guard let first = edits.first else { return nil }
        let line = file.rangeOfLine(file.line(of: first.range.lowerBound))
        var bytes = Array(file.bytes[line])
        for edit in edits.reversed() {
            guard line.contains(edit.range.lowerBound), edit.range.upperBound <= line.upperBound else { return nil }
            let place = edit.range.lowerBound - line.lowerBound..<edit.range.upperBound - line.lowerBound
            bytes.replaceSubrange(place, with: edit.replacement.utf8)
        }
        return LintFix(snippet: String(decoding: bytes, as: UTF8.self).trimmingBlanks, edits: edits)
    }

    /// A proposal that a person has to judge.
    static func proposal(_ snippet: String) -> LintFix { LintFix(snippet: snippet, edits: []) }
}

extension String {
    /// The text without blanks around it.
    var trimmingBlanks: String {
        let start = drop { $0 == " " || $0 == "\t" }
        return String(start.dropLast(start.reversed().prefix { $0 == " " || $0 == "\t" }.count))
    }
}
