/// What a metric did over the sessions of a slice: sums, wins, and the differences as long as there are few enough.
///
/// Up to ``differenceLimit`` sessions every difference is kept for the bootstrap and the randomisation test. Beyond it
/// only the sums are, from which the normal distribution of the mean follows, so that memory does not grow.
struct MetricSeries: Sendable {
    /// Up to how many sessions the differences are kept.
    static let differenceLimit = 50_000

    /// The sessions that have a value.
    private(set) var count = 0
    /// The sum of the old side's values.
    private(set) var old = 0.0
    /// The sum of the new side's values.
    private(set) var new = 0.0
    /// The sum of the squared differences, or of the squared values where there is one value a session.
    private(set) var squares = 0.0
    /// The sessions in which the new side has the higher value.
    private(set) var wins = 0
    /// The sessions in which both have the same.
    private(set) var ties = 0
    /// The differences, or values; `nil` where there were too many.
    private(set) var differences: [Double]? = []

    /// Adds what both sides have for a session.
    mutating func add(old: Double, new: Double) {
        self.old += old
        if new > old { wins += 1 } else if new == old { ties += 1 }
        add(new, difference: new - old)
    }

    /// Adds the one value that a session has, which compares both sides.
    mutating func add(_ value: Double) { add(value, difference: value) }

    private mutating func add(_ new: Double, difference: Double) {
        self.new += new
        squares += difference * difference
        count += 1
        if count > Self.differenceLimit { differences = nil } else { differences?.append(difference) }
    }

    /// The sessions in which the old side has the higher value.
    var losses: Int { count - wins - ties }

    /// The mean of the differences or values.
    var mean: Double { count == 0 ? 0 : (new - old) / Double(count) }

    /// The standard error of ``mean``.
    var standardError: Double {
        guard count > 1 else { return 0 }
        let variance = max(0, squares / Double(count) - mean * mean) * Double(count) / Double(count - 1)
        return (variance / Double(count)).squareRoot()
    }
}
