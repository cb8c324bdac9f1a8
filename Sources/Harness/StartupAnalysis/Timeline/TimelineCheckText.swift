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

extension TimelineDifference {
    /// The difference in one sentence.
    package var words: String {
        func seconds(_ seconds: Double) -> String { Figures.fixed(seconds, decimals: 3) + " s" }
        return switch self {
        case .strategy(let expected, let found): "the strategy is \(found), expected \(expected)"
        case .missing(let name): "the stage \(name) is missing"
        case .unknown(let name): "the stage \(name) is not in the golden"
        case .order(let expected, let found): "\(found) comes where \(expected) is expected"
        case .period(let name, let expected, let found):
            "\(name) begins while the instance is \(found.rawValue), expected while it is \(expected.rawValue)"
        case .duration(let name, let took, let from, let to):
            "\(name) took \(seconds(took)), expected \(seconds(from)) to \(seconds(to))"
        }
    }
}
