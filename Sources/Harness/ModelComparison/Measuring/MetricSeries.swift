import RankingMetrics

/// What a metric did over the sessions of a slice, in memory that does not grow with them.
struct MetricSeries: Sendable {
    /// The sum of the old side's values.
    private(set) var old = 0.0
    /// The sum of the new side's values.
    private(set) var new = 0.0
    /// The differences, or the values where there is one value a session, with wins, ties and losses.
    private(set) var differences = SessionDifferences()

    /// The sessions that have a value.
    var count: Int { differences.count }

    /// Adds what both sides have for a session.
    mutating func add(old: Double, new: Double) {
        self.old += old
        self.new += new
        differences.add(new - old)
    }

    /// Adds the one value that a session has, which compares both sides.
    mutating func add(_ value: Double) {
        new += value
        differences.add(value)
    }
}
