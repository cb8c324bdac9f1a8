import Testing

@testable import StartupAnalysis

struct QuantileBoundTests {
    /// The fewest observations of which the largest bounds the quantile, as tables of order statistics have them.
    @Test(arguments: [(0.5, 0.95, 5), (0.9, 0.95, 29), (0.95, 0.95, 59), (0.99, 0.95, 299), (0.95, 0.99, 90)])
    func `so many observations are needed`(quantile: Double, confidence: Double, count: Int) {
        let bound = QuantileBound(quantile: quantile, confidence: confidence)
        #expect(bound.leastObservations == count)
        #expect(bound.place(among: count - 1) == nil)
        #expect(bound.place(among: count) == count)
    }

    /// The place as Python finds it by `math.comb`: the least k with P(Bin(n, q) ≤ k - 1) of at least the confidence.
    @Test(arguments: [
        (0.5, 0.95, 20, 15), (0.9, 0.95, 100, 96), (0.95, 0.95, 100, 99), (0.95, 0.95, 1000, 962),
        (0.99, 0.95, 1000, 996),
    ])
    func `the smallest observation that bounds the quantile is found`(
        quantile: Double,
        confidence: Double,
        count: Int,
        place: Int
    ) {
        #expect(QuantileBound(quantile: quantile, confidence: confidence).place(among: count) == place)
    }
}
