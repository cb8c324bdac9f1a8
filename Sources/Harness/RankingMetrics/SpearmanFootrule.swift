/// Spearman's footrule: how far movies moved between two rankings, all moves added up.
///
/// Diaconis and Graham, "Spearman's footrule as a measure of disarray", J. R. Stat. Soc. B 39 (1977); for lists that
/// do not hold the same movies, a movie that one of them lacks stands right behind its last place, as in Fagin, Kumar
/// and Sivakumar, "Comparing top k lists", SIAM J. Discrete Math. 17 (2003), section 3.
package enum SpearmanFootrule {
    /// Returns the sum of the moves of all movies.
    ///
    /// - Complexity: O(*n*).
    package static func distance<Movie: Hashable>(_ left: [Movie], _ right: [Movie]) -> Int {
        let inLeft = Dictionary(left.enumerated().map { ($1, $0) }, uniquingKeysWith: min)
        let inRight = Dictionary(right.enumerated().map { ($1, $0) }, uniquingKeysWith: min)
        return Set(left).union(right)
            .reduce(0) { sum, movie in
                sum + abs((inLeft[movie] ?? left.count) - (inRight[movie] ?? right.count))
            }
    }

    /// Returns the distance as a share of that of two rankings of these lengths without a common movie, 0 to 1.
    ///
    /// - Complexity: O(*n*).
    package static func normalised<Movie: Hashable>(_ left: [Movie], _ right: [Movie]) -> Double {
        let largest =
            left.indices.reduce(0) { $0 + abs($1 - right.count) }
            + right.indices.reduce(0) { $0 + abs($1 - left.count) }
        return largest == 0 ? 0 : Double(distance(left, right)) / Double(largest)
    }
}
