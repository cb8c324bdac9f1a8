import Domain
@testable import Goldens
import Testing

@Suite("Comparison up to ties: SVD")
struct TieComparisonTests {
    private let golden = GoldenFixture.svd([("a", 2.0), ("b", 1.5), ("c", 1.49999), ("d", 1.0)], next: ("e", 0.99999))

    private func compare(_ movies: [(MovieID, Double)], isPrefix: Bool = false) -> RankingComparison {
        TieComparison(with: golden).compare(GoldenFixture.ranking(.svd, movies), isPrefix: isPrefix)
    }

    @Test("The golden itself passes, and nothing had to be tolerated")
    func same() {
        let result = compare([("a", 2.0), ("b", 1.5), ("c", 1.49999), ("d", 1.0)])
        #expect(result.isEqual)
        #expect(!result.passesOnlyByTolerance)
        #expect(result.firstDifference == nil)
        #expect(result.scoresWithinTolerance == 0)
        #expect(result.places == 4)
    }

    @Test("A swap of two movies that tie passes, and is counted")
    func nearTieSwap() {
        let result = compare([("a", 2.0), ("c", 1.50001), ("b", 1.49999), ("d", 1.0)])
        #expect(result.isEqual)
        #expect(result.passesOnlyByTolerance)
        #expect(result.ranksExplainedByTies == 2)
        #expect(result.scoresWithinTolerance == 2)
        #expect(result.largestDeviation < 1e-4 && result.largestDeviation > 1e-6)
    }

    @Test("A swap across a clear gap fails and shows the first differing rank with its margin")
    func clearGapSwap() throws {
        let result = compare([("b", 2.0), ("a", 1.5), ("c", 1.49999), ("d", 1.0)])
        #expect(!result.isEqual)
        let first = try #require(result.firstDifference)
        #expect(first.rank == 1)
        #expect(first.expected == "a")
        #expect(first.actual == "b")
        #expect(first.margin == 0.5)
        #expect(result.differences.contains(.outOfOrder(movie: "b", rank: 1, before: "a", margin: 0.5)))
        #expect(result.ranksExplainedByTies == 0)
    }

    @Test("Swapped ranks under the right movies' own scores fail")
    func swappedRanks() {
        let result = compare([("b", 1.5), ("a", 2.0), ("c", 1.49999), ("d", 1.0)])
        #expect(result.differences.contains(.outOfOrder(movie: "b", rank: 1, before: "a", margin: 0.5)))
        #expect(result.differences.contains(.unsorted(movie: "b", rank: 1)))
        #expect(!result.differences.contains { if case .wrongScore = $0 { true } else { false } })
    }

    @Test("Even two movies that tie may not stand against the ranking's own scores")
    func unsorted() {
        let result = compare([("a", 2.0), ("c", 1.49999), ("b", 1.5), ("d", 1.0)])
        #expect(result.differences == [.unsorted(movie: "c", rank: 2)])
    }

    @Test("A movie may not drift through a chain of near ties")
    func chainDrift() throws {
        let chain: [(MovieID, Double)] = (0..<10).map { (MovieID("m\($0)"), 1 - 0.00006 * Double($0)) }
        let list = GoldenFixture.svd(chain)
        var moved = chain.map(\.0)
        moved.insert(moved.removeLast(), at: 0)
        let observed = GoldenFixture.ranking(.svd, moved.map { ($0, 0.9997) })
        let result = TieComparison(with: list).compare(observed)
        #expect(result.firstDifference?.rank == 1)
        #expect(
            result.differences.contains {
                if case .outOfOrder("m9", 1, "m0", _) = $0 { true } else { false }
            }
        )

