/// A timeline as lines of text: when, what.
package struct TimelineText: Sendable {
    private let timeline: [TimelineReport]
    private let width: Int
    private let collapsesProbes: Bool

    /// Creates the text of a timeline.
    ///
    /// - Parameters:
    ///   - timeline: The entries in order.
    ///   - width: The columns that a line may take.
    ///   - collapsesProbes: Whether equal attempts in a row become one line.
    package init(_ timeline: [TimelineReport], width: Int, collapsesProbes: Bool) {
        self.timeline = timeline
        self.width = width
        self.collapsesProbes = collapsesProbes
    }

    /// The lines in order of time.
    ///
    /// - Complexity: O(*n*) in the number of entries.
    package var lines: [StyledLine] {
        var lines: [StyledLine] = []
        var rest = timeline[...]
        while let first = rest.first {
            let equal = rest.prefix { collapsesProbes && Self.isRepetition($0, of: first) }
            let run = equal.isEmpty ? rest.prefix(1) : equal
            lines.append(line(for: run))
            rest = rest.dropFirst(run.count)
        }
        return lines
    }

    private static func isRepetition(_ entry: TimelineReport, of first: TimelineReport) -> Bool {
        entry.kind == .probe && first.kind == .probe && entry.result == first.result && entry.text == first.text
    }

    private func line(for run: ArraySlice<TimelineReport>) -> StyledLine {
        guard let first = run.first, let last = run.last else { return StyledLine() }
        var line = StyledLine()
        let time = Figures.fixed(first.at, decimals: 3) + " s"
        line.append(String(repeating: " ", count: max(0, 12 - time.count)) + time + "  ", .faint)
        line.append(first.kind.rawValue)
        line.pad(to: 24)
        let role: StyledLine.Role =
            switch first.result {
            case .failed, .cut: .bad
            case .empty: .doubtful
            case .ok, nil: .plain
            }
        line.append(first.text, role)
        if run.count > 1 {
            line.append(" (\(run.count) times, until \(Figures.fixed(last.until ?? last.at, decimals: 3)) s)", .faint)
        } else if let until = first.until, until != first.at {
            line.append(" (until \(Figures.fixed(until, decimals: 3)) s)", .faint)
        }
        return line.truncated(toColumns: width)
    }
}
