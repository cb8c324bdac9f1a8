import Domain
import LinearAlgebra
import Testing

struct BLASTests {
    private func random(_ count: Int, seed: UInt64) -> [Float] {
        var random = SplitMix64(seed: seed)
        return (0..<count).map { _ in Float.random(in: -1...1, using: &random) }
    }

    @Test(arguments: [false, true], [false, true])
    func `multiplies matrices as the definition says`(transposeA: Bool, transposeB: Bool) {
        let (m, n, k) = (3, 5, 4)
        // One column more than is used, so that a wrong leading dimension shows.
        let (lda, ldb, ldc) = ((transposeA ? m : k) + 1, (transposeB ? k : n) + 1, n + 1)
        let a = random((transposeA ? k : m) * lda, seed: 1)
        let b = random((transposeB ? n : k) * ldb, seed: 2)
        let before = random(m * ldc, seed: 3)
        var c = before
        c.withUnsafeMutableBufferPointer { c in
            BLAS.sgemm(
                transposeA: transposeA,
                transposeB: transposeB,
                m: m,
                n: n,
                k: k,
                alpha: 2,
                a: a,
                lda: lda,
                b: b,
                ldb: ldb,
                beta: 0.5,
                c: c.baseAddress!,
                ldc: ldc
            )
        }
        for row in 0..<m {
            for column in 0..<n {
                let product = (0..<k)
                    .reduce(Float(0)) { sum, inner in
                        let left = transposeA ? a[inner * lda + row] : a[row * lda + inner]
                        let right = transposeB ? b[column * ldb + inner] : b[inner * ldb + column]
                        return sum + left * right
                    }
                #expect(abs(c[row * ldc + column] - (2 * product + 0.5 * before[row * ldc + column])) < 1e-5)
            }
            #expect(c[row * ldc + n] == before[row * ldc + n])
        }
    }

    @Test(arguments: [false, true]) func `multiplies a matrix by a vector`(transposed: Bool) {
        let (m, n) = (7, 3)
        let a = random(m * n, seed: 4)
        let x = random(transposed ? m : n, seed: 5)
        let length = transposed ? n : m
        // With beta 0 what was there must not count, not even a NaN.
        var y = [Float](repeating: .nan, count: length)
        y.withUnsafeMutableBufferPointer {
            BLAS.sgemv(transposeA: transposed, m: m, n: n, a: a, lda: n, x: x, y: $0.baseAddress!)
        }
        for index in 0..<length {
            let expected = x.indices.reduce(Float(0)) { sum, inner in
                sum + x[inner] * (transposed ? a[inner * n + index] : a[index * n + inner])
            }
            #expect(abs(y[index] - expected) < 1e-5)
        }
    }

    @Test func `multiplies vectors`() {
        #expect(BLAS.sdot(count: 3, [1, 2, 3], [4, 5, 6]) == 32)
        #expect(BLAS.sdot(count: 0, [1], [1]) == 0)
    }

    @Test func `tells its kernel and configuration`() {
        #expect(!BLAS.kernelName.isEmpty)
        #expect(BLAS.configuration.contains("OpenBLAS"))
        #expect(BLAS.threads >= 1)
    }

    @Test func `rows of a view are apart by its stride`() {
        let values: [Float] = [1, 2, 9, 3, 4, 9]
        values.withUnsafeBufferPointer { values in
            let view = MatrixView(base: values.baseAddress!, rows: 2, columns: 2, rowStride: 3)
            #expect(Array(view[row: 0]) == [1, 2])
            #expect(Array(view[row: 1]) == [3, 4])
        }
    }
}
