/// The phrase that sums a scenario up: how the start ended, how many rows there are, what visitors see.
struct Headline {
    /// The phrase, such as `killed at 240.2 s · 0 rows · visitors: fallback`.
    let text: String

    /// Phrases a report.
    ///
    /// - Parameters:
    ///   - report: The report.
    ///   - visitors: What visitors see; `nil` where no database was read.
    init(_ report: ScenarioReport, visitors: VisitorCounts?) {
        if let error = report.error {
            text = report.outcome == .notRun ? error : "could not be run or judged"
            return
        }
        let parts = [report.startup.map(Self.start), Self.rows(report), Self.words(visitors)]
        let known = parts.compactMap(\.self)
        text = known.isEmpty ? "nothing was observed" : known.joined(separator: " · ")
    }

    private static func start(_ startup: StartupReport) -> String {
        if startup.outcome == "refused", let violation = startup.violations.first(where: { $0.severity == "error" }) {
            return "refused: \(violation.rule) \(violation.field)"
        }
        return startup.at.map { "\(startup.outcome) at \(Figures.virtual($0))" } ?? startup.outcome
    }

    private static func rows(_ report: ScenarioReport) -> String? {
        guard let landing = report.landing else { return nil }
        let rows = Figures.count(landing.reduce(0) { $0 + $1.rows }, "row")
        guard let counts = report.ledger?.counts else { return rows }
        let wrong =
            counts.lost + counts.duplicate + counts.phantom + counts.reordered + counts.wrongScore + counts.staleModel
            + counts.invisible
        return wrong > 0 ? "\(rows) (\(wrong) wrong)" : rows
    }

    private static func words(_ visitors: VisitorCounts?) -> String? {
        guard let visitors, visitors.all > 0 else { return nil }
        switch visitors.fallbacks {
        case 0: return "visitors: own movies"
        case visitors.all: return "visitors: fallback"
        default: return "visitors: \(visitors.fallbacks)/\(visitors.all) fallback"
        }
    }
}
