import Domain
package import Goldens
import Observations
import Scenarios

extension Evidence {
    /// The rankings of sessions that were answered in a state, as a golden would have them.
    ///
    /// A session that was answered several times comes as often. An answer of which the target showed no ranking, or only
    /// its first places, is left out.
    ///
    /// - Parameter state: The state.
    /// - Returns: The sessions in the order of their requests.
    /// - Complexity: O(*n*) in the places of all rankings.
    package func shownRankings(in state: GoldenState) -> [GoldenSession] {
        plan.requests.compactMap { request in
            let judged = JudgedAnswer(
                request: request,
                answer: answer(to: request),
                rowsWereRead: observation.rows != nil
            )
            guard let judged, judged.state(in: plan) == state, let svd = judged.whole(.svd) else { return nil }
            let p5 = state == .full ? judged.whole(.p5) : Ranking(model: .p5, places: [])
            return p5.flatMap {
                GoldenSession(
                    id: request.session.id,
                    svd: svd,
                    p5: $0,
                    scoring: plan.service.p5.scoring,
                    gaps: judged.answer.textGaps
                )
            }
        }
    }
}

extension JudgedAnswer {
    /// A model's ranking, `nil` where the target showed none of it or only its first places.
    fileprivate func whole(_ model: Model) -> Ranking? {
        answer.ranking(of: model).flatMap { $0.places.count == answer.rankedCount(of: model) ? $0 : nil }
    }
}
