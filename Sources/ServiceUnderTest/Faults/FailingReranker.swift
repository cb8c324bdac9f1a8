import Domain
import RecommendationEngine

/// P5 with a fault: it fails whenever it is asked, and leaves a receipt.
struct FailingReranker: Reranker {
    /// The fault's number in the scenario.
    let fault: Int
    /// The message it fails with.
    let message: String
    /// The number of the request it fails in, for the receipt.
    let request: Int
    /// Where the receipt goes.
    let ledger: FaultLedger

    /// The error that P5 fails with.
    struct ScoringFailed: Error, CustomStringConvertible {
        let description: String
    }

    func rerank(_ films: [RankedMovie], session: SessionID, history: [Rating]) throws -> Reranking {
        ledger.record(fault, "P5 failed in request \(request) when asked to rerank \(films.count) films: \(message)")
        throw ScoringFailed(description: message)
    }
}
