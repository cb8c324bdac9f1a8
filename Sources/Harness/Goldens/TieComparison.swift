package import Domain

/// Compares an observed ranking with the golden's, allowing for ties.
///
/// The rule is about pairs: where the observed ranking puts a movie before another that the golden ranks higher, the
/// golden's own scores of these two must be a tie. A movie can therefore not drift through a chain of near ties, each
/// within the tolerance of the next: it may only pass movies that are within the tolerance of itself. The cut-off is
/// the same rule: a movie that was left out counts as standing behind every movie that was kept.
///
/// P5's scores are few and discrete. Movies of equal score keep the SVD model's order, so that two of them may swap
/// only where their SVD scores are a tie. Expected ratings are sums of floating-point numbers like SVD scores: two that
/// are within the tolerance of each other may stand in either order.
package struct TieComparison: Sendable {
    /// The list to compare with.
    package let golden: GoldenList
    /// The numbers that decide what is a tie.
    package let tolerance: ScoreTolerance
    /// What the golden allows of scores and ranks beyond that, `nil` where nothing; it makes no ties.
    package let stated: GoldenTolerance?

    /// Creates a comparison.
    package init(
        with golden: GoldenList,
        tolerance: ScoreTolerance = .standard,
        stated: GoldenTolerance? = nil
    ) {
        self.golden = golden
        self.tolerance = tolerance
        self.stated = stated
    }

    /// Compares a ranking with the golden.
    ///
    /// - Parameters:
    ///   - observed: The ranking of the golden's model.
    ///   - candidates: For P5, the observed SVD ranking: it shows whether a tie at the SVD cut-off changed what P5 was
    ///     given. Without it every movie of the golden must be there.
    ///   - isPrefix: Whether only the first places of the ranking were visible; the golden is then cut as well.
    /// - Returns: Everything that differs, and what was accepted on the way.
    /// - Precondition: Both rankings are of the same model.
    /// - Complexity: O(*n*²) in the number of places, at most 101.
    package func compare(
        _ observed: Ranking,
        candidates: Ranking? = nil,
        isPrefix: Bool = false
    ) -> RankingComparison {
        precondition(
            observed.model == golden.model,
            "a \(observed.model) ranking is no match for a \(golden.model) golden"
        )
        var pass = ComparisonPass(
            golden: golden,
            tolerance: tolerance,
            stated: stated,
            observed: observed,
            candidates: candidates,
            isPrefix: isPrefix
        )
        return pass.run()
    }
}
