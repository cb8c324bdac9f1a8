/// How far a score may be from the golden's, and how close two scores must be to count as a tie.
///
/// This is the only place that knows the numbers. Scores are float32 sums whose order of addition differs between
/// linear algebra libraries, so that equality to the bit cannot be asked for.
package struct ScoreTolerance: Hashable, Sendable {
    /// The tolerance of the shipped goldens: 1e-4 of a score, texts by a logit gap of 1e-3.
    package static let standard = ScoreTolerance(relative: 1e-4, logitGap: 1e-3)

    /// The allowed difference as a share of the larger score.
    package let relative: Double
    /// The gap between the best and the second logit under which a generated text may differ.
    package let logitGap: Double

    /// Creates a tolerance.
    ///
    /// - Precondition: Both values are finite and not negative, and `relative` is less than 1.
    package init(relative: Double, logitGap: Double) {
        precondition(relative >= 0 && relative < 1, "relative tolerance \(relative) is not in 0..<1")
        precondition(logitGap >= 0 && logitGap.isFinite, "logit gap \(logitGap) is not finite and at least 0")
        self.relative = relative
        self.logitGap = logitGap
    }

    /// Returns whether a score is the golden's within the tolerance; never where either is not finite.
    package func accepts(_ score: Double, golden: Double) -> Bool {
        abs(score - golden) <= relative * abs(golden)
    }

    /// Returns whether two scores of one ranking are so close that either order of their films passes.
    package func isTie(_ left: Double, _ right: Double) -> Bool {
        abs(left - right) <= relative * max(abs(left), abs(right))
    }

    /// Returns whether two numbers read from generated texts are the same, be they held in single or double precision.
    package func isSameNumber(_ left: Double, _ right: Double) -> Bool {
        abs(left - right) <= 1e-6 * max(abs(left), abs(right))
    }
}
