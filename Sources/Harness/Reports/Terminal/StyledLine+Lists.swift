extension StyledLine {
    /// Names with what they mean, for a command's `--list`.
    ///
    /// - Parameters:
    ///   - entries: The names, a word beside each where there is one, and the meanings.
    ///   - columns: The columns that a line may take.
    /// - Returns: A line for each name, and under it its meaning.
    /// - Complexity: O(*n*) in the length of the texts.
    package static func names(
        _ entries: [(name: String, note: String?, meaning: String)],
        columns: Int
    ) -> [StyledLine] {
        entries.flatMap { name, note, meaning in
            let head = StyledLine(name, .strong)
            return [note.map { head.appending("  \($0)", .faint) } ?? head] + indented(meaning, columns: columns, by: 2)
        }
    }

    /// A text under a line that it belongs to.
    ///
    /// - Parameters:
    ///   - text: The text, which is wrapped.
    ///   - columns: The columns that a line may take.
    ///   - indentation: How far its lines stand in.
    ///   - role: What it is.
    /// - Returns: Its lines.
    /// - Complexity: O(*n*) in the length of the text.
    package static func indented(
        _ text: String,
        columns: Int,
        by indentation: Int = 4,
        role: Role = .plain
    ) -> [StyledLine] {
        wrapping(text, columns: columns - indentation, role: role).map { $0.indented(by: indentation) }
    }

    /// The last lines of a document's text: what came of it, and the exit code.
    ///
    /// - Parameters:
    ///   - text: What came of it.
    ///   - exitCode: The exit code, which says how it is meant.
    ///   - columns: The columns that a line may take.
    /// - Returns: The lines.
    package static func closing(_ text: String, exitCode: Int32, columns: Int) -> [StyledLine] {
        wrapping("\(text), exit code \(exitCode)", columns: columns, role: Role(exitCode: exitCode))
    }
}

extension StyledLine.Role {
    /// How an exit code is meant: 0 well, 7 in doubt, anything else badly.
    package init(exitCode: some BinaryInteger) {
        self = exitCode == 0 ? .good : exitCode == 7 ? .doubtful : .bad
    }
}
