import Domain
@testable import Goldens
import Testing

@Suite("Comparison up to ties: P5")
struct TieComparisonP5Tests {
    private let golden = GoldenFixture.p5(
        [
            ("a", 8.5, 1.0, 0.5), ("b", 8.1, 2.0, 0.5), ("c", 8.1, 1.99999, 0.5), ("d", 8.1, 1.5, 0.0005),
            ("e", 7, 1.2, 0.5),
        ],
        next: ("z", 0.99999)
    )

    private func compare(_ movies: [(MovieID, Double)], candidates: [(MovieID, Double)]? = nil) -> RankingComparison {
        TieComparison(with: golden)
            .compare(
                GoldenFixture.ranking(.p5, movies),
                candidates: candidates.map { GoldenFixture.ranking(.svd, $0) }
            )
    }

    @Test("The golden itself passes, in single precision as well")
    func same() {
        #expect(compare([("a", 8.5), ("b", 8.1), ("c", 8.1), ("d", 8.1), ("e", 7)]).isEqual)
        let places = golden.places.map {
            RankedMovie(movie: $0.movie, rank: $0.rank, score: Double(Float($0.score)), text: $0.text)
        }
        #expect(TieComparison(with: golden).compare(Ranking(model: .p5, places: places)).isEqual)
    }

    @Test("Movies of equal score swap only where their SVD scores tie")
    func equalScores() throws {
        #expect(compare([("a", 8.5), ("c", 8.1), ("b", 8.1), ("d", 8.1), ("e", 7)]).isEqual)
        let result = compare([("a", 8.5), ("b", 8.1), ("d", 8.1), ("c", 8.1), ("e", 7)])
        let first = try #require(result.firstDifference)
        #expect(first.rank == 3)
        #expect(first.margin == 0)
        #expect(try #require(first.svdMargin) > 0.49)
    }

    @Test("A swap of movies of different scores fails")
    func differentScores() {
        let result = compare([("b", 8.1), ("a", 8.5), ("c", 8.1), ("d", 8.1), ("e", 7)])
        #expect(result.firstDifference?.rank == 1)
    }

    @Test("A text may differ where the reference was undecided: listed, and placed by its own score")
    func textException() {
        let result = compare([("d", 8.6), ("a", 8.5), ("b", 8.1), ("c", 8.1), ("e", 7)])
        #expect(result.isEqual)
        #expect(result.passesOnlyByTolerance)
        #expect(result.textExceptions == [.init(movie: "d", expected: "8.1", actual: "8.6", gap: 0.0005)])
    }

    @Test("A movie whose text may differ still has to stand where its score puts it")
    func textExceptionOutOfPlace() {
        let result = compare([("a", 8.5), ("b", 8.1), ("c", 8.1), ("e", 7), ("d", 8.6)])
        #expect(!result.isEqual)
    }

    @Test("A text may not differ where the reference was sure")
    func wrongText() {
        let result = compare([("a", 8.5), ("b", 8.1), ("c", 8.1), ("d", 8.1), ("e", 7.1)])
        #expect(
            result.differences == [.wrongText(movie: "e", rank: 5, expected: "7.0", actual: "7.1", gap: 0.5)]
        )
        #expect(result.textExceptions.isEmpty)
    }

    @Test("A text of the same value but other characters is a different text")
    func otherCharacters() {
        let places = golden.places.map {
            RankedMovie(movie: $0.movie, rank: $0.rank, score: $0.score, text: $0.movie == "e" ? "7" : $0.text)
        }
        let result = TieComparison(with: golden).compare(Ranking(model: .p5, places: places))
        #expect(result.differences == [.wrongText(movie: "e", rank: 5, expected: "7.0", actual: "7", gap: 0.5)])
    }

    @Test("Without visible texts the scores stand for them")
    func withoutTexts() {
        func ranking(_ lastScore: Double) -> Ranking {
            let places = golden.places.map {
                RankedMovie(movie: $0.movie, rank: $0.rank, score: $0.movie == "e" ? lastScore : $0.score)
            }
            return Ranking(model: .p5, places: places)
        }
        #expect(TieComparison(with: golden).compare(ranking(7)).isEqual)
        #expect(!TieComparison(with: golden).compare(ranking(7.1)).isEqual)
    }

    @Test("A movie that a tie at the SVD cut-off brought in is accepted, and named as unverified")
    func cutoffSwap() {
        let svd: [(MovieID, Double)] = [("b", 2.0), ("c", 1.99999), ("d", 1.5), ("e", 1.2), ("z", 0.99999)]
        let result = compare([("b", 8.1), ("c", 8.1), ("d", 8.1), ("z", 7.5), ("e", 7)], candidates: svd)
        #expect(result.isEqual)
        #expect(result.unverified == ["z"])
        #expect(result.passesOnlyByTolerance)
    }

    @Test("The same movie without a tie at the cut-off fails")
    func cutoffWithoutTie() {
        let svd: [(MovieID, Double)] = [("b", 2.0), ("c", 1.99999), ("d", 1.5), ("a", 1.0), ("z", 0.99999)]
        let result = compare([("a", 8.5), ("b", 8.1), ("c", 8.1), ("d", 8.1), ("z", 7.5)], candidates: svd)
        #expect(result.differences.contains(.missing(movie: "e", goldenRank: 5)))
        #expect(result.differences.contains(.extra(movie: "z", rank: 5)))
    }

    @Test("A movie that P5 dropped fails although the SVD model kept it")
    func dropped() {
        let svd: [(MovieID, Double)] = [("b", 2.0), ("c", 1.99999), ("d", 1.5), ("e", 1.2), ("a", 1.0)]
        let result = compare([("b", 8.1), ("c", 8.1), ("d", 8.1), ("e", 7)], candidates: svd)
        #expect(result.differences == [.missing(movie: "a", goldenRank: 1)])
    }
}
