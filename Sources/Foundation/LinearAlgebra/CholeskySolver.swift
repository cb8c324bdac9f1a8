/// Solves symmetric positive definite systems of moderate size in double precision.
///
/// Written out rather than handed to LAPACK: the systems have a few dozen unknowns, where a call costs more than the
/// arithmetic, and one thread with one order of summation gives the same bits on every machine with IEEE arithmetic.
/// The algorithm is the Cholesky–Banachiewicz factorisation (Golub and Van Loan, Matrix Computations, 4.2).
package enum CholeskySolver {
    /// Solves `A x = b`.
    ///
    /// - Parameters:
    ///   - matrix: `A`, n × n, row-major; only the lower triangle is read.
    ///   - rightSide: `b`, n values.
    /// - Returns: `x`, or `nil` where `A` is not positive definite to working precision or holds a NaN.
    /// - Precondition: `matrix` has the square of `rightSide.count` elements.
    /// - Complexity: O(n³).
    package static func solve(_ matrix: [Double], _ rightSide: [Double]) -> [Double]? {
        let size = rightSide.count
        precondition(matrix.count == size * size, "\(matrix.count) elements for \(size) unknowns")
        var factor = matrix
        var solution = rightSide
        let isSolved = factor.withUnsafeMutableBufferPointer { factor in
            solution.withUnsafeMutableBufferPointer { solveInPlace(factor, $0) }
        }
        return isSolved ? solution : nil
    }

    /// Solves `A x = b` without memory of its own.
    ///
    /// - Parameters:
    ///   - matrix: `A`, n × n, row-major; only the lower triangle is read, and it is overwritten.
    ///   - rightSide: `b`, n values, replaced by `x`.
    /// - Returns: Whether there is a solution: `A` is positive definite to working precision and `x` finite.
    /// - Precondition: `matrix` has the square of `rightSide.count` elements.
    /// - Complexity: O(n³).
    package static func solveInPlace(
        _ matrix: UnsafeMutableBufferPointer<Double>,
        _ rightSide: UnsafeMutableBufferPointer<Double>
    ) -> Bool {
        let size = rightSide.count
        precondition(matrix.count == size * size, "\(matrix.count) elements for \(size) unknowns")
        guard factorise(matrix, size: size) else { return false }
        substitute(UnsafeBufferPointer(matrix), into: rightSide)
        return rightSide.allSatisfy(\.isFinite)
    }

    /// Replaces the lower triangle of `A` by `L` with `A = L Lᵀ`; false where a pivot is not positive.
    private static func factorise(_ factor: UnsafeMutableBufferPointer<Double>, size: Int) -> Bool {
        for row in 0..<size {
            for column in 0...row {
                var sum = factor[row * size + column]
                for inner in 0..<column {
                    sum -= factor[row * size + inner] * factor[column * size + inner]
                }
                if row == column {
                    // Written so that a NaN fails as well.
                    guard sum > 0, sum.isFinite else { return false }
                    factor[row * size + row] = sum.squareRoot()
                } else {
                    factor[row * size + column] = sum / factor[column * size + column]
                }
            }
        }
        return true
    }

    /// Solves `L z = b`, then `Lᵀ x = z`, in place.
    private static func substitute(
        _ factor: UnsafeBufferPointer<Double>,
        into solution: UnsafeMutableBufferPointer<Double>
    ) {
        let size = solution.count
        for row in 0..<size {
            var sum = solution[row]
            for column in 0..<row {
                sum -= factor[row * size + column] * solution[column]
            }
            solution[row] = sum / factor[row * size + row]
        }
        for row in (0..<size).reversed() {
            var sum = solution[row]
            for later in (row + 1)..<max(row + 1, size) {
                sum -= factor[later * size + row] * solution[later]
            }
            solution[row] = sum / factor[row * size + row]
        }
    }
}
