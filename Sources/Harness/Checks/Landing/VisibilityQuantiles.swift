/// How long after their answers rows were seen: exact quantiles by the nearest-rank method, in real time.
package struct VisibilityQuantiles: Hashable, Sendable, CustomStringConvertible {
    /// How many rows there were.
    package let rows: Int
    /// Half of the rows were seen by then.
    package let p50: Duration
    /// Nine of ten.
    package let p90: Duration
    /// Ninety-nine of a hundred.
    package let p99: Duration
    /// All of them.
    package let longest: Duration

    /// Sorts times, `nil` where there are none.
    ///
    /// - Complexity: O(*n* log *n*).
    package init?(of times: [Duration]) {
        let sorted = times.sorted()
        guard let longest = sorted.last else { return nil }
        func quantile(_ hundredths: Int) -> Duration {
            // The smallest time that at least this share of all times does not exceed.
            sorted[max(0, (sorted.count * hundredths + 99) / 100 - 1)]
        }
        rows = sorted.count
        p50 = quantile(50)
        p90 = quantile(90)
        p99 = quantile(99)
        self.longest = longest
    }

    package var description: String {
        "\(rows) rows were seen after p50 \(p50.wholeMilliseconds) ms, p90 \(p90.wholeMilliseconds) ms, "
            + "p99 \(p99.wholeMilliseconds) ms, at most \(longest.wholeMilliseconds) ms"
    }
}
