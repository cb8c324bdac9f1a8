import CKernels
import Domain
import Testing

@testable import FoldInSVD

struct RankingKernelsTests {
    /// Random values between −1 and 1, some of them equal.
    private static func values(_ count: Int, seed: UInt64, distinct: Int = .max) -> [Float] {
        var generator = SplitMix64(seed: seed)
        let some = (0..<min(count, distinct))
            .map { _ in Float(Int64(bitPattern: generator.next()) >> 40) / Float(1 << 23) }
        return (0..<count).map { some[$0 % some.count] }
    }

    private static var variants: [coldstart_ranking_kernels] {
        [RankingKernels.inUse.functions, RankingKernels.portable.functions]
    }

    @Test(arguments: [1, 7, 8, 9, 64, 130])
    func `scores that count are the same bits in every variant`(width: Int) {
        let matrix = Self.values(50 * width, seed: 1)
        let weights = Self.values(width, seed: 2).map(Double.init)
        let rows = (0..<23).map { Int32($0 * 13 % 50) }
        let sums = Self.variants.map { kernels in
            var wide = [Double](repeating: .nan, count: rows.count * width)
            var gram = [Double](repeating: 0, count: rows.count * rows.count)
            var products = [Double](repeating: .nan, count: rows.count)
            var combined = [Double](repeating: .nan, count: width)
            kernels.exact_products(matrix, width, rows, rows.count, weights, width, &products)
            kernels.widen_rows(matrix, width, rows, rows.count, width, &wide)
            kernels.gram(wide, rows.count, width, &gram)
            kernels.combine_rows(wide, rows.count, width, products, &combined)
            return products + wide + gram + combined
        }
        #expect(sums[0] == sums[1])
        for (place, row) in rows.enumerated() {
            let first = Int(row) * width
            let expected = (0..<width).reduce(0.0) { $0 + Double(matrix[first + $1]) * weights[$1] }
            #expect(abs(sums[0][place] - expected) <= 1e-14 * Double(width))
            #expect(
                sums[0][rows.count + place * width..<rows.count + (place + 1) * width].map(Float.init)
                    == Array(matrix[first..<first + width])
            )
        }
    }

    @Test(arguments: [1, 4, 33])
    func `scores of tiles and panels are the inner products and offsets`(depth: Int) {
        let (tiles, panels) = (3, 5)
        let (visitors, movies) = (tiles * RankingKernels.visitorsATile, panels * RankingKernels.moviesAPanel)
        let weights = Self.values(visitors * depth, seed: 3)
        let factors = Self.values(movies * depth, seed: 4)
        let offsets = Self.values(movies, seed: 5)
        for kernels in Self.variants {
            for isOffset in [true, false] {
                let stride = movies + 16
                var scores = [Float](repeating: 7, count: visitors * stride)
                offsets.withUnsafeBufferPointer { offsets in
                    let added = isOffset ? offsets.baseAddress : nil
                    kernels.score(weights, tiles, factors, panels, depth, added, &scores, stride)
                }
                for visitor in 0..<visitors {
                    for movie in 0..<movies {
                        let expected = (0..<depth)
                            .reduce(isOffset ? Double(offsets[movie]) : 0) { sum, factor in
                                let weight = weights[(visitor / 6 * depth + factor) * 6 + visitor % 6]
                                return sum + Double(weight * factors[(movie / 16 * depth + factor) * 16 + movie % 16])
                            }
                        #expect(abs(Double(scores[visitor * stride + movie]) - expected) < 1e-5)
                    }
                    #expect(scores[visitor * stride + movies] == 7, "nothing is written behind the last movie")
                }
            }
        }
    }

    @Test(arguments: [1, 5, 31, 32, 33, 64, 150], [1, 3, 100, Int.max])
    func `the best are in order and earlier first where equal`(count: Int, distinct: Int) {
        let values = Self.values(count, seed: 6, distinct: distinct)
        let expected = values.indices.sorted { (values[$1], $0) < (values[$0], $1) }
        for kernels in Self.variants {
            for limit in [1, count / 2 + 1, count] {
                var scores = values + [Float](repeating: 9, count: RankingKernels.spareScores)
                var equals = [Int32](repeating: 3, count: limit)
                var best = [Int32](repeating: -1, count: limit)
                kernels.order(&scores, count, limit, &equals, &best)
                #expect(best.map(Int.init) == Array(expected.prefix(limit)))
            }
        }
    }

    @Test(arguments: [1, 8, 100, 743], [1, 2, 20, Int.max])
    func `so many values reach the cut and hardly more`(count: Int, distinct: Int) {
        let values = Self.values(count, seed: 7, distinct: distinct)
        for kernels in Self.variants {
            for wanted in [1, count / 3 + 1, count] {
                let cut = kernels.reached(values, count, wanted)
                #expect(values.count { $0 >= cut } >= wanted)
                #expect(values.count { $0 > cut } < wanted + wanted / 16 + 1)
            }
            #expect(kernels.reached(values, count, count + 1) == -.infinity)
            #expect(kernels.reached(values, count, 0) == -.infinity)
        }
    }

    @Test(arguments: [16, 48], [1, 15, 16, 17, 200, 1_111])
    func `all that reach the cut are collected`(size: Int, count: Int) {
        let groups = (count + size - 1) / size
        let scores = Self.values(count, seed: 8)
        let padded = scores + [Float](repeating: -2, count: groups * size - count)
        let highest = (0..<groups).map { group in padded[group * size..<(group + 1) * size].max() ?? 0 }
        for kernels in Self.variants {
            var maxima = [Float](repeating: 0, count: groups)
            kernels.group_maxima(padded, groups, size, &maxima)
            #expect(maxima == highest)
            for cut in [-.infinity, 0, 0.9, 2] as [Float] {
                var hits = [Int32](repeating: 0, count: groups)
                var places = [Int32](repeating: -1, count: count)
                let found = kernels.collect(scores, count, cut, maxima, groups, size, &hits, &places)
                #expect(places.prefix(found).map(Int.init) == scores.indices.filter { scores[$0] >= cut })
            }
        }
    }
}
