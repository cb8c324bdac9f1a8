import Checks
import ModelComparison

/// A comparison as a Markdown card for a pull request: drift, blame, limits, and the line that does it again.
package struct ComparisonCard {
    private let document: ComparisonDocument

    /// Creates the card of a document.
    package init(_ document: ComparisonDocument) {
        self.document = document
    }

    /// The text in Markdown.
    package var text: String {
        let counts = document.sessionCounts
        var lines = [
            "### Model change: \(MarkdownText.escaped(document.old.name)) → \(MarkdownText.escaped(document.new.name))",
            "",
        ]
        lines += ["**\(verdict)** · \(counts.compared) sessions compared, \(counts.changed) changed" + missing, ""]
        lines += drift + why + limits
        lines += ["```sh", document.command, "```", ""]
        return lines.joined(separator: "\n")
    }

    private var verdict: String {
        switch ExitCode(rawValue: document.exitCode) {
        case .passed: document.gate == nil ? "Compared, no limits given" : "Every limit is kept"
        case .expectationFailed: "A limit is not kept"
        default: "Nothing could be judged"
        }
    }

    private var missing: String {
        let counts = document.sessionCounts
        return counts.onlyOld + counts.onlyNew == 0
            ? "" : ", \(counts.onlyOld) only old, \(counts.onlyNew) only new (\(counts.policy.rawValue))"
    }

    private var drift: [String] {
        let rows = document.metrics.filter { $0.slice == SlicePlan.all && $0.sessions > 0 && Self.isLeading($0) }
        guard !rows.isEmpty else { return [] }
        let lines = rows.map { row in
            let cells = [
                row.model.rawValue, row.name, Self.number(row.old), Self.number(row.value ?? row.new),
                Self.number(row.delta), row.interval.map { "\(Self.number($0[0])) … \(Self.number($0[1]))" } ?? "",
                Self.number(row.adjustedP), String(row.sessions),
            ]
            return "| " + cells.joined(separator: " | ") + " |"
        }
        return [
            "| list | metric | old | new | change | interval | p | n |",
            "|---|---|--:|--:|--:|--:|--:|--:|",
        ] + lines + [""]
    }

    /// Whether a metric belongs on a card; all of them are in the JSON.
    private static func isLeading(_ row: MetricRow) -> Bool {
        let isDrift = ["Overlap", "RBO", "ParseFailures"].contains { row.name.hasPrefix($0) }
        return row.wins != nil || isDrift && !row.name.hasSuffix("ties=b)")
    }

    private var why: [String] {
        guard let blame = document.blame else { return [] }
        let places = blame.places
        return [
            "Why: \(blame.changedPlaces) places changed; candidates \(places.candidates), reranking "
                + "\(places.reranking), both \(places.both), equal scores \(places.ties).",
            "",
        ]
    }

    private var limits: [String] {
        guard let gate = document.gate else { return [] }
        let lines = gate.verdicts.map { verdict in
            let mark = verdict.outcome == .passed ? "✅" : verdict.outcome == .failed ? "❌" : "❔"
            let cells = [
                mark, MarkdownText.escaped(verdict.rule), verdict.model?.rawValue ?? "",
                MarkdownText.escaped(verdict.slice),
                Self.number(verdict.found), GateText.evidence(verdict),
            ]
            return "| " + cells.joined(separator: " | ") + " |"
        }
        return ["| | limit | list | slice | found | evidence |", "|---|---|---|---|--:|---|"] + lines + [""]
    }

    private static func number(_ value: Double?) -> String {
        value.map { Figures.fixed($0, decimals: 4) } ?? ""
    }
}
