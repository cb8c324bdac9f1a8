import COpenBLAS

/// The dense operations of OpenBLAS on row-major matrices of 32-bit floats.
///
/// A matrix is a base pointer and its leading dimension: the distance in elements between the starts of two rows.
/// The pointers must cover what the sizes say; results may not overlap inputs. See the reference BLAS at
/// https://www.netlib.org/blas/ for the operations.
package enum BLAS {
    /// Computes `C = alpha · op(A) · op(B) + beta · C` on row-major matrices.
    ///
    /// With `beta` 0 the old content of `C` is not read and may be uninitialised.
    ///
    /// - Parameters:
    ///   - transposeA: Whether `op(A)` is the transpose of `A`.
    ///   - transposeB: Whether `op(B)` is the transpose of `B`.
    ///   - m: The rows of `op(A)` and of `C`.
    ///   - n: The columns of `op(B)` and of `C`.
    ///   - k: The columns of `op(A)` and the rows of `op(B)`.
    ///   - alpha: The factor of the product.
    ///   - a: `A`, m × k, or k × m where transposed.
    ///   - lda: The leading dimension of `A` as it is stored.
    ///   - b: `B`, k × n, or n × k where transposed.
    ///   - ldb: The leading dimension of `B` as it is stored.
    ///   - beta: The factor of the old content of `C`.
    ///   - c: `C`, m × n.
    ///   - ldc: The leading dimension of `C`.
    /// - Precondition: Sizes are not negative, fit 32 bits, and leading dimensions are no less than the stored columns.
    /// - Complexity: O(m · n · k).
    package static func sgemm(
        transposeA: Bool = false,
        transposeB: Bool = false,
        m: Int,
        n: Int,
        k: Int,
        alpha: Float = 1,
        a: UnsafePointer<Float>,
        lda: Int,
        b: UnsafePointer<Float>,
        ldb: Int,
        beta: Float = 0,
        c: UnsafeMutablePointer<Float>,
        ldc: Int
    ) {
        checkMatrix("A", rows: transposeA ? k : m, columns: transposeA ? m : k, leading: lda)
        checkMatrix("B", rows: transposeB ? n : k, columns: transposeB ? k : n, leading: ldb)
        checkMatrix("C", rows: m, columns: n, leading: ldc)
        guard m > 0, n > 0 else { return }
        cblas_sgemm(
            CblasRowMajor,
            transposeA ? CblasTrans : CblasNoTrans,
            transposeB ? CblasTrans : CblasNoTrans,
            blasint(m),
            blasint(n),
            blasint(k),
            alpha,
            a,
            blasint(lda),
            b,
            blasint(ldb),
            beta,
            c,
            blasint(ldc)
        )
    }

    /// Computes `y = alpha · op(A) · x + beta · y` on a row-major matrix.
    ///
    /// - Parameters:
    ///   - transposeA: Whether `op(A)` is the transpose of `A`.
    ///   - m: The rows of `A` as it is stored.
    ///   - n: The columns of `A` as it is stored.
    ///   - alpha: The factor of the product.
    ///   - a: `A`, m × n.
    ///   - lda: The leading dimension of `A`.
    ///   - x: The vector: n values, m where `A` is transposed, without gaps.
    ///   - beta: The factor of the old content of `y`; with 0 it is not read.
    ///   - y: The result: m values, n where `A` is transposed, without gaps.
    /// - Precondition: Sizes are not negative, fit 32 bits, and `lda` is at least `n`.
    /// - Complexity: O(m · n).
    package static func sgemv(
        transposeA: Bool = false,
        m: Int,
        n: Int,
        alpha: Float = 1,
        a: UnsafePointer<Float>,
        lda: Int,
        x: UnsafePointer<Float>,
        beta: Float = 0,
        y: UnsafeMutablePointer<Float>
    ) {
        checkMatrix("A", rows: m, columns: n, leading: lda)
        guard m > 0, n > 0 else { return }
        if beta == 0 {
            // Releases differ in whether 0 times a NaN left in uninitialised memory stays a NaN.
            y.initialize(repeating: 0, count: transposeA ? n : m)
        }
        cblas_sgemv(
            CblasRowMajor,
            transposeA ? CblasTrans : CblasNoTrans,
            blasint(m),
            blasint(n),
            alpha,
            a,
            blasint(lda),
            x,
            1,
            beta,
            y,
            1
        )
    }

    /// Returns the inner product of two vectors without gaps.
    ///
    /// - Complexity: O(`count`).
    package static func sdot(count: Int, _ x: UnsafePointer<Float>, _ y: UnsafePointer<Float>) -> Float {
        precondition(count >= 0 && count <= Int(blasint.max), "vector of \(count) elements")
        return cblas_sdot(blasint(count), x, 1, y, 1)
    }

    private static func checkMatrix(_ name: StaticString, rows: Int, columns: Int, leading: Int) {
        precondition(
            rows >= 0 && columns >= 0 && leading >= max(1, columns) && max(rows, leading) <= Int(blasint.max),
            "matrix \(name) of \(rows) × \(columns) with leading dimension \(leading)"
        )
    }
}
