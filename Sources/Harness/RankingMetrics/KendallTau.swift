/// Kendall's tau-b: how often two scorings put pairs of movies in the same order, ties allowed for.
///
/// Kendall, "The treatment of ties in ranking problems", Biometrika 33 (1945).
package enum KendallTau {
    /// Returns tau-b of two scorings of the same movies, −1 to 1.
    ///
    /// - Parameters:
    ///   - left: One score for each movie.
    ///   - right: The other score for each movie, in the same order of movies.
    /// - Returns: `nil` where one of the scorings has no two different scores, so that there is no order to compare.
    /// - Precondition: Both have the same length.
    /// - Complexity: O(*n*²).
    package static func b(_ left: [Double], _ right: [Double]) -> Double? {
        precondition(left.count == right.count, "\(left.count) scores against \(right.count)")
        var balance = 0
        var leftPairs = 0
        var rightPairs = 0
        for first in left.indices {
            for second in left.indices.dropFirst(first + 1) {
                let inLeft = order(left[first], left[second])
                let inRight = order(right[first], right[second])
                balance += inLeft * inRight
                leftPairs += abs(inLeft)
                rightPairs += abs(inRight)
            }
        }
        guard leftPairs > 0, rightPairs > 0 else { return nil }
        return Double(balance) / (Double(leftPairs) * Double(rightPairs)).squareRoot()
    }

    /// Returns tau-b of two rankings over the movies that both have, `nil` where these are fewer than two.
    ///
    /// - Complexity: O(*n*²).
    package static func b<Movie: Hashable>(ranking left: [Movie], _ right: [Movie]) -> Double? {
        let places = Dictionary(right.enumerated().map { ($1, $0) }, uniquingKeysWith: min)
        let pairs = left.enumerated().compactMap { place, movie in places[movie].map { (Double(place), Double($0)) } }
        return b(pairs.map(\.0), pairs.map(\.1))
    }

    private static func order(_ left: Double, _ right: Double) -> Int {
        left < right ? -1 : left > right ? 1 : 0
    }
}
