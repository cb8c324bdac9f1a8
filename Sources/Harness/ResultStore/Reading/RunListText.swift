import Domain
package import Reports

/// Runs as a table for people.
package struct RunListText: Sendable {
    private let runs: [StoredRun]

    /// Creates the text of runs.
    package init(_ runs: [StoredRun]) {
        self.runs = runs
    }

    /// Returns the table.
    ///
    /// - Parameter width: The columns that a line may take.
    /// - Returns: The lines.
    /// - Complexity: O(runs).
    package func lines(width: Int) -> [StyledLine] {
        guard !runs.isEmpty else { return ["no runs"] }
        var table = TextTable(columns: [
            .init("run", .right), .init("written (UTC)"), .init("command"), .init("release", isFlexible: true),
            .init("model"), .init("exit", .right), .init("shards", .right), .init("of what", isFlexible: true),
        ])
        for run in runs {
            table.append([
                StyledLine(String(run.id), .strong), StyledLine(run.moment, .faint), StyledLine(run.command),
                StyledLine(run.release), StyledLine(String(run.model.prefix(8)), .faint), run.exit,
                run.shards == 1
                    ? "" : StyledLine("\(run.written)/\(run.shards)", run.written == run.shards ? .plain : .doubtful),
                StyledLine(run.subject),
            ])
        }
        return table.lines(width: width)
    }
}

extension StoredRun {
    /// When it was written, to the minute.
    var moment: String {
        String(writtenAt.iso8601.prefix(16)).replacing("T", with: " ")
    }

    /// The exit code, `open` where there is none yet.
    fileprivate var exit: StyledLine {
        guard let exitCode else { return StyledLine("open", .doubtful) }
        return StyledLine(String(exitCode), StyledLine.Role(exitCode: exitCode))
    }
}
