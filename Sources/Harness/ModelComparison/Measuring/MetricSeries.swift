import RankingMetrics

/// What a metric did over the sessions of a slice, in memory that does not grow with them.
struct MetricSeries: Sendable {
    /// The sum of the old side's values.
    private(set) var old = 0.0
    /// The sum of the new side's values.
    private(set) var new = 0.0
    /// The differences, or the values where there is one value a session, with wins, ties and losses.
    private(set) var differences = SessionDifferences()
    /// How these are distributed; `nil` of a series for which that is not counted.
    private(set) var distribution: ValueHistogram?

    /// Creates a series of no session yet.
    ///
    /// - Parameter isDistributed: Whether the distribution is counted.
    init(isDistributed: Bool = false) {
        distribution = isDistributed ? ValueHistogram() : nil
    }

    /// The sessions that have a value.
    var count: Int { differences.count }

    /// Adds what both sides have for a session.
    mutating func add(old: Double, new: Double) {
        self.old += old
        self.new += new
        differences.add(new - old)
        distribution?.add(new - old)
    }

    /// Adds the one value that a session has, which compares both sides.
    mutating func add(_ value: Double) {
        new += value
        differences.add(value)
        distribution?.add(value)
    }
}
