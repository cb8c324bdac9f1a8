/// Runs of Coldstart, each with a run of another program right behind it.
struct PairedRuns {
    private(set) var coldstart = Series()
    private(set) var other = Series()

    /// Adds a pair.
    mutating func add(_ coldstart: Timing, _ other: Timing) {
        self.coldstart.add(coldstart)
        self.other.add(other)
    }

    /// The smallest and the largest ratio of a pair, `nil` without one.
    var ratios: ClosedRange<Double>? {
        let ratios = zip(coldstart.timings, other.timings).map { $1.seconds / $0.seconds }
        guard let smallest = ratios.min(), let largest = ratios.max() else { return nil }
        return smallest...largest
    }

    /// The same in words, `nil` without a pair.
    var note: String? {
        ratios.map { range in
            let (smallest, largest) = (Quantity.times(range.lowerBound), Quantity.times(range.upperBound))
            return coldstart.count == 1 ? "ratio of one round" : "ratio \(smallest) to \(largest) by round"
        }
    }
}
