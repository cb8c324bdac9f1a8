/// How many sessions a change made better, left as they were and made worse.
package struct WinTieLoss: Hashable, Sendable {
    /// Differences above the tolerance.
    package private(set) var wins = 0
    /// Differences within the tolerance.
    package private(set) var ties = 0
    /// Differences below the tolerance.
    package private(set) var losses = 0
    /// The largest difference that is a tie.
    package let tolerance: Double

    /// Counts differences, new less old.
    ///
    /// - Parameters:
    ///   - differences: One for each session, no NaN.
    ///   - tolerance: The largest difference that is a tie, at least 0.
    /// - Complexity: O(*n*).
    package init(_ differences: [Double] = [], tolerance: Double = 0) {
        precondition(tolerance >= 0, "tolerance \(tolerance)")
        self.tolerance = tolerance
        for difference in differences { add(difference) }
    }

    /// Counts one more session.
    ///
    /// - Precondition: The difference is no NaN.
    package mutating func add(_ difference: Double) {
        precondition(!difference.isNaN, "a difference is no number")
        if difference > tolerance { wins += 1 } else if difference < -tolerance { losses += 1 } else { ties += 1 }
    }
}
