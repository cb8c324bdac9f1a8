/// A timeline as lines of text: when, what.
package struct TimelineText: Sendable {
    private let timeline: [TimelineReport]
    private let width: Int
    private let collapsesProbes: Bool

    /// The columns of a moment: as many as a day's need, where there is little room.
    private var timeWidth: Int { width < 90 ? 9 : 11 }

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

    /// The lines in order of time under a heading.
    ///
    /// - Complexity: O(*n*) in the number of entries.
    package var lines: [StyledLine] {
        guard !timeline.isEmpty else { return [] }
        let headings = ["from s", "to s"].map { String(repeating: " ", count: timeWidth - $0.count) + $0 }
        var lines = [StyledLine(headings.joined(), .faint)]
        var rest = timeline[...]
        while let first = rest.first {
            let equal = rest.prefix { collapsesProbes && Self.isRepetition($0, of: first) }
            let run = equal.isEmpty ? rest.prefix(1) : equal
            lines.append(line(for: run))
            rest = rest.dropFirst(run.count)
        }
        return lines
    }

    private static let attempts: Set<TimelineReport.Kind> = [.probe, .liveness, .readiness]

    private static func isRepetition(_ entry: TimelineReport, of first: TimelineReport) -> Bool {
        Self.attempts.contains(entry.kind) && entry.kind == first.kind && entry.result == first.result
            && entry.text == first.text
    }

    /// The end of what lasted; nothing for a moment.
    private static func end(of entry: TimelineReport) -> Double? {
        entry.until.flatMap { $0 == entry.at ? nil : $0 }
    }

    private func column(_ time: Double?) -> String {
        let text = time.map { Figures.fixed($0, decimals: 3) } ?? ""
        return String(repeating: " ", count: max(1, timeWidth - text.count)) + text
    }

    private func line(for run: ArraySlice<TimelineReport>) -> StyledLine {
        guard let first = run.first, let last = run.last else { return StyledLine() }
        var line = StyledLine(column(first.at) + column(Self.end(of: last)) + "  ", .faint)
        line.append(first.kind.rawValue)
        line.pad(to: 2 * timeWidth + 12)
        let role: StyledLine.Role =
            switch first.result {
            case .failed, .cut: .bad
            case .empty: .doubtful
            case .ok, nil: .plain
            }
        line.append(first.text, role)
        if run.count > 1 { line.append(", \(run.count) times", .faint) }
        return line.truncated(toColumns: width)
    }
}
