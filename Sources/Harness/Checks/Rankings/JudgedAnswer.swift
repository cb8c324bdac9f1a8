import Domain
import Goldens
import Observations
import Scenarios

/// A successful answer with the rankings it came from, as far as the target showed them.
struct JudgedAnswer {
    let request: PlannedRequest
    let answer: ObservedAnswer
    let response: RecommendResponse
    /// Whether the database was read, so that a row that is not known is not there.
    let rowsWereRead: Bool

    init?(request: PlannedRequest, answer: ObservedAnswer?, rowsWereRead: Bool) {
        guard let answer, let response = answer.response else { return nil }
        self.request = request
        self.answer = answer
        self.response = response
        self.rowsWereRead = rowsWereRead
    }

    /// Whether P5 had a part in the answer.
    var hasP5: Bool { response.p5TopSaved > 0 || answer.ranking(of: .p5)?.places.isEmpty == false }

    /// Whether the target showed the rankings themselves, or only the rows that were made of them.
    var showsRankings: Bool { !answer.rankings.isEmpty }

    /// The state whose golden the answer must equal, `nil` where nothing could be ranked.
    ///
    /// An answer with P5 rows is a full one, also where P5 was loaded while the request waited. One without is an
    /// SVD-only answer where P5 was not loaded or the scenario made it fail; else it is a full answer that lacks P5.
    func state(in plan: Plan) -> GoldenState? {
        if hasP5 { return .full }
        guard answer.state == .full else { return answer.state.flatMap(GoldenState.init) }
        return plan.meansP5ToFail(for: request) ? .svdOnly : .full
    }

    /// How many rows of a model the answer says it saved.
    func saved(of model: Model) -> Int {
        model == .svd ? response.svdTopSaved : response.p5TopSaved
    }

    /// Returns a model's ranking and whether it is only the beginning, `nil` where nothing of it was seen.
    ///
    /// A target that does not show its rankings is judged by the rows that it stored.
    func ranking(of model: Model) -> (ranking: Ranking, isPrefix: Bool)? {
        if let ranking = answer.ranking(of: model) { return (ranking, false) }
        guard !showsRankings else { return (Ranking(model: model, places: []), false) }
        let rows = answer.rowsAfter.map(\.row).filter { $0.model == model }.sorted { $0.rank < $1.rank }
        guard !rows.isEmpty else {
            return rowsWereRead && saved(of: model) == 0 ? (Ranking(model: model, places: []), false) : nil
        }
        return (
            Ranking(
                model: model,
                places: rows.map { RankedMovie(movie: $0.movie, rank: $0.rank, score: $0.score) }
            ), true
        )
    }
}

extension Plan {
    /// Whether the scenario makes P5 fail while it scores for a request.
    func meansP5ToFail(for request: PlannedRequest) -> Bool {
        faults.contains { fault in
            guard case .scoring(_, let number) = fault.fault else { return false }
            return number == nil || number == request.number
        }
    }
}
