import Domain
import Goldens
import Testing

@Suite("Margins and tie classes of a golden")
struct GoldenTiesTests {
    @Test("Margins are by the score that decides, and reach to the movie behind the cut-off")
    func margins() {
        let svd = GoldenFixture.svd([("a", 1), ("b", 0.75), ("c", 0.5)], next: ("d", 0.25))
        #expect(svd.margins() == [0.25, 0.25, 0.25])
        #expect(GoldenFixture.svd([("a", 1)]).margins() == [nil])
        // a and b share a text, so that SVD decides between them.
        let p5 = GoldenFixture.p5([("a", 8, 1, 1), ("b", 8, 0.5, 1), ("c", 7, 2, 1)])
        #expect(p5.margins() == [0.5, 1, nil])
    }

    @Test("Of three neighbours of which only the outer two are too far apart there are two classes, which overlap")
    func chain() {
        let list = GoldenFixture.svd([("a", 1), ("b", 0.99993), ("c", 0.99986), ("d", 0.5)])
        #expect(list.tieClasses() == [1...2, 2...3])
        #expect(GoldenFixture.svd([("a", 1), ("b", 0.99996), ("c", 0.99992)]).tieClasses() == [1...3])
        #expect(GoldenFixture.svd([("a", 1), ("b", 0.9)]).tieClasses().isEmpty)
        #expect(GoldenFixture.svd([]).tieClasses().isEmpty)
    }

    @Test("P5's equal texts are no tie where the SVD scores are apart; expected ratings are one within the tolerance")
    func p5() {
        let movies: [(MovieID, Double, Double, Double)] = [
            ("a", 8, 1, 1), ("b", 8, 0.99999, 1), ("c", 8, 0.5, 1), ("d", 7.99995, 0.4, 1),
        ]
        #expect(GoldenFixture.p5(movies).tieClasses() == [1...2])
        #expect(GoldenFixture.p5(movies, scoring: .expected).tieClasses() == [1...4])
    }

    @Test(
        "Swapping any two movies of a class passes and is counted, swapping two of no common class fails",
        arguments: 0..<20
    )
    func classesAreWhatPasses(seed: UInt64) {
        var random = SplitMix64(seed: seed)
        var score = 1.0
        let movies = (0..<12)
            .map { index -> (MovieID, Double) in
                score -= Double(random.next() % 4) * 2.5e-5
                return (MovieID("\(index)"), score)
            }
        let golden = GoldenFixture.svd(movies)
        let classes = golden.tieClasses()
        for left in 0..<movies.count {
            for right in (left + 1)..<movies.count {
                var swapped = movies
                swapped[left].0 = movies[right].0
                swapped[right].0 = movies[left].0
                let result = TieComparison(with: golden).compare(GoldenFixture.ranking(.svd, swapped))
                let share = classes.contains { $0.contains(left + 1) && $0.contains(right + 1) }
                let order = result.differences.filter {
                    if case .outOfOrder = $0 { true } else { false }
                }
                #expect(order.isEmpty == share, "seed \(seed): \(left + 1) and \(right + 1), classes \(classes)")
                if share { #expect(result.ranksExplainedByTies == 2) }
            }
        }
    }
}
