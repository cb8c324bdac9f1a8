/// The most changed sessions of a comparison, never more than a limit.
struct MostChanged: Sendable {
    /// How many are kept.
    var limit = Int.max
    private var changes: [SessionChange] = []

    /// Adds a change, and drops the smallest ones now and then.
    ///
    /// - Complexity: O(log *l*) for each change, amortised.
    mutating func add(_ change: SessionChange) {
        changes.append(change)
        if changes.count >= max(1, limit) * 2 { changes = sorted }
    }

    /// The most changed first; of equal ones that which came first.
    var sorted: [SessionChange] {
        let order = changes.enumerated()
            .sorted { ($0.element.leastOverlap, $0.offset) < ($1.element.leastOverlap, $1.offset) }
        return order.prefix(limit).map(\.element)
    }
}
