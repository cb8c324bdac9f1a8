package import Goldens
package import Reports

/// A start beside its golden, for people: every stage with its band, and what differs.
package struct TimelineCheckText: Sendable {
    private let golden: GoldenTimeline
    private let stages: [TimelineDifference.Stage]
    private let differences: [TimelineDifference]

    /// Creates the text of a comparison.
    package init(_ golden: GoldenTimeline, _ stages: [TimelineDifference.Stage], _ differences: [TimelineDifference]) {
        self.golden = golden
        self.stages = stages
        self.differences = differences
    }

    /// The lines, none wider than so many columns.
    package func lines(width: Int) -> [StyledLine] {
        var table = TextTable(columns: [
            TextTable.Column("stage", isFlexible: true), TextTable.Column("while"), TextTable.Column("took", .right),
            TextTable.Column("may take", .right), TextTable.Column(""),
        ])
        for stage in stages {
            let band = golden.stages.first { $0.name == stage.name }
            let isWithin = band.map { ($0.from...$0.to).contains(stage.seconds) }
            table.append([
                StyledLine(stage.name), StyledLine(stage.during.rawValue), StyledLine(seconds(stage.seconds)),
                StyledLine(band.map { "\(seconds($0.from)) to \(seconds($0.to))" } ?? "–"),
                isWithin == true ? StyledLine("✓", .good) : StyledLine("✗", .bad),
            ])
        }
        var lines = table.lines(width: width)
        if !differences.isEmpty { lines.append(StyledLine("")) }
        lines += differences.map { StyledLine($0.words, .bad) }
        return lines.flatMap { $0.broken(toColumns: max(8, width)) }
    }

    private func seconds(_ seconds: Double) -> String { Figures.fixed(seconds, decimals: 3) + " s" }
}
