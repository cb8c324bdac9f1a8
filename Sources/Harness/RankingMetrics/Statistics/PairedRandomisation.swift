import Domain

/// The paired randomisation test of a mean difference: how often random signs make it as large.
///
/// Fisher, "The Design of Experiments", 1935; Smucker, Allan and Carterette, "A comparison of statistical significance
/// tests for information retrieval evaluation", CIKM 2007. Two-sided. Where there are no more assignments of signs than
/// permutations are wanted, all are counted and the p-value is exact. Else it is (*b* + 1) / (*m* + 1), *b* of *m*
/// random assignments being as extreme: Phipson and Smyth, "Permutation p-values should never be zero", Statistical
/// Applications in Genetics and Molecular Biology 9, 2010.
///
/// The signs are bits of ``SplitMix64``: for 64 differences at a time, one value for each permutation. A sum counts as
/// large as the observed one where rounding alone could make it smaller: up to 1e-12 of the sum of all magnitudes.
package struct PairedRandomisation: Hashable, Sendable {
    /// How many random assignments of signs are drawn.
    package let permutations: Int
    /// The seed; equal seeds give equal signs.
    package let seed: UInt64

    /// Creates the test.
    ///
    /// - Precondition: There is a permutation.
    package init(permutations: Int, seed: UInt64) {
        precondition(permutations > 0, "\(permutations) permutations, expected at least 1")
        self.permutations = permutations
        self.seed = seed
    }

    /// Returns the p-value of the mean of differences being 0.
    ///
    /// - Parameter differences: One finite number for each session, new less old.
    /// - Returns: Above 0, at most 1; `nil` without a session.
    /// - Complexity: O(*n* · *m* / 8).
    package func pValue(_ differences: [Double]) -> Double? {
        pValues([differences])[0]
    }

    /// Returns the p-values of several metrics, by the same signs.
    ///
    /// - Parameter metrics: For each metric, one finite difference for each session.
    /// - Returns: For each metric what ``pValue(_:)`` returns for it alone.
    /// - Precondition: All differences are finite.
    /// - Complexity: O(*n* · *m* / 8) for each metric.
    package func pValues(_ metrics: [[Double]]) -> [Double?] {
        precondition(metrics.allSatisfy { $0.allSatisfy(\.isFinite) }, "a difference is not finite")
        var values = metrics.map { $0.isEmpty ? nil : exactValue($0) }
        let open = metrics.indices.filter { values[$0] == nil && !metrics[$0].isEmpty }
        let sums = SignedSums.random(open.map { metrics[$0] }, permutations: permutations, seed: seed)
        for (index, sums) in zip(open, sums) {
            let limit = Self.limit(metrics[index])
            let extreme = sums.count { abs($0) >= limit }
            values[index] = Double(extreme + 1) / Double(permutations + 1)
        }
        return values
    }

    /// Returns the p-values of several metrics of many sessions, by the same signs.
    ///
    /// - Parameter metrics: The differences of each metric; sums of neighbours get one sign.
    /// - Returns: For each metric its p-value, `nil` without a session.
    package func pValues(_ metrics: [SessionDifferences]) -> [Double?] {
        pValues(metrics.map(\.sums))
    }

    /// Counts all assignments of signs, where they are few enough.
    private func exactValue(_ differences: [Double]) -> Double? {
        // The sign of nothing changes nothing.
        let moved = differences.filter { $0 != 0 }
        guard moved.count < 63, 1 << moved.count <= permutations else { return nil }
        let limit = Self.limit(moved)
        let extreme = (0..<1 << moved.count)
            .count { signs in
                var sum = 0.0
                for (index, difference) in moved.enumerated() {
                    sum += signs >> index & 1 == 0 ? difference : -difference
                }
                return abs(sum) >= limit
            }
        return Double(extreme) / Double(1 << moved.count)
    }

    /// The magnitude from which on a sum is as extreme as that of the differences.
    private static func limit(_ differences: [Double]) -> Double {
        var (sum, magnitudes) = (0.0, 0.0)
        for difference in differences {
            sum += difference
            magnitudes += abs(difference)
        }
        return abs(sum) - 1e-12 * magnitudes
    }
}
