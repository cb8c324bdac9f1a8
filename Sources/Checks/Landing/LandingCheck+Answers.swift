import Domain
import Observations
import Scenarios

extension LandingCheck {
    /// Judges what each answer did to its session's rows: replaced the earlier set, or left it row by row.
    func answers(_ sets: ExpectedSets) -> Verdict? {
        guard !planned.isEmpty else { return nil }
        let faults = planned.flatMap { request, answer in
            self.faults(of: answer, to: request, sets)
                .map { "request \(request.number), session \(request.session.id): \($0)" }
        }
        return Verdict(
            check: "landing.answers",
            subject: .landing,
            outcome: faults.isEmpty ? .passed : .failed,
            message: faults.first
                ?? "after each of \(planned.count) answers the rows were what it said: new sets whole, others untouched",
            details: Array(faults.dropFirst())
        )
    }

    private func faults(
        of answer: ObservedAnswer,
        to request: PlannedRequest,
        _ sets: ExpectedSets
    ) -> [String] {
        guard let set = sets.afterRequest[answer.request] else { return [] }
        let wrote = set.request == answer.request
        guard wrote else {
            return Set(answer.rowsAfter) == Set(answer.rowsBefore) && answer.rowsAfter.count == answer.rowsBefore.count
                ? []
                : [
                    "the answer \(Self.text(answer)) saved nothing, and the rows changed from "
                        + "\(answer.rowsBefore.count) to \(answer.rowsAfter.count)"
                ]
        }
        var faults = RowLedger(
            expected: [set],
            found: answer.rowsAfter,
            earlier: answer.rowsBefore.map { ExpectedRow(unchanged: $0.row) }
        )
        .failures.map(\.description)
        if sets.undecided.contains(answer.request) {
            faults += SetShape(of: answer.rowsAfter.map(\.row)).faults(against: set)
            if answer.state == .full, set.saved[.p5, default: 0] == 0, !evidence.plan.meansP5ToFail(for: request) {
                faults.append("the SVD rows are there alone, half of what the request was writing")
            }
        }
        let kept = Set(answer.rowsBefore).intersection(answer.rowsAfter)
        if !kept.isEmpty { faults.append("\(kept.count) rows of the earlier set were not replaced") }
        return faults
    }

    private static func text(_ answer: ObservedAnswer) -> String {
        answer.status.map(String.init) ?? "that never came"
    }

    /// Judges what the scenario expects of the earlier sets of sessions that were asked for again.
    func earlierSet() -> Verdict? {
        guard let expected = expectation.earlierSet else { return nil }
        var last: [SessionID: ObservedAnswer] = [:]
        for (request, answer) in planned where !answer.rowsBefore.isEmpty {
            let known = last[request.session.id]
            if known.map({ ($0.finishedAt, $0.request) < (answer.finishedAt, answer.request) }) ?? true {
                last[request.session.id] = answer
            }
        }
        let wrong = last.values.sorted { $0.request < $1.request }
            .compactMap { answer -> String? in
                let outcome = Self.outcome(of: answer)
                return outcome == expected.value
                    ? nil : "request \(answer.request), session \(answer.session): \(outcome?.rawValue ?? "neither")"
            }
        return Verdict(
            check: "landing.earlier_set",
            subject: .landing,
            outcome: last.isEmpty ? .inconclusive : wrong.isEmpty ? .passed : .failed,
            message: last.isEmpty
                ? "no request met an earlier set, so nothing can be said about it"
                : wrong.first ?? "the earlier sets of \(last.count) sessions are \(expected.value.rawValue)",
            location: expected.location,
            expected: expected.value.rawValue,
            actual: last.isEmpty ? "no earlier set" : wrong.first ?? expected.value.rawValue,
            details: Array(wrong.dropFirst())
        )
    }

    private static func outcome(of answer: ObservedAnswer) -> EarlierSet? {
        let before = Set(answer.rowsBefore)
        let after = Set(answer.rowsAfter)
        if before == after { return .intact }
        return !after.isEmpty && before.isDisjoint(with: after) ? .replaced : nil
    }
}
