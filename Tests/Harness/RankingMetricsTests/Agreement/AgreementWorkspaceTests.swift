import RankingMetrics
import Testing

@Suite("Agreement of two rankings")
struct AgreementWorkspaceTests {
    @Test("Overlap and Jaccard count the common movies of the first places")
    func counts() {
        let found = agreement(["a", "b", "c", "d"], ["b", "x", "a", "d"], depths: [3]).atDepth[0]
        #expect(found.common == 2)
        #expect(isClose(found.overlap, 2.0 / 3.0))
        #expect(isClose(found.jaccard, 0.5))
    }

    @Test("Places that neither ranking fills do not count; one that only one fills does")
    func unfilled() {
        #expect(agreement(["a", "b"], ["b", "a"], depths: [10]).atDepth[0].overlap == 1)
        #expect(agreement(["a"], ["a", "b"], depths: [10]).atDepth[0].overlap == 0.5)
        #expect(agreement([String](), [], depths: [10]).atDepth[0].overlap == 1)
        #expect(agreement(["a"], [], depths: [10]).atDepth[0].overlap == 0)
    }

    @Test("Rank-biased overlap of two places swapped, by hand: (1 − p) / p · p² + p² = p")
    func swapped() {
        for persistence in [0.5, 0.9, 0.98] {
            #expect(isClose(agreement(["a", "b"], ["b", "a"], persistence: persistence).rbo, persistence))
        }
    }

    @Test("A single movie that leads the longer ranking, by hand: 1")
    func prefixOfOther() {
        // Equation 32 with s = 1, l = 2, X1 = X2 = 1: (1−p)/p · (p + p²·(1/2) + p²·(1·1)/(1·2)) + (0/2 + 1)·p² = 1.
        #expect(isClose(agreement(["a"], ["a", "b"]).rbo, 1))
    }

    @Test("Uneven rankings, by hand")
    func uneven() {
        // s = 2, l = 3, X = 0, 1, 2, X_s = 1, p = 0.8:
        // (0.2/0.8)·(0 + 0.64·1/2 + 0.512·2/3 + 0.512·(1·1)/(2·3)) + ((2 − 1)/3 + 1/2)·0.512
        let expected = 0.25 * (0.32 + 0.512 * 2 / 3 + 0.512 / 6) + (1.0 / 3 + 0.5) * 0.512
        #expect(isClose(agreement(["a", "b"], ["b", "c", "a"], persistence: 0.8).rbo, expected))
    }

    @Test("Tied movies on both sides, by hand: one of two orders agrees")
    func tiedByHand() {
        // Half of each movie at depth 1: X = 2 · ½ · ½, so the mean agreement is ½ and the corrected one 1.
        let found = agreement(["a", "b"], scores: [1, 1], ["b", "a"], scores: [3, 3], persistence: 0.8)
        #expect(isClose(found.rboTied, 1))
        #expect(isClose(found.tiedRBO.sharedPlaces, 1))
        #expect(isClose(found.tiedRBO.average, 0.2 * 0.5 + 0.8))
        #expect(found.tauB == nil)
    }

    @Test("The mean over all orders of tied movies is the treatment a, where rankings are equally long")
    func meanOverOrders() {
        // Old: a, then b, c, d tied; new: c and a tied, then e, then b.
        let scores = (old: [9.0, 5, 5, 5], new: [4.0, 4, 2, 1])
        var sum = 0.0
        for order in ["bcd", "bdc", "cbd", "cdb", "dbc", "dcb"] {
            for first in ["ac", "ca"] { sum += agreement(Array("a" + order), Array(first + "eb")).rbo }
        }
        let tied = agreement(Array("abcd"), scores: scores.old, Array("caeb"), scores: scores.new)
        #expect(isClose(tied.tiedRBO.average, sum / 12))
    }

    @Test("A swap at the top costs more than one at the bottom")
    func topWeighted() {
        let golden = Array("abcdefghij")
        var top = golden
        var bottom = golden
        top.swapAt(0, 1)
        bottom.swapAt(8, 9)
        #expect(agreement(golden, top).rbo < agreement(golden, bottom).rbo)
    }

    @Test("Tau-b with one swap of neighbours among four, by hand: (5 − 1) / 6")
    func oneSwap() {
        #expect(isClose(agreement(["a", "b", "c", "d"], ["b", "a", "c", "d"]).tauB, 4.0 / 6.0))
        #expect(agreement(["a", "b"], ["c", "a"]).tauB == nil)
    }

