/// The table of scenarios on the console, which is written row by row as they finish.
package struct ScenarioLines: Sendable {
    private let nameWidth: Int
    private let width: Int

    private static let widestName = 28
    private static let virtualWidth = 8
    private static let wallWidth = 7
    /// Below these, columns are left out: how long it took first, then the simulated time.
    private static let (widthWithWall, widthWithVirtual) = (96, 60)

    /// Creates the layout for scenarios of these names.
    ///
    /// - Parameters:
    ///   - names: The names.
    ///   - width: The columns that a line may take.
    package init(names: [String], width: Int = TerminalStyle.documentColumns) {
        let widest = names.reduce(8) { max($0, DisplayWidth.of($1.printable)) }
        self.nameWidth = min(widest, Self.widestName, max(12, width / 3))
        self.width = width
    }

    /// The headings of the table.
    package var heading: StyledLine {
        var line = StyledLine("    scenario", .faint)
        line.pad(to: 4 + nameWidth)
        line.append(times(virtual: "virtual", wall: "wall"))
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
        let wall = report.wallSeconds > 0 ? Figures.wall(report.wallSeconds) : "–"
        line.append(times(virtual: virtual, wall: wall))
        line.append("  ")
        let outcome = Self.shortened(report.headline, toColumns: width - line.width)
        line.append(outcome, report.outcome == .passed ? .plain : report.outcome.role)
        return line.truncated(toColumns: width)
    }

    private func times(virtual: String, wall: String) -> StyledLine {
        var line = StyledLine()
        let isHeading = wall == "wall"
        if width >= Self.widthWithVirtual {
            line.append("  " + Self.right(virtual, Self.virtualWidth), isHeading ? .faint : .plain)
        }
        if width >= Self.widthWithWall { line.append("  " + Self.right(wall, Self.wallWidth), .faint) }
        return line
    }

    /// A headline without the words that can be guessed, as far as that is needed to make it fit.
    private static func shortened(_ headline: String, toColumns columns: Int) -> String {
        [(" visitors: ", " "), (" at ", " ")]
            .reduce(headline) { text, word in
                DisplayWidth.of(text) <= columns ? text : text.replacing(word.0, with: word.1)
            }
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
