package import Domain
import LinearAlgebra

/// A visitor folded into the model: one weight for each factor.
package struct UserVector: Hashable, Sendable {
    /// The weights, k values.
    package let values: [Float]
    /// The weights before they were rounded, k values.
    let exactValues: [Double]
    /// The number of ratings that made it.
    package let usedRatings: Int
    /// The number of ratings left out because the model does not know their film or they are not finite.
    package let unusedRatings: Int
}

extension FoldInModel {
    /// Folds a visitor in: solves `(V_Rᵀ V_R + reg · I) p = V_Rᵀ y` with `y = r − mu − bias`.
    ///
    /// A film rated twice counts twice. The system is solved in double precision. With
    /// fewer ratings than factors the system `(V_R V_Rᵀ + reg · I) a = y` of the ratings is solved instead, and
    /// `p = V_Rᵀ a`: the same vector by the push-through identity, from fewer unknowns.
    ///
    /// - Returns: The weights; `nil` where no rating is known to the model, or where factors so large that 32 bits cannot
    ///   hold the result leave none.
    /// - Complexity: O(n · k · min(n, k)) in the n ratings and k factors.
    package func userVector(for ratings: [Rating]) -> UserVector? {
        var rows: [Int] = []
        var residuals: [Double] = []
        for rating in ratings where rating.value.isFinite {
            guard let row = row(of: rating.movie) else { continue }
            rows.append(row)
            residuals.append(rating.value - mean - Double(biases[row]))
        }
        guard !rows.isEmpty else { return nil }
        let rated = ratedFactors(rows)
        let weights =
            rows.count < factorCount
            ? solveByRatings(rated, residuals)
            : solveByFactors(rated, residuals)
        guard let weights, weights.allSatisfy({ Float($0).isFinite }) else { return nil }
        return UserVector(
            values: weights.map(Float.init),
            exactValues: weights,
            usedRatings: rows.count,
            unusedRatings: ratings.count - rows.count
        )
    }

    /// `V_R` in double precision, rows.count × k.
    private func ratedFactors(_ rows: [Int]) -> [Double] {
        withFactors { factors in
            var rated: [Double] = []
            rated.reserveCapacity(rows.count * factorCount)
            for row in rows {
                rated.append(contentsOf: factors[row: row].lazy.map(Double.init))
            }
            return rated
        }
    }

    private func solveByRatings(_ rated: [Double], _ residuals: [Double]) -> [Double]? {
        let count = residuals.count
        var gram = [Double](repeating: 0, count: count * count)
        for row in 0..<count {
            for column in 0...row {
                var sum = 0.0
                for factor in 0..<factorCount {
                    sum += rated[row * factorCount + factor] * rated[column * factorCount + factor]
                }
                gram[row * count + column] = sum
            }
            gram[row * count + row] += regularisation
        }
        return CholeskySolver.solve(gram, residuals).map { transposedProduct(rated, $0) }
    }

    private func solveByFactors(_ rated: [Double], _ residuals: [Double]) -> [Double]? {
        var gram = [Double](repeating: 0, count: factorCount * factorCount)
        for rating in residuals.indices {
            for row in 0..<factorCount {
                let factor = rated[rating * factorCount + row]
                for column in 0...row {
                    gram[row * factorCount + column] += factor * rated[rating * factorCount + column]
                }
            }
        }
        for factor in 0..<factorCount {
            gram[factor * factorCount + factor] += regularisation
        }
        return CholeskySolver.solve(gram, transposedProduct(rated, residuals))
    }

    /// `V_Rᵀ x`.
    private func transposedProduct(_ rated: [Double], _ vector: [Double]) -> [Double] {
        var product = [Double](repeating: 0, count: factorCount)
        for (row, weight) in vector.enumerated() {
            for factor in 0..<factorCount {
                product[factor] += rated[row * factorCount + factor] * weight
            }
        }
        return product
    }
}
