import RankingMetrics
import Testing

#if canImport(Glibc)
import Glibc
#else
import Foundation
#endif

/// Whether two figures agree to twelve digits.
private func isClose(_ left: Double?, _ right: Double) -> Bool {
    left.map { abs($0 - right) <= 1e-12 * max(1, abs(right)) } ?? false
}

@Suite("Overlap at k")
struct SetOverlapTests {
    @Test("Overlap and Jaccard count the common movies of the first places")
    func counts() {
        let overlap = SetOverlap(["a", "b", "c", "d"], ["b", "x", "a", "d"], depth: 3)
        #expect(overlap.common == 2)
        #expect(isClose(overlap.overlap, 2.0 / 3.0))
        #expect(isClose(overlap.jaccard, 0.5))
    }

    @Test("The same first places agree whatever their order; foreign ones do not")
    func extremes() {
        #expect(SetOverlap(["a", "b"], ["b", "a"], depth: 2).overlap == 1)
        #expect(SetOverlap(["a", "b"], ["c", "d"], depth: 2).jaccard == 0)
        #expect(SetOverlap([String](), [], depth: 10).jaccard == 1)
        #expect(SetOverlap(["a"], ["a"], depth: 10).overlap == 0.1)
    }
}

@Suite("Rank-biased overlap")
struct RankBiasedOverlapTests {
    @Test("Equal rankings overlap wholly, foreign ones not at all")
    func extremes() {
        let rbo = RankBiasedOverlap()
        #expect(isClose(rbo(["a", "b", "c"], ["a", "b", "c"]), 1))
        #expect(rbo(["a", "b"], ["c", "d"]) == 0)
        #expect(rbo([String](), []) == 1)
        #expect(rbo(["a"], []) == 0)
    }

    @Test("Two places swapped, by hand: (1 − p) / p · p² + p² = p")
    func swapped() {
        for persistence in [0.5, 0.9, 0.98] {
            #expect(isClose(RankBiasedOverlap(persistence: persistence)(["a", "b"], ["b", "a"]), persistence))
        }
    }

    @Test("A single movie that leads the longer ranking, by hand: 1")
    func prefixOfOther() {
        // Equation 32 with s = 1, l = 2, X1 = X2 = 1: (1−p)/p · (p + p²·(1/2) + p²·(1·1)/(1·2)) + (0/2 + 1)·p² = 1.
        #expect(isClose(RankBiasedOverlap()(["a"], ["a", "b"]), 1))
    }

    @Test("Uneven rankings, by hand, in either order of arguments")
    func uneven() {
        // s = 2, l = 3, X = 0, 1, 2, X_s = 1, p = 0.8:
        // (0.2/0.8)·(0 + 0.64·1/2 + 0.512·2/3 + 0.512·(1·1)/(2·3)) + ((2 − 1)/3 + 1/2)·0.512
        let expected = 0.25 * (0.32 + 0.512 * 2 / 3 + 0.512 / 6) + (1.0 / 3 + 0.5) * 0.512
        let rbo = RankBiasedOverlap(persistence: 0.8)
        #expect(isClose(rbo(["a", "b"], ["b", "c", "a"]), expected))
        #expect(isClose(rbo(["b", "c", "a"], ["a", "b"]), expected))
    }

    @Test("A swap at the top costs more than one at the bottom")
    func topWeighted() {
        let golden = Array("abcdefghij")
        var top = golden
        var bottom = golden
        top.swapAt(0, 1)
        bottom.swapAt(8, 9)
        #expect(RankBiasedOverlap()(golden, top) < RankBiasedOverlap()(golden, bottom))
    }
}

@Suite("Kendall tau-b")
struct KendallTauTests {
    @Test("Equal and reversed orders", arguments: [([1.0, 2, 3, 4], 1.0), ([4.0, 3, 2, 1], -1.0)])
    func extremes(scores: [Double], tau: Double) {
        #expect(isClose(KendallTau.b([1, 2, 3, 4], scores), tau))
    }

