import Domain
import Observations
import Scenarios

/// Which rows each session must hold, after each answer and at the end.
///
/// A successful answer that saved rows replaces both models' sets. One that saved none, and an error, leave the earlier
/// set as it was. Where the connection broke after the service had taken the request, or the scenario broke it after
/// the commit, either outcome is right, but only as a whole.
struct ExpectedSets {
    /// The set of each session and phase at the end, in order of the first request for it.
    private(set) var final: [ExpectedSet] = []
    /// The set that each answered request leaves behind, by request number.
    private(set) var afterRequest: [Int: ExpectedSet] = [:]
    /// The requests that may have written their rows although no answer says so.
    private(set) var undecided: Set<Int> = []
    /// The rows of the sets that later ones replaced, as they were promised.
    private(set) var earlier: [ExpectedRow] = []
    /// The rows that were there right before the final set of their session and phase was written.
    private(set) var leftovers: Set<StoredRecommendation> = []

    /// Follows the answers, by request number, in the order in which they were complete.
    ///
    /// A set that the service made beforehand stands until an answer replaces it.
    init(plan: Plan, answers: AnswersByRequest, precomputed: [PrecomputedSet] = []) {
        var sets: [RowSlot: ExpectedSet] = [:]
        var slots: [RowSlot] = []
        var replacedRows: [RowSlot: [StoredRecommendation]] = [:]
        for request in plan.requests {
            let slot = RowSlot(session: request.session.id, phase: request.phase)
            if sets.updateValue(.empty(of: slot.session, phase: slot.phase), forKey: slot) == nil { slots.append(slot) }
        }
        var early = precomputed.sorted { $0.moment < $1.moment }[...]
        func takeEarly(until moment: Duration?) {
            while let set = early.first, moment.map({ set.moment <= $0 }) ?? true {
                let slot = RowSlot(session: set.session, phase: set.phase)
                if sets[slot] == nil { slots.append(slot) }
                if sets[slot]?.rows.isEmpty ?? true { sets[slot] = ExpectedSet(set) }
                early.removeFirst()
            }
        }
        let order = plan.requests.indices
            .compactMap { index in answers[plan.requests[index].number].map { (moment: $0.finishedAt, index: index) } }
            .sorted { ($0.moment, plan.requests[$0.index].number) < ($1.moment, plan.requests[$1.index].number) }
        for place in order {
            let request = plan.requests[place.index]
            guard let answer = answers[request.number] else { continue }
            takeEarly(until: answer.finishedAt)
            let slot = RowSlot(session: request.session.id, phase: request.phase)
            let replaced = sets[slot]
            if let response = answer.response {
                if response.svdTopSaved > 0 || response.p5TopSaved > 0 {
                    let scoring = plan.service.p5.scoring
                    sets[slot] = ExpectedSet(promisedBy: response, in: answer, to: request, scoring: scoring)
                }
            } else if Self.mayHaveWritten(request, answer, plan: plan) {
                undecided.insert(request.number)
                if Set(answer.rowsAfter) != Set(answer.rowsBefore) {
                    sets[slot] = ExpectedSet(
                        found: Array(answer.rowsAfter),
                        session: slot.session,
                        phase: slot.phase,
                        request: request.number
                    )
                }
            }
            afterRequest[request.number] = sets[slot]
            if let replaced, replaced.request != sets[slot]?.request {
                earlier += replaced.rows
                replacedRows[slot] = answer.rowsBefore
            }
        }
        takeEarly(until: nil)
        final = slots.compactMap { sets[$0] }
        leftovers = Set(replacedRows.values.joined())
    }

    private static func mayHaveWritten(_ request: PlannedRequest, _ answer: ObservedAnswer, plan: Plan) -> Bool {
        guard answer.state == .svdOnly || answer.state == .full else { return false }
        if [nil, 502, 503, 504].contains(answer.status) { return true }
        return plan.faults.contains { $0.fault.mayHideCommit(of: request.number) }
    }
}
