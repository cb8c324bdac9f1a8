/// How many values lie where: bins of one width, a power of two, that widen as values spread.
///
/// Counts are exact throughout and no value is kept: where a value lies too far from the others for the bins, neighbouring
/// bins become one. The bins depend on the values alone, not on their order.
package struct ValueHistogram: Hashable, Sendable {
    /// The most bins.
    private static let limit = 64
    /// Values further from zero than so many bins widen them first, so that bins can be numbered.
    private static let farthest = 1e15

    /// The width of a bin.
    package private(set) var width: Double
    /// How many values lie in each bin, from the lowest value's to the highest one's.
    package private(set) var counts: [Int] = []
    /// The number of the first bin, which begins at so many widths.
    private var first = 0

    /// Creates a histogram of nothing.
    ///
    /// - Parameter width: The width of bins before they widen: a power of two.
    package init(width: Double = 0x1p-20) {
        precondition(width > 0 && width.significand == 1, "a width of \(width), expected a power of two")
        self.width = width
    }

    /// Where the first bin begins; 0 of no value.
    package var start: Double { Double(first) * width }

    /// Takes in a value.
    ///
    /// - Precondition: The value is finite.
    /// - Complexity: O(1) amortised.
    package mutating func add(_ value: Double) {
        precondition(value.isFinite, "the value \(value) is not finite")
        while abs(value / width) > Self.farthest { widen() }
        var bin = Int((value / width).rounded(.down))
        while let last = counts.indices.last, max(bin, first + last) - min(bin, first) >= Self.limit {
            widen()
            bin = Int((value / width).rounded(.down))
        }
        if counts.isEmpty { first = bin }
        if bin < first {
            counts.insert(contentsOf: repeatElement(0, count: first - bin), at: 0)
            first = bin
        } else if bin - first >= counts.count {
            counts += repeatElement(0, count: bin - first - counts.count + 1)
        }
        counts[bin - first] += 1
    }

    /// Makes one bin of two, those of an even and the next odd number.
    private mutating func widen() {
        let half = Int((Double(first) / 2).rounded(.down))
        var wide: [Int] = []
        for (index, count) in counts.enumerated() {
            let place = Int((Double(first + index) / 2).rounded(.down)) - half
            if place == wide.count { wide.append(0) }
            wide[place] += count
        }
        (first, counts) = (counts.isEmpty ? 0 : half, wide)
        width *= 2
    }
}

extension ValueHistogram: Encodable {
    private enum CodingKeys: String, CodingKey { case start, width, counts }

    package func encode(to encoder: any Encoder) throws {
        var container = encoder.container(keyedBy: CodingKeys.self)
        try container.encode(start, forKey: .start)
        try container.encode(width, forKey: .width)
        try container.encode(counts, forKey: .counts)
    }
}
