import Domain
package import Reports

/// A run with its verdicts and figures, for people.
package struct RunDetailsText: Sendable {
    private let details: StoredRunDetails

    /// Creates the text of a run.
    package init(_ details: StoredRunDetails) {
        self.details = details
    }

    /// Returns the run, its shards, its verdicts and its figures.
    ///
    /// - Parameter width: The columns that a line may take.
    /// - Returns: The lines.
    /// - Complexity: O(verdicts and figures).
    package func lines(width: Int) -> [StyledLine] {
        let run = details.run
        var lines = [
            StyledLine("run \(run.id)", .strong).appending("  \(run.command)  \(run.subject)")
                .truncated(toColumns: width)
        ]
        let end = run.exitCode.map { "exit code \($0)" } ?? "open: the shards are not merged"
        for (name, text) in [
            ("release", run.release), ("model", run.model.isEmpty ? "none" : run.model), ("end", end),
            ("time", run.seconds.map(Figures.wall) ?? ""), ("shards", shards),
            ("written", "\(run.moment) UTC, Coldstart \(run.tool)"), ("command", run.words),
        ] where !text.isEmpty {
            for (number, part) in StyledLine.wrapping(text, columns: width - 11).enumerated() {
                var line = StyledLine(number == 0 ? "  " + name : "", .faint)
                line.pad(to: 11)
                line.append(part)
                lines.append(line)
            }
        }
        for group in details.verdicts.grouped(by: \.subject) {
            lines += section("verdicts on \(group[0].subject)", verdicts(group), width)
        }
        for group in details.metrics.grouped(by: \.subject) {
            lines += section("figures of \(group[0].subject)", figures(group), width)
        }
        return lines
    }

    private func section(_ name: String, _ table: TextTable, _ width: Int) -> [StyledLine] {
        ["", StyledLine(name, .strong).truncated(toColumns: width)]
            + table.lines(width: width - 2).map { $0.indented(by: 2) }
    }

    private var shards: String {
        let run = details.run
        guard run.shards > 1 else { return "" }
        let missing = IndexRanges(details.missing)
        return "\(details.shards.count) of \(run.shards)" + (missing.isEmpty ? "" : ", missing: \(missing)")
    }

    private func verdicts(_ verdicts: [ResultFindings.Verdict]) -> TextTable {
        var table = TextTable(columns: [.init(""), .init("", isFlexible: true), .init("", isFlexible: true)])
        for verdict in verdicts {
            let mark: StyledLine =
                switch verdict.outcome {
                case "passed": StyledLine("✓", .good)
                case "failed", "broken", "errored": StyledLine("✗", .bad)
                default: StyledLine("?", .doubtful)
                }
            table.append([mark, StyledLine(verdict.check), StyledLine(verdict.message, .faint)])
        }
        return table
    }

    private func figures(_ metrics: [ResultFindings.Metric]) -> TextTable {
        var table = TextTable(
            columns: [
                .init("", isFlexible: true), .init("slice", isFlexible: true), .init("value", .right),
                .init("interval", .right), .init("n", .right),
            ]
        )
        for metric in metrics {
            let interval = metric.low.flatMap { low in
                metric.high.map { "\(TrendText.figure(low))–\(TrendText.figure($0))" }
            }
            let value = TrendText.figure(metric.value)
            table.append([
                StyledLine(metric.name), StyledLine(metric.part, .faint),
                // Points stand below each other.
                StyledLine(value.contains(".") ? value : value + "     ", .strong), StyledLine(interval ?? "", .faint),
                StyledLine(metric.samples.map(String.init) ?? "", .faint),
            ])
        }
        return table
    }
}

extension Array {
    /// The elements in runs of those that have the same key.
    fileprivate func grouped<Key: Equatable>(by key: (Element) -> Key) -> [[Element]] {
        reduce(into: []) { groups, element in
            if let last = groups.last?.last, key(last) == key(element) {
                groups[groups.count - 1].append(element)
            } else {
                groups.append([element])
            }
        }
    }
}

/// Whole numbers as ranges, such as `3, 7–9`.
struct IndexRanges: Hashable, CustomStringConvertible {
    /// How many ranges are written out.
    private static let most = 20

    private let numbers: RangeSet<Int>

    /// Takes ascending numbers.
    ///
    /// - Complexity: O(*n*).
    init(_ numbers: [Int]) { self.numbers = RangeSet(numbers.map { $0..<$0 + 1 }) }

    /// Whether there is none.
    var isEmpty: Bool { numbers.isEmpty }

    var description: String {
        let ranges = numbers.ranges
        let shown = ranges.prefix(Self.most)
            .map { $0.count == 1 ? "\($0.lowerBound)" : "\($0.lowerBound)–\($0.upperBound - 1)" }
        return (ranges.count > Self.most ? shown + ["…"] : shown).joined(separator: ", ")
    }
}
