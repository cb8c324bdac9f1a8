import Domain

/// The rule by which the places of one ranking may swap.
///
/// P5's scores are few and discrete: of movies that share one, the SVD scores decide.
struct TieRule {
    /// What decides a movie's place: the model's score, then for P5 the SVD score.
    struct Key {
        var score: Double
        var svdScore: Double
    }

    let model: Model
    let scoring: P5Settings.Scoring
    let tolerance: ScoreTolerance
    /// The ranking's largest SVD score by magnitude.
    let largestSVDScore: Double

    /// The rule of a golden's list.
    init(of list: GoldenList, tolerance: ScoreTolerance) {
        model = list.model
        scoring = list.scoring
        self.tolerance = tolerance
        largestSVDScore = list.largestSVDScore
    }

    /// Returns whether a movie may stand before another.
    func mayPrecede(_ left: Key, _ right: Key) -> Bool {
        switch model {
        case .svd:
            return left.score >= right.score || isTie(left.score, right.score)
        case .p5:
            if tolerance.leavesToSVD(left.score, right.score, scoring: scoring) {
                return left.svdScore >= right.svdScore || isTie(left.svdScore, right.svdScore)
            }
            return left.score > right.score || tolerance.isTie(left.score, right.score, scoring: scoring)
        }
    }

    /// Returns how far two movies are apart by the score that decides between them.
    func margin(of left: Key, over right: Key) -> Double {
        model == .p5 && tolerance.leavesToSVD(left.score, right.score, scoring: scoring)
            ? left.svdScore - right.svdScore
            : left.score - right.score
    }

    /// Returns whether either order of two movies passes.
    func areTied(_ left: Key, _ right: Key) -> Bool { mayPrecede(left, right) && mayPrecede(right, left) }

    /// Returns whether two SVD scores are so close that either order of their movies passes.
    func isTie(_ left: Double, _ right: Double) -> Bool {
        tolerance.isTie(left, right, largest: largestSVDScore)
    }
}
