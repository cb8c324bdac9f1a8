import Domain
import RankingMetrics
import Testing

@Suite("Differences of many sessions")
struct SessionDifferencesTests {
    private func differences(_ values: [Double], capacity: Int) -> SessionDifferences {
        var differences = SessionDifferences(capacity: capacity)
        for value in values { differences.add(value) }
        return differences
    }

    /// Values evenly spread around a mean, the same in every run.
    private func values(_ count: Int, mean: Double) -> [Double] {
        var generator = SplitMix64(seed: 77)
        return (0..<count).map { _ in mean + Double.random(in: -0.5...0.5, using: &generator) }
    }

    @Test("Sums of neighbours take the place of sessions beyond the capacity")
    func sums() {
        let kept = differences([1, 2, 3, 4], capacity: 4)
        #expect(kept.sums == [1, 2, 3, 4] && kept.sessionsPerSum == 1)
        let halved = differences([1, 2, 3, 4, 5, 6, 7], capacity: 4)
        #expect(halved.sums == [3, 7, 11, 7] && halved.sessionsPerSum == 2 && halved.count == 7)
        let again = differences([1, 2, 3, 4, 5, 6, 7, 8, -9], capacity: 4)
        #expect(again.sums == [10, 26, -9] && again.sessionsPerSum == 4)
        #expect(again.mean == 3)
        #expect(again.counts.wins == 8 && again.counts.losses == 1)
        #expect(SessionDifferences().mean == nil)
    }

    @Test("Up to the capacity tests and intervals are those of the sessions")
    func small() {
        let values = values(500, mean: 0.01)
        let test = PairedRandomisation(permutations: 200, seed: 5)
        let rule = BootstrapInterval(samples: 100, level: 0.9, seed: 5)
        let kept = differences(values, capacity: 512)
        #expect(test.pValues([kept]) == [test.pValue(values)])
        #expect(rule.intervals([kept]) == [rule.interval(values)])
    }

    @Test("Beyond it they are close to them", arguments: [0.0, 0.012])
    func large(mean: Double) throws {
        let values = values(2_003, mean: mean)
        let test = PairedRandomisation(permutations: 2_000, seed: 5)
        let rule = BootstrapInterval(samples: 500, level: 0.95, seed: 5)
        let kept = differences(values, capacity: 512)
        #expect(kept.sums.count <= 512)
        let (found, exact) = (try #require(rule.intervals([kept])[0]), try #require(rule.interval(values)))
        // The half-width is 1.96 · 0.289 / √2,003 = 0.0127; 500 samples know a bound to 0.0009, and 501 sums the deviation
        // to 3 % of it.
        #expect(abs(found.lowerBound - exact.lowerBound) < 0.0026)
        #expect(abs(found.upperBound - exact.upperBound) < 0.0026)
        let (sums, sessions) = (try #require(test.pValues([kept])[0]), try #require(test.pValue(values)))
        #expect(abs(sums - sessions) < 0.06)
    }

    @Test("Metrics of different numbers of sessions are tested together as alone")
    func together() {
        let (long, short) = (values(300, mean: 0.02), values(70, mean: 0.05))
        let test = PairedRandomisation(permutations: 150, seed: 9)
        #expect(test.pValues([long, short, []]) == [test.pValue(long), test.pValue(short), nil])
        let rule = BootstrapInterval(samples: 60, level: 0.8, seed: 9)
        #expect(rule.intervals([short, long, [], short]) == [short, long, [], short].map(rule.interval))
    }
}