    @Test("One swap of neighbours among four, by hand: (5 − 1) / 6")
    func oneSwap() {
        #expect(isClose(KendallTau.b([1, 2, 3, 4], [2, 1, 3, 4]), 4.0 / 6.0))
        #expect(isClose(KendallTau.b(ranking: ["a", "b", "c", "d"], ["b", "a", "c", "d"]), 4.0 / 6.0))
    }

    @Test("Ties, the example of SciPy's documentation: −0.4714045207910316")
    func ties() {
        #expect(isClose(KendallTau.b([12, 2, 1, 12, 2], [1, 4, 7, 1, 0]), -0.4714045207910316))
    }

    @Test("No order, no figure")
    func undefined() {
        #expect(KendallTau.b([1, 1, 1], [1, 2, 3]) == nil)
        #expect(KendallTau.b([], []) == nil)
        #expect(KendallTau.b(ranking: ["a", "b"], ["c", "a"]) == nil)
    }
}

@Suite("Spearman's footrule")
struct SpearmanFootruleTests {
    @Test("Equal rankings have moved nothing, a reversed one of n by ⌊n² / 2⌋", arguments: [2, 3, 4, 5, 10])
    func reversed(count: Int) {
        let movies = Array(0..<count)
        #expect(SpearmanFootrule.distance(movies, movies) == 0)
        #expect(SpearmanFootrule.distance(movies, movies.reversed()) == count * count / 2)
    }

    @Test("Top lists without a common movie are at distance k (k + 1)", arguments: [1, 2, 5])
    func foreign(count: Int) {
        let left = Array(0..<count)
        let right = Array(100..<(100 + count))
        #expect(SpearmanFootrule.distance(left, right) == count * (count + 1))
        #expect(SpearmanFootrule.normalised(left, right) == 1)
    }

    @Test("One movie replaced at the end moves two movies by one place")
    func replaced() {
        #expect(SpearmanFootrule.distance(["a", "b", "c"], ["a", "b", "d"]) == 2)
        #expect(SpearmanFootrule.normalised([String](), []) == 0)
    }
}

@Suite("NDCG")
struct DiscountedGainTests {
    @Test("The golden itself reaches 1, foreign movies 0")
    func extremes() {
        let gain = DiscountedGain(golden: ["a", "b", "c"])
        #expect(isClose(gain.normalised(["a", "b", "c"], depth: 3), 1))
        #expect(gain.normalised(["x", "y"], depth: 3) == 0)
        #expect(DiscountedGain<String>(golden: []).normalised(["a"], depth: 3) == 1)
    }

    @Test("Gains 3 2 3 0 1 2 of the textbook example: 0.9608081943360615")
    func textbook() {
        let gain = DiscountedGain(gains: ["a": 3, "b": 2, "c": 3, "d": 0, "e": 1, "f": 2])
        #expect(isClose(gain.normalised(["a", "b", "c", "d", "e", "f"], depth: 6), 0.9608081943360615))
    }

    @Test("A swap of the first two of three, by hand")
    func swapped() {
        let found = 2 + 3 / log2(3.0) + 0.5
        let ideal = 3 + 2 / log2(3.0) + 0.5
        #expect(isClose(DiscountedGain(golden: ["a", "b", "c"]).normalised(["b", "a", "c"], depth: 3), found / ideal))
    }

    @Test("A repeated movie counts once")
    func repeated() {
        let gain = DiscountedGain(golden: ["a", "b"])
        #expect(gain.normalised(["a", "a"], depth: 2) < gain.normalised(["a", "b"], depth: 2))
    }
}

@Suite("Entries and exits")
struct RankChangesTests {
    @Test("Movies that came and left, each in the order of its ranking")
    func changes() {
        let changes = RankChanges(from: ["a", "b", "c", "d"], to: ["x", "a", "y", "b"], depth: 3)
        #expect(changes.entries == ["x", "y"])
        #expect(changes.exits == ["b", "c"])
    }
}
