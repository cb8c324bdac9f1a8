import Domain
import Observations
import Scenarios

extension LandingCheck {
    /// Judges whether the summary query counts what the table holds.
    func summary(_ rows: ObservedRows) -> Verdict {
        var groups: [SummaryGroup: (rows: Int, sessions: Set<SessionID>)] = [:]
        for row in rows.recommendations.lazy.map(\.row) {
            groups[SummaryGroup(model: row.model, phase: row.phase), default: (0, [])].rows += 1
            groups[SummaryGroup(model: row.model, phase: row.phase)]?.sessions.insert(row.session)
        }
        let counted = Dictionary(
            uniqueKeysWithValues: groups.map { group, found in
                (
                    "\(group.model.rawValue) phase \(group.phase)",
                    "\(found.rows) rows of \(found.sessions.count) sessions"
                )
            }
        )
        let stated = Dictionary(
            rows.summary.map { ("\($0.model) phase \($0.phase)", "\($0.rows) rows of \($0.sessions) sessions") },
            uniquingKeysWith: { "\($0) and \($1)" }
        )
        let differences = Set(counted.keys).union(stated.keys).sorted().filter { counted[$0] != stated[$0] }
            .map { "\($0): the summary says \(stated[$0] ?? "nothing"), the table holds \(counted[$0] ?? "nothing")" }
        return Verdict(
            check: "landing.summary",
            subject: .landing,
            outcome: differences.isEmpty ? .passed : .failed,
            message: differences.first
                ?? (counted.isEmpty
                    ? "the summary query finds no row, and there is none"
                    : "the summary query agrees with the table: "
                        + counted.sorted { $0.key < $1.key }.map { "\($0): \($1)" }.joined(separator: "; ")),
            details: Array(differences.dropFirst())
        )
    }

    /// Judges whether each visitor is shown the displayed rows in their order, or the fallback where there are none.
    func views(_ rows: ObservedRows) -> Verdict? {
        guard !rows.visitors.isEmpty else { return nil }
        let shown = RowsBySession(rows.visible ?? rows.recommendations)
        let faults = rows.visitors.compactMap { view -> String? in
            let movies = shown[view.session].map(\.row).filter { $0.displayOrder != nil }
                .sorted { ($0.displayOrder ?? 0) < ($1.displayOrder ?? 0) }
                .map(\.movie)
            if movies.isEmpty != view.isFallback {
                return "session \(view.session) is shown \(view.isFallback ? "the fallback" : "recommendations"), "
                    + "and has \(movies.count) displayed rows"
            }
            return view.isFallback || view.movies == movies
                ? nil : "session \(view.session) is not shown its displayed rows in their order"
        }
        let fallbacks = rows.visitors.count(where: \.isFallback)
        return Verdict(
            check: "landing.views",
            subject: .landing,
            outcome: faults.isEmpty ? .passed : .failed,
            message: faults.first
                ?? "\(rows.visitors.count - fallbacks) visitors see their recommendations, \(fallbacks) the fallback, "
                + "as the rows say",
            details: Array(faults.dropFirst())
        )
    }

    /// Judges what the scenario expects visitors to see.
    func visitors(_ rows: ObservedRows) -> [Verdict] {
        let views = Dictionary(rows.visitors.map { ($0.session, $0) }, uniquingKeysWith: { first, _ in first })
        return evidence.plan.visitors.map { expected in
            let sessions = expected.places.map { evidence.plan.sessions[$0] }
            let seen = sessions.compactMap { views[$0.id] }
            let wrong = seen.filter { $0.isFallback != (expected.view == .fallback) }
            let unseen = sessions.count - seen.count
            let isOpen = seen.isEmpty || unseen > 0
            let name = expected.view.rawValue
            return Verdict(
                check: "landing.visitors",
                subject: .landing,
                outcome: !wrong.isEmpty ? .failed : isOpen ? .inconclusive : .passed,
                message: wrong.first.map {
                    "the visitor of session \($0.session) sees \($0.isFallback ? "the fallback" : "recommendations"), "
                        + "expected \(name)"
                }
                    ?? (isOpen
                        ? "the views of \(unseen) of \(sessions.count) visitors were not observed"
                        : "\(seen.count) visitors see \(name == "fallback" ? "the fallback" : name)"),
                location: expected.location,
                expected: name,
                actual: wrong.isEmpty ? (isOpen ? "not observed" : name) : "\(wrong.count) of \(seen.count) otherwise",
                details: wrong.dropFirst().map { "session \($0.session)" }
            )
        }
    }
}

/// What a line of the summary query counts.
private struct SummaryGroup: Hashable {
    let model: Model
    let phase: Int
}
