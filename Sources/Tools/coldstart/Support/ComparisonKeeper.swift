import ModelComparison
import Reports

/// Writes what both sides of a comparison ranked into a file, session by session.
final class ComparisonKeeper {
    private let output: OutputDescriptor
    private var lines = 0

    /// Creates the file with its first line.
    ///
    /// - Throws: `ReportError` where it cannot be written.
    init(path: String, old: any ComparisonSide, new: any ComparisonSide, conditions: String) throws {
        output = try OutputDescriptor(creating: path)
        try output.write(SavedComparison.header(old: old, new: new, conditions: conditions))
    }

    /// Writes what both sides have for a session.
    func keep(_ session: ComparedSession, _ old: SideSession?, _ new: SideSession?, _ table: MovieTable) throws {
        for (content, isNew) in [(old, false), (new, true)] {
            guard let content else { continue }
            try output.write(SavedComparison.line(session.key, isNew: isNew, content, table))
            lines += 1
        }
    }

    /// Writes the last line, without which the file counts as cut short.
    func end() throws { try output.write(SavedComparison.end(lines: lines)) }
}
