import Testing

@testable import StartupAnalysis

struct WilsonIntervalTests {
    /// The ends as Python computes them from the formula, `(p + z²/2n ± z √(p(1-p)/n + z²/4n²)) / (1 + z²/n)`.
    @Test(arguments: [
        (0, 10, 0.0, 0.27753280), (8, 10, 0.49016247, 0.94331785), (10, 10, 0.72246720, 1.0),
        (999, 1000, 0.99435744, 0.99982345), (1000, 1000, 0.99617324, 1.0), (1, 1, 0.20654931, 1.0),
    ])
    func `the interval is that of the reference`(successes: Int, trials: Int, lower: Double, upper: Double) {
        let interval = WilsonInterval(successes: successes, of: trials)
        #expect(abs(interval.lower - lower) < 1e-7)
        #expect(abs(interval.upper - upper) < 1e-7)
    }

    @Test(arguments: [(0.99, 381), (0.95, 73), (0.9, 35)])
    func `so many starts must all survive for a probability to be shown`(probability: Double, starts: Int) {
        #expect(SurvivalCriterion(probability: probability).leastStarts == starts)
    }
}
