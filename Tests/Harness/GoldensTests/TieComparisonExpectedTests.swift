import Domain
import Goldens
import Testing

@Suite("Comparison up to ties: expected ratings")
struct TieComparisonExpectedTests {
    private let golden = GoldenFixture.p5(
        [
            ("a", 8.512_345, 1.0, 0.5), ("b", 8.104_321, 2.0, 0.5), ("c", 8.104_27, 3.0, 0.5),
            ("d", 7.9, 1.5, 0.0005), ("e", 0.4, 1.2, 0.5), ("f", -1, 1.1, 0.5), ("g", -1, 0.9, 0.5),
        ],
        scoring: .expected
    )

    /// A ranking in this order with the golden's texts, its ratings where no other is given, made to fall.
    private func ranking(_ order: [MovieID], ratings: [MovieID: Double], texts: [MovieID: String]) -> Ranking {
        let known = Dictionary(uniqueKeysWithValues: golden.places.map { ($0.movie, $0) })
        let places = order.enumerated()
            .map { index, movie in
                RankedMovie(
                    movie: movie,
                    rank: index + 1,
                    score: ratings[movie] ?? known[movie]?.score ?? 0,
                    text: texts[movie] ?? known[movie]?.text
                )
            }
        return Ranking(model: .p5, places: places)
    }

    private func compare(
        _ order: [MovieID],
        ratings: [MovieID: Double] = [:],
        texts: [MovieID: String] = [:]
    ) -> RankingComparison {
        TieComparison(with: golden).compare(ranking(order, ratings: ratings, texts: texts))
    }

    @Test("The golden itself passes, and with ratings off by less than 1e-4 points")
    func same() {
        #expect(compare(["a", "b", "c", "d", "e", "f", "g"]).isEqual)
        let result = compare(["a", "b", "c", "d", "e", "f", "g"], ratings: ["a": 8.512_435, "e": 0.400_09])
        #expect(result.isEqual)
        #expect(result.scoresWithinTolerance == 2)
        #expect(result.largestDeviation.isFinite)
    }

    @Test("A rating off by more fails, though 1e-4 of it were allowed to an SVD score")
    func wrongRating() {
        let result = compare(["a", "b", "c", "d", "e", "f", "g"], ratings: ["a": 8.512_465])
        #expect(
            result.differences == [.wrongScore(movie: "a", rank: 1, expected: 8.512_345, actual: 8.512_465)]
        )
    }

    @Test("Ratings within 1e-4 points may stand in either order, against their SVD scores too")
    func ties() {
        let result = compare(["a", "c", "b", "d", "e", "f", "g"], ratings: ["b": 8.104_29, "c": 8.104_3])
        #expect(result.isEqual)
        #expect(result.ranksExplainedByTies == 2)
    }

    @Test("Ratings further apart may not, though the texts say the same number")
    func order() throws {
        let result = compare(["a", "b", "d", "c", "e", "f", "g"])
        let first = try #require(result.firstDifference)
        #expect(first.rank == 3)
        #expect(try #require(first.margin) > 0.2)
    }

    @Test("Movies without a number in their texts keep the order of SVD")
    func withoutNumbers() {
        let result = compare(["a", "b", "c", "d", "e", "g", "f"])
        #expect(result.firstDifference?.rank == 6)
    }

    @Test("A text that may differ brings its own rating along; one that may not fails")
    func texts() {
        let order: [MovieID] = ["a", "d", "b", "c", "e", "f", "g"]
        let accepted = compare(order, ratings: ["d": 8.3], texts: ["d": "8.3"])
        #expect(accepted.isEqual && accepted.textExceptions.map(\.movie) == ["d"])
        let refused = compare(["a", "b", "c", "d", "e", "f", "g"], texts: ["e": "1"])
        #expect(refused.differences.count == 1 && refused.differences[0].rank == 5)
    }

    @Test("A golden of texts is not satisfied by expected ratings")
    func otherScoring() {
        let texts = GoldenFixture.p5([("a", 8.5, 1.0, 0.5), ("b", 8.1, 2.0, 0.5)])
        let result = TieComparison(with: texts)
            .compare(GoldenFixture.ranking(.p5, [("a", 8.512_345), ("b", 8.104_321)]))
        #expect(!result.isEqual)
    }
}
