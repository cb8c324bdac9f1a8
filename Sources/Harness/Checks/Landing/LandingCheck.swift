import Domain
import Observations
import Scenarios
import SourcePlaces

/// Judges what the database holds: every row, every session's set, and what visitors see.
struct LandingCheck {
    let evidence: Evidence

    var expectation: RowExpectation { evidence.plan.expectations.rows }
    /// The requests that were answered, each with its answer, in order.
    var planned: some Sequence<(request: PlannedRequest, answer: ObservedAnswer)> {
        evidence.plan.requests.lazy.compactMap { request in
            evidence.answer(to: request).map { (request: request, answer: $0) }
        }
    }

    func verdicts() -> [Verdict] {
        guard let rows = evidence.observation.rows, let ledger = evidence.ledger else { return unread() }
        let sets = evidence.expectedSets
        // What one answer did to its rows comes before what follows from it at the end.
        return [
            answers(sets),
            judge(ledger),
            strange(rows),
            completeness(sets, rows),
            movies(rows),
            summary(rows),
            views(rows),
            count("svd", of: .svd, expectation.svd, rows),
            count("p5", of: .p5, expectation.p5, rows),
            earlierSet(),
        ]
        .compactMap(\.self) + visitors(rows)
    }

    /// Without a look at the database no expectation about it can be judged.
    private func unread() -> [Verdict] {
        var expected: [(check: String, location: SourceLocation?)] = []
        if let svd = expectation.svd { expected.append(("landing.count.svd", svd.location)) }
        if let p5 = expectation.p5 { expected.append(("landing.count.p5", p5.location)) }
        if let earlier = expectation.earlierSet { expected.append(("landing.earlier_set", earlier.location)) }
        expected += evidence.plan.visitors.map { ("landing.visitors", $0.location) }
        if expected.isEmpty, !evidence.observation.startup.isRefused { expected.append(("landing.rows", nil)) }
        return expected.map { check, location in
            Verdict(
                check: check,
                subject: .landing,
                outcome: .inconclusive,
                message: "the database was not read, so nothing can be said about its rows",
                location: location
            )
        }
    }

    private func judge(_ ledger: RowLedger) -> Verdict {
        let counts = ledger.counts
        let failures = ledger.failures
        let parts = RowVerdict.allCases.compactMap { verdict in
            counts[verdict].flatMap { $0 > 0 ? "\($0) \(verdict.rawValue.replacing("_", with: " "))" : nil }
        }
        let text = parts.isEmpty ? "no row was expected and none is there" : parts.joined(separator: ", ")
        let isOpen = failures.isEmpty && ledger.unjudged > 0
        return Verdict(
            check: "landing.rows",
            subject: .landing,
            outcome: !failures.isEmpty ? .failed : isOpen ? .inconclusive : .passed,
            message: text + (ledger.unjudged > 0 ? ", \(ledger.unjudged) that the answers do not show" : "")
                + (ledger.timeToVisible.map { "; \($0)" } ?? "")
                + (failures.first.map { "; \($0)" } ?? ""),
            expected: "every expected row landed, no other row",
            actual: text,
            details: failures.dropFirst().map(\.description)
        )
    }

    /// Rows that are not the service's are a failure of what landed, whoever wrote them.
    private func strange(_ rows: ObservedRows) -> Verdict? {
        guard let first = rows.strange.first else { return nil }
        return Verdict(
            check: "landing.strange",
            subject: .landing,
            outcome: .failed,
            message: "\(rows.strange.count) rows cannot be read as the service's; \(first)",
            details: Array(rows.strange.dropFirst())
        )
    }

    /// Judges each session's set as a whole, apart from the single rows: a gap or a repetition shows here.
    private func completeness(_ sets: ExpectedSets, _ rows: ObservedRows) -> Verdict? {
        guard !sets.final.isEmpty else { return nil }
        let found = RowsBySession(rows.recommendations)
        let faults = sets.final.flatMap { set in
            SetShape(of: found[set.slot].map(\.row)).faults(against: set)
                .map { "session \(set.session): \($0)" }
        }
        let filled = sets.final.count { !$0.rows.isEmpty }
        return Verdict(
            check: "landing.sets",
            subject: .landing,
            outcome: faults.isEmpty ? .passed : .failed,
            message: faults.first
                ?? "\(filled) sessions hold a whole set, \(sets.final.count - filled) hold none, as their answers said",
            details: Array(faults.dropFirst())
        )
    }

    private func movies(_ rows: ObservedRows) -> Verdict? {
        guard !rows.recommendations.isEmpty else { return nil }
        guard !evidence.catalogue.isEmpty else {
            return Verdict(
                check: "landing.films",
                subject: .landing,
                outcome: .inconclusive,
                message: "the catalogue is empty or unknown, so the movies cannot be judged"
            )
        }
        let shown = Dictionary(
            evidence.plan.sessions.map { ($0.id, Set($0.phase1Movies)) },
            uniquingKeysWith: { first, _ in first }
        )
        let strangers = rows.recommendations
            .compactMap { stored -> String? in
                let row = stored.row
                if shown[row.session]?.contains(row.movie) ?? false {
                    return "session \(row.session): movie \(row.movie) was shown in phase 1"
                }
                return evidence.catalogue.contains(row.movie)
                    ? nil : "session \(row.session): movie \(row.movie) is not in the catalogue"
            }
        return Verdict(
            check: "landing.films",
            subject: .landing,
            outcome: strangers.isEmpty ? .passed : .failed,
            message: strangers.first
                ?? "all \(rows.recommendations.count) rows are movies of the catalogue, none of phase 1",
            details: Array(strangers.dropFirst())
        )
    }

    private func count(
        _ name: String,
        of model: Model,
        _ expected: Located<Int>?,
        _ rows: ObservedRows
    ) -> Verdict? {
        guard let expected else { return nil }
        let found = rows.recommendations.count { $0.row.model == model }
        let isAsExpected = found == expected.value
        return Verdict(
            check: "landing.count.\(name)",
            subject: .landing,
            outcome: isAsExpected ? .passed : .failed,
            message: "\(found) rows of \(name)" + (isAsExpected ? "" : ", expected \(expected.value)"),
            location: expected.location,
            expected: "\(expected.value)",
            actual: "\(found)"
        )
    }
}
