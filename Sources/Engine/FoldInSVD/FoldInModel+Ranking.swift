package import Domain
import LinearAlgebra

extension FoldInModel {
    /// The number of movies that the second stage reranks.
    package static let defaultLimit = 100

    /// Ranks candidates for a visitor, best first.
    ///
    /// For one ranking. Where many share their candidates, resolve these once as a ``CandidateSet``.
    ///
    /// - Complexity: O(n · k) in the movies of the model and O(*m*) in the candidates.
    package func rank(
        _ user: UserVector,
        candidates: [MovieID],
        limit: Int = FoldInModel.defaultLimit,
        formula: ScoreFormula = .factors
    ) -> Ranking {
        rank(user, candidates: CandidateSet(candidates, of: self), limit: limit, formula: formula)
    }

    /// Ranks candidates for a visitor, best first.
    ///
    /// Scores are summed in double precision and rounded to 32 bits. The order is stable: equal scores keep the order
    /// of the candidates.
    ///
    /// - Parameters:
    ///   - user: The visitor, folded into this model.
    ///   - candidates: The movies to choose from, resolved for this model.
    ///   - excluded: Movies that are no candidates for this visitor.
    ///   - limit: The most places of the ranking.
    ///   - formula: What a score is made of.
    /// - Returns: The ranking, ranks from 1.
    /// - Precondition: `user` and `candidates` belong to this model, and `limit` is not negative.
    /// - Complexity: O(n · k) in the movies of the model; no id is hashed but the excluded ones.
    package func rank(
        _ user: UserVector,
        candidates: CandidateSet,
        excluding excluded: [MovieID] = [],
        limit: Int = FoldInModel.defaultLimit,
        formula: ScoreFormula = .factors
    ) -> Ranking {
        precondition(candidates.model === self, "candidates of another model")
        precondition(user.values.count == factorCount, "\(user.values.count) weights for \(factorCount) factors")
        precondition(limit >= 0, "\(limit) places")
        let count = candidates.rows.count
        guard count > 0, limit > 0 else { return Ranking(model: .svd, places: []) }
        let wanted = min(limit, count)
        let workspace = RankingWorkspace(visitors: 1, candidates: count, wanted: min(limit + excluded.count, count))
        score(candidates, for: user.values, formula, into: workspace.scores)
        workspace.shortlist.findMaxima(
            of: workspace.scores,
            groups: 0..<workspace.shortlist.groupCount,
            into: workspace.maxima
        )
        let margin = margin(ofSquaredLength: user.values.reduce(0) { $0 + $1 * $1 }, formula)
        let best = withUnsafeTemporaryAllocation(of: Int32.self, capacity: wanted) { places in
            withUnsafeTemporaryAllocation(of: Float.self, capacity: wanted) { scores -> [RankedMovie] in
                guard let firstPlace = places.baseAddress, let firstScore = scores.baseAddress else { return [] }
                let found = user.exactValues.withUnsafeBufferPointer { weights -> Int in
                    guard let weights = weights.baseAddress else { return 0 }
                    let request = RankingWorkspace.Request(
                        visitor: 0,
                        candidates: candidates,
                        excluded: excluded,
                        limit: limit,
                        formula: formula,
                        weights: weights,
                        margin: margin
                    )
                    return withFactors { factors in
                        workspace.rank(
                            request,
                            factors: factors,
                            bestPlaces: firstPlace,
                            bestScores: firstScore
                        )
                    }
                }
                return (0..<found)
                    .map { place in
                        RankedMovie(
                            movie: candidates.movie(at: Int(firstPlace[place])),
                            rank: place + 1,
                            score: Double(firstScore[place])
                        )
                    }
            }
        }
        return Ranking(model: .svd, places: best)
    }

    /// How far below another score one may be that is no lower in exact arithmetic; not finite where 32 bits may
    /// overflow.
    ///
    /// Each of two sums of k products is off by at most k roundings of the product of both vectors' lengths (Higham,
    /// Accuracy and Stability of Numerical Algorithms, 3.1), in any order of summation; eight more cover the rounding
    /// of the weights, of the biased formula and of the score that counts.
    ///
    /// - Parameters:
    ///   - squaredLength: That of the visitor's weights, summed in 32 bits.
    ///   - formula: What a score is made of.
    /// - Returns: The distance, no less than zero.
    func margin(ofSquaredLength squaredLength: Float, _ formula: ScoreFormula) -> Float {
        let length = squaredLength.squareRoot() * 1.001
        let largest = largestNorm * length + (formula == .biased ? largestOffset : 0)
        guard (4 * largest).isFinite else { return .infinity }
        return 2 * Float(factorCount + 8) * largest * 0x1p-24 + .leastNormalMagnitude
    }

    /// Writes the score of each candidate in 32-bit arithmetic.
    private func score(
        _ candidates: CandidateSet,
        for user: [Float],
        _ formula: ScoreFormula,
        into scores: UnsafeMutablePointer<Float>
    ) {
        let count = candidates.rows.count
        withFactors { factors in
            user.withUnsafeBufferPointer { user in
                guard let weights = user.baseAddress else { return }
                func multiply(into result: UnsafeMutablePointer<Float>) {
                    BLAS.sgemv(
                        m: factors.rows,
                        n: factors.columns,
                        a: factors.base,
                        lda: factors.rowStride,
                        x: weights,
                        y: result
                    )
                }
                if candidates.isWholeModel {
                    multiply(into: scores)
                } else if count >= factors.rows / 4 {
                    // Reading all of V in one sweep beats hopping through it unless only few movies are wanted.
                    withUnsafeTemporaryAllocation(of: Float.self, capacity: factors.rows) { all in
                        guard let all = all.baseAddress else { return }
                        multiply(into: all)
                        for (place, row) in candidates.rows.enumerated() { scores[place] = all[Int(row)] }
                    }
                } else {
                    for (place, row) in candidates.rows.enumerated() {
                        scores[place] = BLAS.sdot(
                            count: factors.columns,
                            factors.base + Int(row) * factors.rowStride,
                            weights
                        )
                    }
                }
            }
        }
        guard formula == .biased else { return }
        let mean = Float(mean)
        for (place, row) in candidates.rows.enumerated() { scores[place] += mean + biases[Int(row)] }
    }
}
