import Domain
import LinearAlgebra
import Testing

struct TopIndicesTests {
    private func top(_ scores: [Float], _ count: Int) -> [Int] {
        scores.withUnsafeBufferPointer { topIndices(of: $0, count: count) }
    }

    /// The definition: a stable descending sort of what is a number.
    private func sorted(_ scores: [Float], _ count: Int) -> [Int] {
        let order = scores.indices.filter { !scores[$0].isNaN }
            .sorted { left, right in
                scores[left] == scores[right] ? left < right : scores[left] > scores[right]
            }
        return Array(order.prefix(count))
    }

    @Test func `ties keep the lower index`() {
        #expect(top([1, 3, 3, 2, 3], 2) == [1, 2])
        #expect(top([0, -0.0, 0], 3) == [0, 1, 2])
    }

    @Test func `a NaN is never ranked`() {
        #expect(top([.nan, 1, .nan, 2], 4) == [3, 1])
        #expect(top([.nan, .nan], 1).isEmpty)
        #expect(top([.nan, -.infinity, .infinity], 2) == [2, 1])
    }

    @Test func `asking for none or from nothing gives nothing`() {
        #expect(top([1, 2], 0).isEmpty)
        #expect(top([], 5).isEmpty)
    }

    @Test func `asking for more than there are gives all`() {
        #expect(top([1, 2], .max) == [1, 0])
    }

    @Test(arguments: 0..<40 as Range<UInt64>) func `equals a stable sort`(seed: UInt64) {
        var random = SplitMix64(seed: seed)
        let length = Int.random(in: 0...600, using: &random)
        // Few distinct values, so that ties abound.
        let spread = Int.random(in: 1...200, using: &random)
        let scores = (0..<length)
            .map { _ -> Float in
                let value = Int.random(in: -1...spread, using: &random)
                return value < 0 ? .nan : Float(value)
            }
        let count = Int.random(in: 0...120, using: &random)
        #expect(top(scores, count) == sorted(scores, count))
    }

    @Test func `rising and falling scores are no special case`() {
        let rising = (0..<500).map(Float.init)
        #expect(top(rising, 100) == sorted(rising, 100))
        #expect(top(rising.reversed(), 100) == Array(0..<100))
    }
}
