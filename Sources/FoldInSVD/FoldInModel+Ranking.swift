package import Domain
import LinearAlgebra

/// What a film's score is made of.
package enum ScoreFormula: String, Hashable, Sendable, CaseIterable {
    /// `V_c · p`, as the service is deployed.
    case factors
    /// `mu + bias_c + V_c · p`, a predicted rating.
    case biased
}

extension FoldInModel {
    /// The number of films that the second stage reranks.
    package static let defaultLimit = 100

    /// Ranks candidates for a visitor, best first.
    ///
    /// For one ranking. Where many share their candidates, resolve these once as a ``CandidateSet``.
    ///
    /// - Complexity: O(n · k) in the films of the model and O(*m*) in the candidates.
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
    /// Scores are 32-bit floats. The order is stable: equal scores keep the order of the candidates.
    ///
    /// - Parameters:
    ///   - user: The visitor, folded into this model.
    ///   - candidates: The films to choose from, resolved for this model.
    ///   - excluded: Films that are no candidates for this visitor.
    ///   - limit: The most places of the ranking.
    ///   - formula: What a score is made of.
    /// - Returns: The ranking, ranks from 1.
    /// - Precondition: `user` and `candidates` belong to this model, and `limit` is not negative.
    /// - Complexity: O(n · k) in the films of the model; no id is hashed but the excluded ones.
    package func rank(
        _ user: UserVector,
        candidates: CandidateSet,
        excluding excluded: [MovieID] = [],
        limit: Int = FoldInModel.defaultLimit,
        formula: ScoreFormula = .factors
    ) -> Ranking {
        precondition(candidates.model === self, "candidates of another model")
        precondition(user.values.count == factorCount, "\(user.values.count) weights for \(factorCount) factors")
        var scores = scores(of: candidates, for: user)
        if formula == .biased {
            let mean = Float(mean)
            for (position, row) in candidates.rows.enumerated() {
                scores[position] += mean + biases[Int(row)]
            }
        }
        for movie in excluded {
            if let position = candidates.position(of: movie) {
                // Not a number is never ranked.
                scores[position] = .nan
            }
        }
        let places = best(limit, of: scores, candidates: candidates, user: user, formula: formula)
        return Ranking(model: .svd, places: places)
    }

    /// The best candidates with their scores in full precision.
    ///
    /// A score near zero is a small difference of large products, of which 32-bit sums keep too few digits. So twice the
    /// wanted films are chosen by 32-bit scores, far more than these can misplace; their scores are then summed in
    /// double precision and rounded once.
    private func best(
        _ limit: Int,
        of scores: [Float],
        candidates: CandidateSet,
        user: UserVector,
        formula: ScoreFormula
    ) -> [RankedMovie] {
        let chosen = scores.withUnsafeBufferPointer { topIndices(of: $0, count: limit + max(limit, 16)) }.sorted()
        let exact = withFactors { factors in
            chosen.map { position -> Float in
                let row = Int(candidates.rows[position])
                var sum = formula == .biased ? mean + Double(biases[row]) : 0
                for (factor, weight) in zip(factors[row: row], user.exactValues) { sum += Double(factor) * weight }
                return Float(sum)
            }
        }
        return exact.withUnsafeBufferPointer { topIndices(of: $0, count: limit) }.enumerated()
            .map { place, index in
                RankedMovie(movie: candidates.movies[chosen[index]], rank: place + 1, score: Double(exact[index]))
            }
    }

    /// `V_c · p` for each candidate.
    private func scores(of candidates: CandidateSet, for user: UserVector) -> [Float] {
        let count = candidates.rows.count
        return withFactors { factors in
            user.values.withUnsafeBufferPointer { user -> [Float] in
                guard let weights = user.baseAddress, count > 0 else { return [] }
                // Reading all of V in one sweep beats hopping through it unless only few films are wanted.
                guard count >= factors.rows / 4 else {
                    return candidates.rows.map { row in
                        BLAS.sdot(count: factors.columns, factors.base + Int(row) * factors.columns, weights)
                    }
                }
                let all = [Float](unsafeUninitializedCapacity: factors.rows) { all, initialized in
                    guard let result = all.baseAddress else { return }
                    BLAS.sgemv(
                        m: factors.rows,
                        n: factors.columns,
                        a: factors.base,
                        lda: factors.rowStride,
                        x: weights,
                        y: result
                    )
                    initialized = factors.rows
                }
                return candidates.isWholeModel ? all : candidates.rows.map { all[Int($0)] }
            }
        }
    }
}
