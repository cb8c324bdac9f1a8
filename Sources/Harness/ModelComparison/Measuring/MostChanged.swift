/// The most changed sessions, in memory that does not grow beyond twice as many as are kept.
struct MostChanged: Sendable {
    /// How many are kept.
    var limit = Int.max
    /// The changes, each with the overlap that they are ordered by.
    private var changes: [(overlap: Double, change: SessionChange)] = []
    /// From which overlap on a change is not among the most changed for certain; infinite before anything was dropped.
    private var bound = Double.infinity

    /// Whether a change with an overlap may be among the most changed.
    func admits(_ overlap: Double) -> Bool { limit > 0 && overlap < bound }

    /// Adds a change, and drops the smallest ones now and then.
    ///
    /// - Complexity: O(log *l*) for each change, amortised.
    mutating func add(_ change: SessionChange) {
        changes.append((change.leastOverlap, change))
        guard changes.count / 2 >= max(1, limit) else { return }
        changes = ordered
        bound = changes.last?.overlap ?? bound
    }

    /// The most changed first; of equal ones that which came first.
    var sorted: [SessionChange] { ordered.map(\.change) }

    private var ordered: [(overlap: Double, change: SessionChange)] {
        changes.enumerated()
            .sorted { ($0.element.overlap, $0.offset) < ($1.element.overlap, $1.offset) }
            .prefix(limit)
            .map(\.element)
    }
}
