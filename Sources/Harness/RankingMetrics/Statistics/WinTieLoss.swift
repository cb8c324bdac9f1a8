/// How many sessions a change made better, left as they were and made worse.
package struct WinTieLoss: Hashable, Sendable {
    /// Differences above the tolerance.
    package let wins: Int
    /// Differences within the tolerance.
    package let ties: Int
    /// Differences below the tolerance.
    package let losses: Int

    /// Counts differences, new less old.
    ///
    /// - Parameters:
    ///   - differences: One for each session.
    ///   - tolerance: The largest difference that is a tie.
    /// - Precondition: Differences are no NaN, the tolerance is at least 0.
    /// - Complexity: O(*n*).
    package init(_ differences: [Double], tolerance: Double = 0) {
        precondition(tolerance >= 0, "tolerance \(tolerance)")
        precondition(!differences.contains(where: \.isNaN), "a difference is no number")
        wins = differences.count { $0 > tolerance }
        losses = differences.count { $0 < -tolerance }
        ties = differences.count - wins - losses
    }
}
