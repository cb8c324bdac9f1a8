import Checks
package import Domain
import ModelComparison

/// A comparison as text for people.
package struct ComparisonText {
    private let document: ComparisonDocument
    private let titles: [MovieID: String]
    private let width: Int
    private let isLong: Bool

    /// How many sessions, slices and blamed sessions the short text shows.
    private static let shown = 5

    /// Creates the text of a document.
    ///
    /// - Parameters:
    ///   - document: The comparison.
    ///   - titles: The movies' titles, where they are known.
    ///   - width: The columns that a line may take.
    ///   - isLong: Whether all slices and sessions are shown.
    package init(
        _ document: ComparisonDocument,
        titles: [MovieID: String],
        width: Int = TerminalStyle.documentColumns,
        isLong: Bool = false
    ) {
        self.document = document
        self.titles = titles
        self.width = width
        self.isLong = isLong
    }

    /// The lines.
    package var lines: [StyledLine] {
        var parts = [head]
        for list in ComparedList.allCases {
            let table = metrics(of: list)
            if !table.isEmpty { parts.append(table) }
        }
        parts.append(meaning)
        parts += [slices, sessions, blame, gate, [closing]].filter { !$0.isEmpty }
        return Array(parts.joined(separator: [StyledLine()]))
    }

    private var head: [StyledLine] {
        let counts = document.sessionCounts
        var lines: [StyledLine] = []
        for (word, side) in [("old", document.old), ("new", document.new)] {
            var line = StyledLine(word + "  ", .strong)
            line.append("\(side.kind) \(side.name)")
            var cost = [side.seconds > 0.0005 ? Figures.wall(side.seconds) : nil]
            cost.append(side.bytes.map { "+\($0 / 1_000_000) MB" })
            line.append("  " + cost.compactMap(\.self).joined(separator: ", "), .faint)
            lines += line.broken(toColumns: width)
            lines += side.notes.flatMap { StyledLine("     \($0)", .doubtful).broken(toColumns: width) }
            for (index, text) in (side.precision?.lines ?? []).enumerated() {
                lines += StyledLine("     \(text)", index == 0 ? .faint : .doubtful).broken(toColumns: width)
            }
        }
        var text = "\(Figures.count(counts.compared, "session")) compared, \(counts.changed) changed"
        if let relevance = document.settings.relevance { text += " · relevance: \(relevance)" }
        lines += StyledLine(text, .strong).broken(toColumns: width)
        lines += missing(counts)
        return lines
    }

    private func missing(_ counts: SessionCounts) -> [StyledLine] {
        var texts: [String] = []
        let policy = counts.policy == .exclude ? "left out of every mean" : "counted as an empty list"
        if counts.onlyOld > 0 {
            let first = counts.firstOnlyOld.prefix(2).joined(separator: ", ")
            texts.append("\(counts.onlyOld) only on the old side, \(policy): \(first)")
        }
        if counts.onlyNew > 0 {
            let first = counts.firstOnlyNew.prefix(2).joined(separator: ", ")
            texts.append("\(counts.onlyNew) only on the new side, \(policy): \(first)")
        }
        if counts.unjudged > 0 {
            let what = "\(Figures.count(counts.unjudged, "session")) of which nothing is held out or judged"
            texts.append(what + ": no part of metrics of relevance")
        }
        if counts.neither > 0 { texts.append("\(counts.neither) on neither side") }
        for list in ComparedList.allCases {
            guard let own = counts.lists[list.rawValue], own.emptyOnBoth > 0 else { continue }
            texts.append(
                "the \(list.rawValue) list: \(Figures.count(own.emptyOnBoth, "session")) in which neither side ranked "
                    + "anything, left out of every mean"
            )
        }
        for list in ComparedList.allCases {
            guard let own = counts.lists[list.rawValue], own.onlyOld + own.onlyNew > 0 else { continue }
            texts.append(
                "the \(list.rawValue) list: \(own.onlyOld) sessions only on the old side, \(own.onlyNew) only on the "
                    + "new, \(policy)"
            )
        }
        return texts.flatMap { StyledLine($0, .doubtful).broken(toColumns: width) }
    }

    private func metrics(of list: ComparedList) -> [StyledLine] {
        let rows = document.metrics.filter { $0.model == list && $0.slice == SlicePlan.all }
        guard !rows.isEmpty else { return [] }
        var table = ComparisonTable(first: list.rawValue)
        for row in rows { table.add(row, label: row.name) }
        return table.lines(width: width)
    }

    /// What intervals and p are.
    private var meaning: [StyledLine] {
        guard document.metrics.contains(where: { $0.interval != nil }) else { return [] }
        let settings = document.settings
        var text = "interval: \(Figures.fixed(settings.level * 100, decimals: 0)) %, \(settings.samples) samples"
        if document.metrics.contains(where: { $0.p != nil }) {
            text += " · p: \(settings.permutations) random signs, Holm's correction · + = - sessions won, tied, lost"
        }
        return StyledLine(text, .faint).broken(toColumns: width)
    }

    /// The slices in which the leading metric of each list is lowest.
    private var slices: [StyledLine] {
        let tables = ComparedList.allCases.compactMap { list -> [StyledLine]? in
            guard let leading = document.leadingMetric(of: list) else { return nil }
            let rows = document.metrics
                .filter { $0.model == list && $0.name == leading && $0.slice != SlicePlan.all && $0.sessions > 0 }
                .sorted { ($0.delta ?? $0.value ?? 0, $0.slice) < ($1.delta ?? $1.value ?? 0, $1.slice) }
            guard !rows.isEmpty else { return nil }
            var table = ComparisonTable(first: "\(list.rawValue) \(leading)")
            for row in isLong ? rows[...] : rows.prefix(Self.shown) { table.add(row, label: row.slice) }
            return table.lines(width: width)
        }
        guard !tables.isEmpty else { return [] }
        return [StyledLine(isLong ? "Slices" : "Slices, by change or value, the lowest first", .strong)]
            + tables.joined()
    }

    private var sessions: [StyledLine] {
        guard !document.sessions.isEmpty else { return [] }
        let shown = isLong ? document.sessions[...] : document.sessions.prefix(Self.shown)
        var lines = [StyledLine("Most changed sessions", .strong)]
        for change in shown {
            lines.append(StyledLine(change.session))
            for list in ComparedList.allCases {
                guard let own = change.lists[list.rawValue] else { continue }
                let text =
                    "  \(list.rawValue): overlap \(Figures.fixed(own.overlap, decimals: 2)), RBO "
                    + Figures.fixed(own.rbo, decimals: 3)
                lines.append(StyledLine(text))
                lines += named("+", own.entries, .good) + named("-", own.exits, .bad)
            }
        }
        let left = document.sessionCounts.changed - shown.count
        if left > 0 { lines.append(StyledLine("and \(left) more, in --format json", .faint)) }
        return lines
    }

    private func named(_ sign: String, _ movies: [MovieID], _ role: StyledLine.Role) -> [StyledLine] {
        guard !movies.isEmpty else { return [] }
        let names = movies.map { titles[$0] ?? $0.text }.joined(separator: " · ")
        return [StyledLine("    \(sign) ", role).appending(names).truncated(toColumns: width)]
    }

    private var blame: [StyledLine] { document.blame.map { BlameText($0, width: width).lines } ?? [] }

    private var gate: [StyledLine] { document.gate.map { GateText($0.verdicts, width: width).lines } ?? [] }

    private var closing: StyledLine {
        switch ExitCode(rawValue: document.exitCode) {
        case .passed:
            document.gate == nil
                ? StyledLine("exit 0: compared; no limits were given", .good)
                : StyledLine("exit 0: every limit is kept", .good)
        case .expectationFailed: StyledLine("exit 1: a limit is not kept", .bad)
        default: StyledLine("exit \(document.exitCode): nothing could be judged", .doubtful)
        }
    }
}
