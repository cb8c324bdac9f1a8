/// How far a score may be from the golden's, and how close two scores must be to count as a tie.
///
/// This is the only place that knows the numbers. Scores are float32 sums whose order of addition differs between
/// linear algebra libraries, so that equality to the bit cannot be asked for.
package struct ScoreTolerance: Hashable, Sendable {
    /// The tolerance of the shipped goldens: 1e-4 of a score, texts by a logit gap of 1e-3, expected ratings by 1e-4.
    package static let standard = ScoreTolerance(relative: 1e-4, logitGap: 1e-3, rating: 1e-4)

    /// The allowed difference as a share of the larger score.
    package let relative: Double
    /// The gap between the best and the second logit under which a generated text may differ.
    package let logitGap: Double
    /// The allowed difference of an expected rating, in points; a share of it would mean nothing near a rating of 0.
    package let rating: Double

    /// Creates a tolerance.
    ///
    /// - Precondition: The values are finite and not negative, and `relative` is less than 1.
    package init(relative: Double, logitGap: Double, rating: Double) {
        precondition(relative >= 0 && relative < 1, "relative tolerance \(relative) is not in 0..<1")
        precondition(logitGap >= 0 && logitGap.isFinite, "logit gap \(logitGap) is not finite and at least 0")
        precondition(rating >= 0 && rating.isFinite, "rating tolerance \(rating) is not finite and at least 0")
        self.relative = relative
        self.logitGap = logitGap
        self.rating = rating
    }

    /// Returns whether a score is the golden's within the tolerance; never where either is not finite.
    ///
    /// - Parameters:
    ///   - score: The observed score.
    ///   - golden: The golden's.
    ///   - scoring: What P5's scores are; SVD scores are held to the same share as numbers of texts.
    /// - Returns: Whether it is accepted.
    package func accepts(_ score: Double, golden: Double, scoring: P5Scoring = .text) -> Bool {
        switch scoring {
        case .text: abs(score - golden) <= relative * abs(golden)
        case .expected: abs(score - golden) <= rating
        }
    }

    /// Returns whether a score is the golden's to the last digit that goldens have: a float32, or five digits behind the
    /// point of an expected rating.
    package func isExact(_ score: Double, golden: Double, scoring: P5Scoring = .text) -> Bool {
        switch scoring {
        case .text: Float(score) == Float(golden)
        case .expected: abs(score - golden) <= 1e-5
        }
    }

    /// Returns whether two scores of one ranking are so close that either order of their films passes.
    package func isTie(_ left: Double, _ right: Double) -> Bool {
        abs(left - right) <= relative * max(abs(left), abs(right))
    }

    /// Returns whether two P5 scores are so close that either order of their films passes, whatever SVD says of them.
    ///
    /// Numbers of texts never are: they are the same, and the SVD scores decide, or they are not.
    package func isTie(_ left: Double, _ right: Double, scoring: P5Scoring) -> Bool {
        scoring == .expected && abs(left - right) <= rating && !leavesToSVD(left, right, scoring: scoring)
    }

    /// Returns whether P5's scores leave the order of two films to their SVD scores: the same number in both texts, or,
    /// where ratings are expected ones, no number in either.
    package func leavesToSVD(_ left: Double, _ right: Double, scoring: P5Scoring) -> Bool {
        isSameNumber(left, right) && (scoring == .text || left == Self.scoreWithoutNumber)
    }

    /// P5's score for a text without a number, whatever its scores are.
    private static let scoreWithoutNumber = -1.0

    /// Returns whether two numbers read from generated texts are the same, be they held in single or double precision.
    private func isSameNumber(_ left: Double, _ right: Double) -> Bool {
        abs(left - right) <= 1e-6 * max(abs(left), abs(right))
    }
}
