import CKernels
import Domain
import Testing

@testable import P5

/// Wider vectors decide which output a sum belongs to, and nothing else.
@Suite(.enabled(if: coldstart_has_variant(coldstart_avx512) != 0, "this processor has no AVX-512"))
struct KernelVariantsTests {
    private let narrow: coldstart_kernels
    private let wide: coldstart_kernels

    init() throws {
        narrow = try #require(coldstart_kernels_of(coldstart_avx2)).pointee
        wide = try #require(coldstart_kernels_of(coldstart_avx512)).pointee
    }

    private func numbers(_ count: Int, seed: UInt64) -> [Float] {
        var random = SplitMix64(seed: seed)
        return (0..<count).map { _ in Float.random(in: -2...2, using: &random) }
    }

    @Test(
        arguments: [1, 5, 6, 7, 200],
        [(1, 3), (15, 64), (16, 64), (17, 65), (31, 256), (32, 257), (33, 300), (500, 512)]
    )
    func `a product of AVX-512 is AVX2's to the bit`(rows: Int, shape: (outputs: Int, depth: Int)) {
        let x = numbers(rows * shape.depth, seed: 1)
        let w = numbers(shape.outputs * shape.depth, seed: 2)
        let results = [narrow, wide]
            .map { kernels in
                var y = numbers(rows * shape.outputs, seed: 3)
                kernels.multiply(x, rows: rows, w, outputs: shape.outputs, depth: shape.depth, into: &y, adding: true)
                return y.map(\.bitPattern)
            }
        #expect(results[0] == results[1])
    }

    @Test(arguments: [1, 7, 8, 9, 50], [(1, 3), (4, 7), (5, 8), (31, 256), (32, 1_030)])
    func `a product of few rows of AVX-512 is AVX2's to the bit`(rows: Int, shape: (outputs: Int, depth: Int)) {
        let (outputs, depth) = shape
        let x = numbers(rows * depth, seed: 8)
        let w = numbers(outputs * depth, seed: 9)
        let results = [narrow, wide]
            .map { kernels in
                var y = numbers(rows * outputs, seed: 10)
                kernels.linear_rows(x, depth, rows, w, depth, outputs, depth, &y, outputs, 1)
                return y.map(\.bitPattern)
            }
        #expect(results[0] == results[1])
    }

    @Test(arguments: [1, 2, 15, 16, 17, 31, 32, 33, 48, 172], [8, 16, 20, 64])
    func `attention of AVX-512 is AVX2's to the bit`(length: Int, width: Int) {
        let heads = 2
        let count = length * heads * width
        let (q, k, v) = (numbers(count, seed: 4), numbers(count, seed: 5), numbers(count, seed: 6))
        let bias = numbers(heads * (2 * length - 1), seed: 7)
        let results = [narrow, wide]
            .map { kernels in
                kernels.attention(q, k, v, bias: bias, length: length, heads: heads, width: width).map(\.bitPattern)
            }
        #expect(results[0] == results[1])
    }
}
