package import Domain

/// How far a score may be from the golden's, and how close two scores must be to count as a tie.
///
/// This is the only place that knows the numbers. Scores are float32 sums whose order of addition differs between
/// linear algebra libraries, so that equality to the bit cannot be asked for.
package struct ScoreTolerance: Hashable, Sendable {
    /// The tolerance of the shipped goldens: 1e-4 of a score, or 2⁻¹⁸ of the ranking's largest where that is more;
    /// texts by a logit gap of 1e-3, expected ratings by 1e-4.
    package static let standard = ScoreTolerance(relative: 1e-4, floor: 0x1p-18, logitGap: 1e-3, rating: 1e-4)

    /// The allowed difference as a share of the larger score.
    package let relative: Double
    /// The difference that is allowed of any score of a ranking, as a share of its largest one by magnitude.
    ///
    /// A score is a sum of *k* products. In a precision of unit round-off *u* it is off by at most
    /// *k*·*u*/(1 − *k*·*u*) times the sum of the products' magnitudes, in whatever order they are added (Higham,
    /// Accuracy and Stability of Numerical Algorithms, 2nd edition, section 3.1): of that size however small the score
    /// itself is, where the products cancel. With the 64 factors of the demo model and the 2⁻²⁴ of float32 that is
    /// 2⁻¹⁸ = 3.8e-6. Four ways to solve for the visitor, each with two orders of adding up, were at most 2.0e-6 of the
    /// largest score from float64 over all recorded sessions, and two right programs may be off either way.
    package let floor: Double
    /// The gap between the best and the second logit under which a generated text may differ.
    package let logitGap: Double
    /// The allowed difference of an expected rating, in points; a share of it would mean nothing near a rating of 0.
    package let rating: Double

    /// Creates a tolerance.
    ///
    /// - Precondition: The values are finite and not negative, and `relative` and `floor` are less than 1.
    package init(relative: Double, floor: Double, logitGap: Double, rating: Double) {
        precondition(relative >= 0 && relative < 1, "relative tolerance \(relative) is not in 0..<1")
        precondition(floor >= 0 && floor < 1, "floor \(floor) is not in 0..<1")
        precondition(logitGap >= 0 && logitGap.isFinite, "logit gap \(logitGap) is not finite and at least 0")
        precondition(rating >= 0 && rating.isFinite, "rating tolerance \(rating) is not finite and at least 0")
        self.relative = relative
        self.floor = floor
        self.logitGap = logitGap
        self.rating = rating
    }

    /// Returns whether a score is the golden's within the tolerance; never where either is not finite.
    ///
    /// - Parameters:
    ///   - score: The observed score.
    ///   - golden: The golden's.
    ///   - largest: The largest score of the golden's ranking by magnitude; 0 for numbers of texts, which do not
    ///     cancel.
    ///   - scoring: What P5's scores are; SVD scores are held to the same share as numbers of texts.
    /// - Returns: Whether it is accepted.
    package func accepts(_ score: Double, golden: Double, largest: Double, scoring: P5Settings.Scoring = .text) -> Bool
    {
        abs(score - golden) <= allowance(of: golden, largest: largest, scoring: scoring)
    }

    /// Returns how far a score may be from the golden's, in its own unit.
    ///
    /// - Parameters:
    ///   - golden: The golden's score.
    ///   - largest: The largest score of its ranking by magnitude.
    ///   - scoring: What P5's scores are.
    /// - Returns: The largest difference that is accepted.
    package func allowance(of golden: Double, largest: Double, scoring: P5Settings.Scoring = .text) -> Double {
        switch scoring {
        case .text: max(relative * abs(golden), floor * largest)
        case .expected: rating
        }
    }

    /// Returns whether a score is the golden's to the last digit that goldens have: a float32, or five digits behind
    /// the point of an expected rating.
    package func isExact(_ score: Double, golden: Double, scoring: P5Settings.Scoring = .text) -> Bool {
        switch scoring {
        case .text: Float(score) == Float(golden)
        case .expected: abs(score - golden) <= 1e-5
        }
    }

    /// Returns whether two SVD scores of one ranking are so close that either order of their movies passes.
    ///
    /// - Parameters:
    ///   - left: One score.
    ///   - right: The other.
    ///   - largest: The largest score of their ranking by magnitude.
    /// - Returns: Whether they are a tie, whichever is named first.
    package func isTie(_ left: Double, _ right: Double, largest: Double) -> Bool {
        abs(left - right) <= allowance(of: max(abs(left), abs(right)), largest: largest)
    }

    /// Returns whether two P5 scores are so close that either order of their movies passes, whatever SVD says of them.
    ///
    /// Numbers of texts never are: they are the same, and the SVD scores decide, or they are not.
    package func isTie(_ left: Double, _ right: Double, scoring: P5Settings.Scoring) -> Bool {
        scoring == .expected && abs(left - right) <= rating && !leavesToSVD(left, right, scoring: scoring)
    }

    /// Returns whether P5's scores leave the order of two movies to their SVD scores: the same number in both texts,
    /// or, where ratings are expected ones, no number in either.
    package func leavesToSVD(_ left: Double, _ right: Double, scoring: P5Settings.Scoring) -> Bool {
        isSameNumber(left, right) && (scoring == .text || left == Self.scoreWithoutNumber)
    }

    /// P5's score for a text without a number, whatever its scores are.
    private static let scoreWithoutNumber = -1.0

    /// Returns whether two numbers read from generated texts are the same, be they held in single or double precision.
    private func isSameNumber(_ left: Double, _ right: Double) -> Bool {
        abs(left - right) <= 1e-6 * max(abs(left), abs(right))
    }
}