        var neighbour = chain.map(\.0)
        neighbour.swapAt(4, 5)
        let near = GoldenFixture.ranking(.svd, zip(neighbour, chain).map { ($0, $1.1) })
        #expect(TieComparison(with: list).compare(near).isEqual)
    }

    @Test("Another movie in the set fails")
    func setMismatch() throws {
        let result = compare([("a", 2.0), ("b", 1.5), ("x", 1.49999), ("d", 1.0)])
        #expect(result.differences.contains(.extra(movie: "x", rank: 3)))
        #expect(result.differences.contains(.missing(movie: "c", goldenRank: 3)))
        let first = try #require(result.firstDifference)
        #expect(first == .init(rank: 3, expected: "c", actual: "x", margin: nil, svdMargin: nil))
    }

    @Test("At the cut-off the next movie may stand in for the last one where they tie")
    func cutoffTie() {
        let result = compare([("a", 2.0), ("b", 1.5), ("c", 1.49999), ("e", 1.0)])
        #expect(result.isEqual)
        #expect(result.ranksExplainedByTies == 1)
    }

    @Test("At the cut-off the next movie may not stand in for one that it does not tie with")
    func cutoffWithoutTie() {
        let result = compare([("a", 2.0), ("b", 1.5), ("d", 1.0), ("e", 0.99999)])
        #expect(result.differences.contains(.missing(movie: "c", goldenRank: 3)))
        #expect(result.firstDifference?.rank == 3)
    }

    @Test("The next movie in addition to all others fails")
    func tooMany() {
        let result = compare([("a", 2.0), ("b", 1.5), ("c", 1.49999), ("d", 1.0), ("e", 0.99999)])
        #expect(result.differences == [.extra(movie: "e", rank: 5)])
        #expect(result.firstDifference?.expected == nil)
    }

    @Test("A dropped last movie fails even where the next one would tie")
    func dropped() {
        let result = compare([("a", 2.0), ("b", 1.5), ("c", 1.49999)])
        #expect(result.differences == [.missing(movie: "d", goldenRank: 4)])
        #expect(result.firstDifference == .init(rank: 4, expected: "d", actual: nil, margin: nil, svdMargin: nil))
    }

    @Test("A dropped first movie is reported where it should stand")
    func droppedFirst() {
        let result = compare([("b", 1.5), ("c", 1.49999), ("d", 1.0)])
        #expect(result.differences == [.missing(movie: "a", goldenRank: 1)])
        #expect(result.firstDifference?.rank == 1)
        #expect(result.firstDifference?.margin == 0.5)
    }

    @Test("An empty ranking misses every movie")
    func empty() {
        #expect(compare([]).differences.count == 4)
    }

    @Test("Only the first places seen: the golden is cut as well, and ties at the cut pass")
    func prefix() {
        #expect(compare([("a", 2.0), ("b", 1.5)], isPrefix: true).isEqual)
        #expect(compare([("a", 2.0), ("c", 1.5)], isPrefix: true).isEqual)
        #expect(!compare([("a", 2.0), ("d", 1.5)], isPrefix: true).isEqual)
        #expect(!compare([("a", 2.0), ("b", 1.5)]).isEqual)
    }

    @Test("A score outside the tolerance fails although the order is right")
    func wrongScore() {
        let result = compare([("a", 2.001), ("b", 1.5), ("c", 1.49999), ("d", 1.0)])
        #expect(result.differences == [.wrongScore(movie: "a", rank: 1, expected: 2.0, actual: 2.001)])
        #expect(result.firstDifference == nil)
    }

    @Test("A score that is not a number never passes")
    func nan() {
        #expect(!compare([("a", .nan), ("b", 1.5), ("c", 1.49999), ("d", 1.0)]).isEqual)
        #expect(!compare([("a", 2.0), ("b", 1.5), ("c", 1.49999), ("d", .nan)]).isEqual)
    }

    @Test("A repeated movie and a wrong rank number fail")
    func structure() {
        let twice = compare([("a", 2.0), ("a", 2.0), ("b", 1.5), ("c", 1.49999), ("d", 1.0)])
        #expect(twice.differences.contains(.duplicate(movie: "a", rank: 2)))
        let places = ["a", "b", "c", "d"].enumerated()
            .map { index, movie in
                RankedMovie(movie: MovieID(movie), rank: index, score: [2.0, 1.5, 1.49999, 1.0][index])
            }
        let shifted = TieComparison(with: golden).compare(Ranking(model: .svd, places: places))
        #expect(shifted.differences.first == .brokenRank(movie: "a", rank: 0, place: 1))
    }

    @Test("Every order of a golden without ties but its own fails")
    func allOrders() {
        let movies: [(MovieID, Double)] = [("a", 4), ("b", 3), ("c", 2), ("d", 1)]
        let list = GoldenFixture.svd(movies)
        func orders(_ rest: [MovieID]) -> [[MovieID]] {
            rest.isEmpty ? [[]] : rest.flatMap { first in orders(rest.filter { $0 != first }).map { [first] + $0 } }
        }
        let all = orders(movies.map(\.0))
        #expect(all.count == 24)
        for order in all {
            let observed = GoldenFixture.ranking(.svd, zip(order, movies).map { ($0, $1.1) })
            #expect(TieComparison(with: list).compare(observed).isEqual == (order == ["a", "b", "c", "d"]))
        }
    }
}
