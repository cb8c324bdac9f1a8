import Domain
import Goldens
import Observations

/// The order in which the harness's own engine ranks, in ties that of the rows the service stored.
///
/// Two right programs may order movies differently whose scores are closer than the goldens' tolerance, because they
/// add up in another order. Such a movie takes the place at which it was stored; no other movie moves but those it is
/// tied with.
struct PredictedPlaces {
    /// The places in the order in which the rows are expected.
    private(set) var places: [RankedMovie]
    /// How far a stored score may be from the predicted one, place by place.
    private(set) var allowances: [Double] = []

    /// Takes over a model's prediction, `nil` where there is none.
    ///
    /// - Complexity: O(*n*·*k*) in the places of the prediction and the stored rows.
    init?(of model: Model, in answer: ObservedAnswer, scoring: P5Settings.Scoring) {
        guard let prediction = answer.prediction(of: model) else { return nil }
        places = prediction.places
        let candidates = model == .p5 ? answer.prediction(of: .svd)?.places ?? [] : places
        let svd = Dictionary(candidates.map { ($0.movie, $0.score) }, uniquingKeysWith: { first, _ in first })
        let largest = candidates.map { abs($0.score) }.max() ?? 0
        let stored = answer.rowsAfter.map(\.row).filter { $0.model == model }.sorted { $0.rank < $1.rank }
        for row in stored where (1...max(1, places.count)).contains(row.rank) && !places.isEmpty {
            let target = row.rank - 1
            guard let index = places.firstIndex(where: { $0.movie == row.movie }), index > target,
                Self.isTie(places[index], places[target], of: model, scoring, svd, largest: largest)
            else { continue }
            places.insert(places.remove(at: index), at: target)
        }
        allowances = places.map { place in
            model == .svd
                ? ScoreTolerance.standard.allowance(of: place.score, largest: largest)
                : ScoreTolerance.standard.allowance(of: place.score, largest: 0, scoring: scoring)
        }
    }

    /// Whether either order of two movies is right: P5's scores are a tie, or they leave the order to the SVD scores
    /// and these are one.
    private static func isTie(
        _ left: RankedMovie,
        _ right: RankedMovie,
        of model: Model,
        _ scoring: P5Settings.Scoring,
        _ svd: [MovieID: Double],
        largest: Double
    ) -> Bool {
        let tolerance = ScoreTolerance.standard
        if model == .p5 {
            if tolerance.isTie(left.score, right.score, scoring: scoring) { return true }
            guard tolerance.leavesToSVD(left.score, right.score, scoring: scoring) else { return false }
        }
        guard let first = svd[left.movie], let second = svd[right.movie] else { return false }
        return tolerance.isTie(first, second, largest: largest)
    }
}
