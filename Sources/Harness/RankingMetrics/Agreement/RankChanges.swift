/// The movies that came into the first places of a ranking and those that left them.
package struct RankChanges<Movie: Hashable & Sendable>: Hashable, Sendable {
    /// Movies of the new first places that were not there before, in the new order.
    package let entries: [Movie]
    /// Movies of the old first places that are there no longer, in the old order.
    package let exits: [Movie]

    /// Compares the first places of two rankings.
    ///
    /// - Precondition: `depth` is positive.
    /// - Complexity: O(`depth`).
    package init(from old: [Movie], to new: [Movie], depth: Int) {
        precondition(depth > 0, "changes at depth \(depth), expected at least 1")
        let before = Set(old.prefix(depth))
        let after = Set(new.prefix(depth))
        self.entries = new.prefix(depth).filter { !before.contains($0) }
        self.exits = old.prefix(depth).filter { !after.contains($0) }
    }
}
