#if canImport(Glibc)
import Glibc
#else
import Foundation
#endif

/// NDCG: how much of the worth of a golden's best movies a ranking brings to its own top.
///
/// Järvelin and Kekäläinen, "Cumulated gain-based evaluation of IR techniques", ACM TOIS 20(4), 2002, with the discount
/// 1 / log2(rank + 1).
package struct DiscountedGain<Movie: Hashable & Sendable>: Sendable {
    /// What each movie is worth; a movie that is not named is worth nothing.
    package let gains: [Movie: Double]

    /// Creates the measure from the worth of movies.
    ///
    /// - Precondition: All gains are finite and at least 0.
    package init(gains: [Movie: Double]) {
        precondition(gains.values.allSatisfy { $0 >= 0 && $0.isFinite }, "gains must be finite and at least 0")
        self.gains = gains
    }

    /// Creates the measure from a golden ranking: its first movie is worth as much as it has places, its last 1.
    package init(golden: [Movie]) {
        self.init(
            gains: Dictionary(
                golden.enumerated().map { ($1, Double(golden.count - $0)) },
                uniquingKeysWith: max
            )
        )
    }

    /// Returns NDCG at a depth, 0 to 1; 1 where no movie is worth anything.
    ///
    /// - Precondition: `depth` is positive.
    /// - Complexity: O(*n* log *n*) in the number of gains.
    package func normalised(_ ranking: [Movie], depth: Int) -> Double {
        precondition(depth > 0, "NDCG at depth \(depth), expected at least 1")
        let ideal = Self.discounted(gains.values.sorted(by: >).prefix(depth))
        guard ideal > 0 else { return 1 }
        var seen: Set<Movie> = []
        let found = ranking.prefix(depth).map { seen.insert($0).inserted ? gains[$0] ?? 0 : 0 }
        return Self.discounted(found[...]) / ideal
    }

    private static func discounted(_ gains: ArraySlice<Double>) -> Double {
        gains.enumerated().reduce(0) { $0 + $1.element / log2(Double($1.offset + 2)) }
    }
}
