/// Rank-biased overlap: the agreement of two rankings at every depth, the top weighted most.
///
/// Webber, Moffat and Zobel, "A similarity measure for indefinite rankings", ACM TOIS 28(4), 2010. This is the
/// extrapolated form, equation 32, for rankings of any two lengths without ties.
package struct RankBiasedOverlap: Hashable, Sendable {
    /// The chance that a reader goes on from one place to the next; at 0.9 the first ten places carry 86 % of the
    /// weight.
    package let persistence: Double

    /// Creates the measure.
    ///
    /// - Precondition: `persistence` is above 0 and below 1.
    package init(persistence: Double = 0.9) {
        precondition(persistence > 0 && persistence < 1, "persistence \(persistence) is not between 0 and 1")
        self.persistence = persistence
    }

    /// Returns the overlap of two rankings, 0 to 1; 1 where both are empty and 0 where one is.
    ///
    /// - Parameters:
    ///   - left: Distinct movies, best first.
    ///   - right: Distinct movies, best first.
    /// - Returns: The extrapolated overlap.
    /// - Complexity: O(*n*) in the length of the longer ranking.
    package func callAsFunction<Movie: Hashable>(_ left: [Movie], _ right: [Movie]) -> Double {
        let (short, long) = left.count <= right.count ? (left, right) : (right, left)
        guard let longest = long.isEmpty ? nil : long.count else { return 1 }
        guard !short.isEmpty else { return 0 }
        var seen: Set<Movie> = []
        var common = 0
        var commonAtShort = 0
        var sum = 0.0
        var weight = 1.0
        for depth in 1...longest {
            weight *= persistence
            common += seen.insert(long[depth - 1]).inserted ? 0 : 1
            if depth <= short.count {
                common += seen.insert(short[depth - 1]).inserted ? 0 : 1
                if depth == short.count { commonAtShort = common }
            }
            sum += weight * Double(common) / Double(depth)
            if depth > short.count {
                let assumed = Double(commonAtShort) * Double(depth - short.count)
                sum += weight * assumed / (Double(short.count) * Double(depth))
            }
        }
        let seenAgreement = Double(common - commonAtShort) / Double(longest)
        let tail = (seenAgreement + Double(commonAtShort) / Double(short.count)) * weight
        return (1 - persistence) / persistence * sum + tail
    }
}
