import Domain
import Observations
import Scenarios

extension LandingCheck {
    /// Judges what each answer did to its session's rows: replaced the earlier set, or left it row by row.
    func answers(_ sets: ExpectedSets) -> Verdict? {
        // Only rows that are not there are looked for later.
        var grouped: LaterLooks?
        func looks() -> LaterLooks {
            if let grouped { return grouped }
            let made = LaterLooks(evidence.observation.answers, at: evidence.observation.rows?.recommendations ?? [])
            grouped = made
            return made
        }
        var (count, faults) = (0, [String]())
        for (request, answer) in planned {
            count += 1
            faults += self.faults(of: answer, to: request, sets, looks)
                .map { "request \(request.number), session \(request.session.id): \($0)" }
        }
        guard count > 0 else { return nil }
        return Verdict(
            check: "landing.answers",
            subject: .landing,
            outcome: faults.isEmpty ? .passed : .failed,
            message: faults.first
                ?? "after each of \(count) answers the rows were what it said: new sets whole, others untouched",
            details: Array(faults.dropFirst())
        )
    }

    private func faults(
        of answer: ObservedAnswer,
        to request: PlannedRequest,
        _ sets: ExpectedSets,
        _ seen: () -> LaterLooks
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
        let failures = RowLedger(
            RowAccount(expected: [set], found: Array(answer.rowsAfter), leftovers: Set(answer.rowsBefore))
        )
        .failures
        let lost = failures.filter { $0.verdict == .lost }
        let looks = lost.isEmpty ? [:] : Dictionary(grouping: seen().rows(after: answer)) { ExpectedRow.Key($0.row) }
        let later = lost.compactMap { entry in Self.found(entry, in: looks).map { (entry.key, $0) } }
        var faults = later.isEmpty ? [] : [Self.laterText(later.map(\.1))]
        let laterKeys = Set(later.map(\.0))
        faults += failures.filter { $0.verdict != .lost || !laterKeys.contains($0.key) }.map(\.phrase)
        if sets.undecided.contains(answer.request) {
            faults += SetShape(of: answer.rowsAfter.map(\.row)).faults(against: set)
            if answer.state == .full, set.saved[.p5, default: 0] == 0, !evidence.plan.meansP5ToFail(for: request) {
                faults.append("the SVD rows are there alone, half of what the request was writing")
            }
        }
        let kept = Set(answer.rowsBefore).intersection(answer.rowsAfter)
        if !kept.isEmpty {
            faults.insert("\(kept.count) rows of the earlier set were not replaced", at: later.isEmpty ? 0 : 1)
        }
        return faults
    }

    /// A row that an answer promised, as a look found it; `nil` where none did.
    private static func found(
        _ entry: RowLedger.Entry,
        in looks: [ExpectedRow.Key: [StoredRecommendation]]
    ) -> StoredRecommendation? {
        guard let expected = entry.expected else { return nil }
        return looks[entry.key]?
            .first { stored in
                expected.rank ?? stored.row.rank == stored.row.rank && expected.accepts(score: stored.row.score)
                    && expected.displayOrder == stored.row.displayOrder
            }
    }

    /// Rows that the look after the answer did not see and a later one did are not lost, but later than it says.
    private static func laterText(_ rows: [StoredRecommendation]) -> String {
        let created = rows.map(\.createdAt)
        let times = [created.min(), created.max()].compactMap { $0?.timeOfDay }
        let span = times.first == times.last ? times.first ?? "" : times.joined(separator: " to ")
        return "\(rows.count) rows came later than the answer: not there when it had come, there at a later look "
            + "(created_at \(span) UTC); --wait-rows 5s waits for them and says how late they are"
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
                    ? nil
                    : "request \(answer.request), session \(answer.session): \(Self.phrase(outcome, of: answer)), "
                        + "expected \(expected.value.rawValue)"
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

    /// What became of an earlier set, with the counts of rows where it is neither intact nor replaced.
    private static func phrase(_ outcome: EarlierSet?, of answer: ObservedAnswer) -> String {
        guard outcome == nil else { return "the earlier set is \(outcome?.rawValue ?? "")" }
        let before = Set(answer.rowsBefore)
        let kept = before.intersection(answer.rowsAfter).count
        return "the earlier set is neither intact nor replaced: \(kept) of its \(before.count) rows are there, and "
            + "\(answer.rowsAfter.count - kept) new ones"
    }

    private static func outcome(of answer: ObservedAnswer) -> EarlierSet? {
        let before = Set(answer.rowsBefore)
        let after = Set(answer.rowsAfter)
        if before == after { return .intact }
        return !after.isEmpty && before.isDisjoint(with: after) ? .replaced : nil
    }
}
