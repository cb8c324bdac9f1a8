import Domain
import Testing

@testable import ModelComparison

@Suite("Histograms of values")
struct ValueHistogramTests {
    private func histogram(_ values: [Double]) -> ValueHistogram {
        var histogram = ValueHistogram()
        for value in values { histogram.add(value) }
        return histogram
    }

    @Test("every value lies in the bin that counts it, and bins are as narrow as their number allows")
    func counts() {
        var random = SplitMix64(seed: 7)
        for spread in [1e-9, 1.0, 300, 1e12] {
            let values = (0..<500).map { _ in Double.random(in: -spread...spread, using: &random) }
            let found = histogram(values)
            #expect(found.counts.reduce(0, +) == 500 && found.counts.count <= 64)
            for (bin, count) in found.counts.enumerated() {
                let from = found.start + Double(bin) * found.width
                #expect(values.count { from <= $0 && $0 < from + found.width } == count, "\(spread), bin \(bin)")
            }
            #expect(found.counts.first ?? 0 > 0 && found.counts.last ?? 0 > 0)
            #expect(found.width == 0x1p-20 || found.counts.count > 31, "\(spread): \(found.counts.count) bins")
        }
    }

    @Test("the order of the values says nothing")
    func order() {
        var random = SplitMix64(seed: 8)
        let values = (0..<200).map { _ in Double.random(in: -2...9, using: &random) } + [0, 1, -1e6, 1e-30]
        #expect(histogram(values) == histogram(values.reversed()))
        #expect(histogram(values) == histogram(values.sorted()))
    }

    @Test("values without number end in one bin each, however far from zero")
    func extremes() {
        #expect(histogram([]).counts == [] && histogram([]).start == 0)
        #expect(histogram([0.25, 0.25]).counts == [2] && histogram([0.25]).start == 0.25)
        let far = histogram([1e300, -1e300])
        #expect(far.counts.reduce(0, +) == 2 && far.counts.count <= 64)
    }

    @Test("a comparison counts the values of each metric over all sessions, and none in slices")
    func comparison() throws {
        let result = try ComparisonTests.result(
            [("s", ["a", "b"]), ("t", ["a", "b"]), ("u", ["a", "b"])],
            [("s", ["a", "b"]), ("t", ["a", "c"]), ("u", ["a", "d"])]
        )
        let overlap = try #require(result.row("Overlap@2", .svd)?.distribution)
        #expect(overlap.counts.reduce(0, +) == 3 && overlap.counts.first == 2 && overlap.counts.last == 1)
        #expect(overlap.start == 0.5)
        #expect(result.row("Coverage@2", .svd)?.distribution == nil)
    }
}
