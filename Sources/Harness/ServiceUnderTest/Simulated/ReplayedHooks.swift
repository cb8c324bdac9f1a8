import Domain
import RecommendationEngine
import Scenarios

/// What surrounds a request that is replayed: the scenario's display list, and its failures of P5.
struct ReplayedHooks: RequestHooks {
    /// The plan that the request belongs to.
    let plan: Plan
    /// The number of the request.
    let request: Int
    /// Where the receipts of failures go.
    let ledger: FaultLedger

    func displayStart() -> Model { plan.displayStart(ofRequest: request) }

    func recommender(_ loaded: Recommender) -> Recommender {
        guard loaded.p5 != nil, let (fault, message) = scoringFault else { return loaded }
        let failing = FailingReranker(message: message) { [ledger, request] movies in
            ledger.record(fault, "P5 failed in request \(request) when asked to rerank \(movies) movies: \(message)")
        }
        return Recommender(svd: loaded.svd, p5: failing, scoreFormula: loaded.scoreFormula)
    }

    private var scoringFault: (fault: Int, message: String)? {
        for planned in plan.faults {
            if case .scoring(let message, let number) = planned.fault, number == nil || number == request {
                return (planned.number, message)
            }
        }
        return nil
    }
}
