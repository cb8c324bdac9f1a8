import CKernels
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
    /// The number of ratings left out because the model does not know their movie or they are not finite.
    package let unusedRatings: Int
}

extension FoldInModel {
    /// Folds a visitor in: solves `(V_Rᵀ V_R + reg · I) p = V_Rᵀ y` with `y = r − mu − bias`.
    ///
    /// A movie rated twice counts twice. The system is solved in double precision. With
    /// fewer ratings than factors the system `(V_R V_Rᵀ + reg · I) a = y` of the ratings is solved instead, and
    /// `p = V_Rᵀ a`: the same vector by the push-through identity, from fewer unknowns.
    ///
    /// - Returns: The weights; `nil` where no rating is known to the model, or where factors so large that 32 bits
    ///   cannot hold the result leave none.
    /// - Complexity: O(n · k · min(n, k)) in the n ratings and k factors.
    package func userVector(for ratings: [Rating]) -> UserVector? {
        let workspace = FoldInWorkspace(factorCount: factorCount)
        guard let used = fold(ratings, in: workspace) else { return nil }
        return UserVector(
            values: workspace.weights.map(Float.init),
            exactValues: Array(workspace.weights),
            usedRatings: used,
            unusedRatings: ratings.count - used
        )
    }

    /// Folds a visitor in and leaves the weights in the memory.
    ///
    /// - Returns: The number of ratings used; `nil` where there are no weights.
    func fold(_ ratings: [Rating], in workspace: FoldInWorkspace) -> Int? {
        workspace.reserve(ratings.count)
        var count = 0
        for rating in ratings where rating.value.isFinite {
            guard let row = row(of: rating.movie) else { continue }
            workspace.rows[count] = Int32(row)
            workspace.residuals[count] = rating.value - mean - Double(biases[row])
            count += 1
        }
        guard count > 0 else { return nil }
        widen(count, workspace)
        guard count < factorCount ? solveByRatings(count, workspace) : solveByFactors(count, workspace),
            workspace.weights.allSatisfy({ Float($0).isFinite })
        else { return nil }
        return count
    }

    /// Copies the rows of the rated movies in double precision.
    private func widen(_ count: Int, _ workspace: FoldInWorkspace) {
        withFactors { factors in
            workspace.kernels.widen_rows(
                factors.base,
                factors.rowStride,
                workspace.rows,
                count,
                factorCount,
                workspace.rated
            )
        }
    }

    private func solveByRatings(_ count: Int, _ workspace: FoldInWorkspace) -> Bool {
        workspace.kernels.gram(workspace.rated, count, factorCount, workspace.gram)
        for rating in 0..<count { workspace.gram[rating * count + rating] += regularisation }
        let gram = UnsafeMutableBufferPointer(start: workspace.gram, count: count * count)
        let unknowns = UnsafeMutableBufferPointer(start: workspace.residuals, count: count)
        guard CholeskySolver.solveInPlace(gram, unknowns) else { return false }
        multiplyTransposed(count, workspace)
        return true
    }

    private func solveByFactors(_ count: Int, _ workspace: FoldInWorkspace) -> Bool {
        let gram = UnsafeMutableBufferPointer(start: workspace.gram, count: factorCount * factorCount)
        gram.initialize(repeating: 0)
        for rating in 0..<count {
            let values = workspace.rated + rating * factorCount
            for row in 0..<factorCount {
                let line = workspace.gram + row * factorCount
                for column in 0...row { line[column] += values[row] * values[column] }
            }
        }
        for factor in 0..<factorCount { gram[factor * factorCount + factor] += regularisation }
        multiplyTransposed(count, workspace)
        return CholeskySolver.solveInPlace(gram, workspace.weights)
    }

    /// Sets the weights to `V_Rᵀ x` with `x` in the place of the residuals.
    private func multiplyTransposed(_ count: Int, _ workspace: FoldInWorkspace) {
        workspace.kernels.combine_rows(
            workspace.rated,
            count,
            factorCount,
            workspace.residuals,
            workspace.weights.baseAddress
        )
    }
}
