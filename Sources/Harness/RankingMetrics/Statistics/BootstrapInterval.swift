import Domain

/// The percentile bootstrap interval of a mean difference.
///
/// Efron and Tibshirani, "An Introduction to the Bootstrap", 1993, section 13.3. The bounds are quantiles of the means
/// of resampled sessions, interpolated linearly between neighbours (Hyndman and Fan, "Sample quantiles in statistical
/// packages", The American Statistician 50, 1996, definition 7, the default of NumPy and R).
///
/// Draw *i* of sample *b* of *n* sessions is the one numbered ⌊*n* · *x* / 2⁶⁴⌋, *x* being value *b* · *n* + *i* of the
/// sequence of ``SplitMix64``.
package struct BootstrapInterval: Hashable, Sendable {
    /// How many times the sessions are resampled.
    package let samples: Int
    /// The share of samples that the interval covers, such as 0.95.
    package let level: Double
    /// The seed; equal seeds draw the same sessions.
    package let seed: UInt64

    /// Creates the interval's rule.
    ///
    /// - Precondition: There is a sample, and the level is above 0 and below 1.
    package init(samples: Int, level: Double, seed: UInt64) {
        precondition(samples > 0, "\(samples) samples, expected at least 1")
        precondition(level > 0 && level < 1, "level \(level) is not between 0 and 1")
        self.samples = samples
        self.level = level
        self.seed = seed
    }

    /// Returns the interval of the mean of differences.
    ///
    /// - Parameter differences: One finite number for each session, new less old.
    /// - Returns: The interval; `nil` without a session.
    /// - Complexity: O(*n* · `samples`).
    package func interval(_ differences: [Double]) -> ClosedRange<Double>? {
        intervals([differences])[0]
    }

    /// Returns the intervals of several metrics, those of as many sessions by the same draws.
    ///
    /// - Parameter metrics: For each metric, one finite difference for each session.
    /// - Returns: For each metric what ``interval(_:)`` returns for it alone.
    /// - Precondition: All differences are finite.
    /// - Complexity: O(*n* · `samples`) for each metric.
    package func intervals(_ metrics: [[Double]]) -> [ClosedRange<Double>?] {
        precondition(metrics.allSatisfy { $0.allSatisfy(\.isFinite) }, "a difference is not finite")
        var intervals: [ClosedRange<Double>?] = metrics.map { _ in nil }
        for (count, group) in Dictionary(grouping: metrics.indices, by: { metrics[$0].count }) where count > 0 {
            for (metric, means) in zip(group, resampledMeans(group.map { metrics[$0] }, count)) {
                let ordered = means.sorted()
                let (low, high) = ((1 - level) / 2, (1 + level) / 2)
                intervals[metric] = Self.quantile(low, of: ordered)...Self.quantile(high, of: ordered)
            }
        }
        return intervals
    }

    /// Returns the intervals of several metrics of many sessions.
    ///
    /// - Parameter metrics: The differences of each metric; sums of neighbours are drawn as one.
    /// - Returns: For each metric the interval of its mean, `nil` without a session.
    package func intervals(_ metrics: [SessionDifferences]) -> [ClosedRange<Double>?] {
        zip(metrics, intervals(metrics.map(\.sums)))
            .map { metric, interval in
                let scale = Double(metric.sums.count) / Double(max(1, metric.count))
                return interval.map { $0.lowerBound * scale...$0.upperBound * scale }
            }
    }

    /// Returns by list, by sample, the mean of what was drawn.
    private func resampledMeans(_ lists: [[Double]], _ count: Int) -> [[Double]] {
        // Eight lists side by side, so that one look at a session serves all of them.
        let tiles = stride(from: 0, to: lists.count, by: 8)
            .map { first in
                (0..<count)
                    .map { session in
                        var row = SIMD8<Double>.zero
                        for list in first..<min(first + 8, lists.count) { row[list - first] = lists[list][session] }
                        return row
                    }
            }
        var means = lists.map { _ in [Double]() }
        var generator = SplitMix64(seed: seed)
        var drawn = Array(repeating: 0, count: count)
        for _ in 0..<samples {
            Self.draw(&drawn, &generator)
            for (tile, rows) in tiles.enumerated() {
                let sums = Self.sum(rows, drawn)
                for list in 8 * tile..<min(8 * tile + 8, lists.count) {
                    means[list].append(sums[list - 8 * tile] / Double(count))
                }
            }
        }
        return means
    }

    /// Draws as many sessions as there are.
    private static func draw(_ drawn: inout [Int], _ generator: inout SplitMix64) {
        let count = UInt64(drawn.count)
        var drawn = drawn.mutableSpan
        for draw in drawn.indices {
            drawn[draw] = Int(truncatingIfNeeded: generator.next().multipliedFullWidth(by: count).high)
        }
    }

    /// Returns the sums of what was drawn.
    private static func sum(_ rows: [SIMD8<Double>], _ drawn: [Int]) -> SIMD8<Double> {
        let (rows, drawn) = (rows.span, drawn.span)
        // Two chains, so that one addition need not wait for the other.
        var (even, odd) = (SIMD8<Double>.zero, SIMD8<Double>.zero)
        var draw = 0
        while draw + 1 < drawn.count {
            even += rows[drawn[draw]]
            odd += rows[drawn[draw + 1]]
            draw += 2
        }
        if draw < drawn.count { even += rows[drawn[draw]] }
        return even + odd
    }

    /// Returns a quantile of ordered numbers.
    private static func quantile(_ share: Double, of ordered: [Double]) -> Double {
        let place = share * Double(ordered.count - 1)
        let below = Int(place)
        guard below + 1 < ordered.count else { return ordered[ordered.count - 1] }
        return ordered[below] + (place - Double(below)) * (ordered[below + 1] - ordered[below])
    }
}
