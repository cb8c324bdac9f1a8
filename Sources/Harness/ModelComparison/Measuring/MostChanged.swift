/// The most changed sessions, in memory that does not grow beyond twice as many as are kept.
struct MostChanged: Sendable {
    /// How many are kept.
    var limit = Int.max
    /// The changes, each with the overlap that they are ordered by.
    private var changes: [(overlap: Double, change: SessionChange)] = []

    /// Adds a change, and drops the smallest ones now and then.
    ///
    /// - Complexity: O(log *l*) for each change, amortised.
    mutating func add(_ change: SessionChange) {
        changes.append((change.leastOverlap, change))
        if changes.count / 2 >= max(1, limit) { changes = ordered }
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