    @Test("Tau-b of long rankings is that of all pairs", arguments: [63, 64, 65, 700])
    func allPairs(count: Int) {
        let old = Array(0..<count)
        let new = old.map { $0 * 37 % count }.reduce(into: [Int]()) { if !$0.contains($1) { $0.append($1) } }
        let place = Dictionary(uniqueKeysWithValues: new.enumerated().map { ($1, $0 / 3) })
        var (balance, inOld, inNew) = (0, 0, 0)
        for (first, left) in new.enumerated() {
            for right in new[(first + 1)...] {
                let before = (left / 2 - right / 2).signum()
                let after = (place[left, default: 0] - place[right, default: 0]).signum()
                (balance, inOld, inNew) = (balance + before * after, inOld + abs(before), inNew + abs(after))
            }
        }
        let found = agreement(
            old,
            scores: old.map { -Double($0 / 2) },
            new,
            scores: new.indices.map { -Double($0 / 3) }
        )
        #expect(isClose(found.tauB, Double(balance) / (Double(inOld) * Double(inNew)).squareRoot()))
    }

    @Test("The footrule of a reversed ranking of n is ⌊n² / 2⌋, foreign n (n + 1)", arguments: [2, 3, 4, 5, 10])
    func footrule(count: Int) {
        let movies = Array(0..<count)
        #expect(agreement(movies, movies).footruleDistance == 0)
        #expect(agreement(movies, movies.reversed()).footruleDistance == count * count / 2)
        let foreign = agreement(movies, movies.map { $0 + 100 })
        #expect(foreign.footruleDistance == count * (count + 1))
        #expect(foreign.footrule == 1)
    }

    @Test("A movie that one side lacks has moved, even from the last place")
    func lostAtTheEnd() {
        #expect(agreement(["a", "b"], ["a"]).footruleDistance == 1)
        #expect(agreement([String](), ["a"]).footrule == 1)
        #expect(agreement([String](), []).footrule == 0)
    }

    @Test("Metrics by their names")
    func names() throws {
        let found = agreement(Array("abc"), scores: [2, 2, 1], Array("bax"), scores: [3, 2, 1], depths: [1, 3])
        #expect(found.value(of: try MetricName("Overlap@3")) == found.atDepth[1].overlap)
        #expect(found.value(of: try MetricName("Jaccard@1")) == 0)
        #expect(found.value(of: try MetricName("RBO(p=0.9)")) == found.rbo)
        #expect(found.value(of: try MetricName("RBO(p=0.9,ties=b)")) == found.rboTied)
        #expect(found.value(of: try MetricName("RBO(p=0.9,ties=w)")) == found.tiedRBO.sharedPlaces)
        #expect(found.value(of: try MetricName("TauB")) == found.tauB)
        #expect(found.value(of: try MetricName("Footrule")) == found.footrule)
    }

    @Test("A movie that stands in a ranking twice, and a score that is no number, are refused")
    func refused() async {
        await #expect(processExitsWith: .failure) {
            let (ranking, scores): ([Int32], [Double]) = ([1, 2, 1], [])
            _ = AgreementWorkspace(movies: 3)
                .agreement(ranking.span, scores.span, ranking.span, scores.span, depths: [], persistence: 0.9)
        }
        await #expect(processExitsWith: .failure) {
            let (ranking, scores): ([Int32], [Double]) = ([1, 2], [1, .nan])
            _ = AgreementWorkspace(movies: 3)
                .agreement(ranking.span, scores.span, ranking.span, scores.span, depths: [], persistence: 0.9)
        }
        await #expect(processExitsWith: .failure) {
            let (ranking, gains): ([Int32], [Double]) = ([1, 2, 1], [1])
            let workspace = EffectivenessWorkspace(movies: 3)
            workspace.load(relevant: ranking.span.extracting(first: 1), gains: gains.span)
            workspace.judge(ranking.span)
        }
    }

    @Test("The first repetition of a movie is found, and the workspace is as before")
    func repetition() {
        let workspace = AgreementWorkspace(movies: 5)
        let rankings: [[Int32]] = [[0, 4, 2, 4, 0], [4, 2, 0], []]
        #expect(rankings.map { workspace.firstRepetition(in: $0.span) } == [3, nil, nil])
    }
}
