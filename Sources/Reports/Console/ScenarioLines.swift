/// The table of scenarios on the console, which is written row by row as they finish.
package struct ScenarioLines: Sendable {
    private let nameWidth: Int

    private static let widestName = 28
    private static let virtualWidth = 8
    private static let wallWidth = 7

    /// Creates the layout for scenarios of these names.
    package init(names: [String]) {
        let widest = names.reduce(8) { max($0, DisplayWidth.of($1.printable)) }
        self.nameWidth = min(widest, Self.widestName)
    }

    /// The headings of the table.
    package var heading: StyledLine {
        var line = StyledLine("    scenario", .faint)
        line.pad(to: 4 + nameWidth)
        line.append("  " + Self.right("virtual", Self.virtualWidth) + "  " + Self.right("wall", Self.wallWidth), .faint)
        line.append("  outcome", .faint)
        return line
    }

    /// Returns the line of one scenario.
    package func line(for report: ScenarioReport) -> StyledLine {
        var line = StyledLine(report.outcome.mark, report.outcome.role)
        line.append(report.showsDefect == nil ? "   " : " ◆ ", .doubtful)
        line.append(report.name.truncated(toColumns: nameWidth), .strong)
        line.pad(to: 4 + nameWidth)
        let virtual = report.virtualSeconds > 0 ? Figures.virtual(report.virtualSeconds) : "–"
        line.append("  " + Self.right(virtual, Self.virtualWidth))
        let wall = report.wallSeconds > 0 ? Figures.wall(report.wallSeconds) : "–"
        line.append("  " + Self.right(wall, Self.wallWidth), .faint)
        line.append("  " + report.headline, report.outcome == .passed ? .plain : report.outcome.role)
        return line.truncated(toColumns: TerminalStyle.columns)
    }

    private static func right(_ text: String, _ width: Int) -> String {
        String(repeating: " ", count: max(0, width - DisplayWidth.of(text))) + text
    }
}

extension ScenarioOutcome {
    /// The mark before the scenario's name.
    var mark: String {
        switch self {
        case .passed: "✓"
        case .failed: "✗"
        case .errored: "!"
        case .inconclusive: "?"
        case .notRun: "–"
        }
    }

    /// The role of the mark and the headline.
    var role: StyledLine.Role {
        switch self {
        case .passed: .good
        case .failed, .errored: .bad
        case .inconclusive, .notRun: .doubtful
        }
    }
}
