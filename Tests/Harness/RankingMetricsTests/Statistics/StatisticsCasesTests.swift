import RankingMetrics
import Testing

/// Tests, intervals and corrections by SciPy, NumPy and statsmodels.
struct StatisticsCases: Decodable {
    struct Randomisation: Decodable {
        let differences: [Double]
        let permutations: Int
        let seed: UInt64
        let exact: Bool
        let p: Double?
    }

    struct Bootstrap: Decodable {
        let differences: [Double]
        let samples: Int
        let level: Double
        let seed: UInt64
        let interval: [Double]?
    }

    struct Holm: Decodable {
        let p: [Double]
        let adjusted: [Double]
    }

    let randomisation: [Randomisation]
    let bootstrap: [Bootstrap]
    let holm: [Holm]
}

@Suite("Statistics, by the reference's cases")
struct StatisticsCasesTests {
    private let cases: StatisticsCases

    init() throws {
        cases = try ReferenceCases.read("statistics")
    }

    @Test("The p-value of every randomisation test is the reference's")
    func randomisation() {
        #expect(cases.randomisation.count == 15 && cases.randomisation.count { !$0.exact } >= 5)
        for test in cases.randomisation {
            let found = PairedRandomisation(permutations: test.permutations, seed: test.seed).pValue(test.differences)
            #expect(isClose(found, test.p), "\(test.differences.count) differences")
        }
    }

    @Test("The bounds of every bootstrap interval are the reference's")
    func bootstrap() {
        #expect(cases.bootstrap.count == 14)
        for test in cases.bootstrap {
            let found = BootstrapInterval(samples: test.samples, level: test.level, seed: test.seed)
                .interval(test.differences)
            #expect(isClose(found?.lowerBound, test.interval?[0]), "\(test.differences.count) differences")
            #expect(isClose(found?.upperBound, test.interval?[1]), "\(test.differences.count) differences")
        }
    }

    @Test("Holm's correction is that of statsmodels")
    func holm() {
        #expect(cases.holm.count == 6)
        for test in cases.holm {
            let found = HolmCorrection.adjusted(test.p)
            #expect(found.count == test.adjusted.count && zip(found, test.adjusted).allSatisfy(isClose))
        }
    }

    @Test("Metrics that are tested together get what they get alone")
    func together() {
        let long = cases.randomisation.map(\.differences).filter { $0.count >= 65 }.map { Array($0.prefix(65)) }
        let mixed = long + [[Double](repeating: 0, count: 65)]
        let test = PairedRandomisation(permutations: 300, seed: 3)
        #expect(test.pValues(mixed) == mixed.map(test.pValue))
        #expect(test.pValues(mixed).last == 1)
        let rule = BootstrapInterval(samples: 50, level: 0.9, seed: 3)
        #expect(rule.intervals(mixed) == mixed.map(rule.interval))
    }

    @Test("Wins, ties and losses")
    func winTieLoss() {
        let counts = WinTieLoss([0.5, 0, -0.1, 0.01, -0.01, 0], tolerance: 0.01)
        #expect(counts.wins == 1 && counts.ties == 4 && counts.losses == 1)
        #expect(WinTieLoss([1e-300, -1e-300, 0]).ties == 1)
    }
}
