/// How much of the first places two rankings share, whatever their order there.
package struct SetOverlap: Hashable, Sendable {
    /// The number of places that were looked at.
    package let depth: Int
    /// How many movies are in both.
    package let common: Int
    /// How many movies are in at least one.
    package let union: Int

    /// Compares the first places of two rankings.
    ///
    /// - Parameters:
    ///   - left: Distinct movies, best first.
    ///   - right: Distinct movies, best first.
    ///   - depth: The number of places; a shorter ranking counts with what it has.
    /// - Precondition: `depth` is positive.
    /// - Complexity: O(`depth`).
    package init<Movie: Hashable>(_ left: [Movie], _ right: [Movie], depth: Int) {
        precondition(depth > 0, "overlap at depth \(depth), expected at least 1")
        let left = Set(left.prefix(depth))
        let right = Set(right.prefix(depth))
        self.depth = depth
        self.common = left.intersection(right).count
        self.union = left.union(right).count
    }

    /// The share of the places that hold common movies, 0 to 1 (overlap@k).
    package var overlap: Double { Double(common) / Double(depth) }

    /// Common movies over movies of either, 0 to 1; 1 for two empty rankings.
    ///
    /// Jaccard, "The distribution of the flora in the alpine zone", New Phytologist 11 (1912).
    package var jaccard: Double { union == 0 ? 1 : Double(common) / Double(union) }
}
