package import Domain

/// What the comparison of one observed ranking with its golden found.
package struct RankingComparison: Hashable, Sendable {
    /// The first rank at which the order is not the golden's and no tie explains it.
    package struct FirstDifference: Hashable, Sendable, CustomStringConvertible {
        /// The rank, from 1.
        package let rank: Int
        /// The golden's movie there; `nil` where the golden ends before.
        package let expected: MovieID?
        /// The observed movie there; `nil` where the ranking ends before.
        package let actual: MovieID?
        /// How far the golden's scores of the two are apart; `nil` where it knows only one of them.
        package let margin: Double?
        /// The same by SVD score, which decides between movies of equal P5 score.
        package let svdMargin: Double?

        package var description: String {
            var text = "rank \(rank): expected movie \(expected.map(\.text) ?? "none")"
            text += ", found \(actual.map(\.text) ?? "none")"
            if let margin { text += ", margin \(margin.text())" }
            if margin == 0, let svdMargin { text += " (by SVD score \(svdMargin.text()))" }
            return text
        }
    }

    /// A generated text that differs where the reference itself was all but undecided.
    package struct TextException: Hashable, Sendable {
        /// The movie.
        package let movie: MovieID
        /// The golden's text.
        package let expected: String
        /// The observed text, or the score where the text was not visible.
        package let actual: String
        /// The reference's smallest logit gap on the way to its text.
        package let gap: Double
    }

    /// The model whose ranking was compared.
    package let model: Model
    /// How many observed places were compared.
    package let places: Int
    /// Everything that neither a tie nor the tolerance explains, by rank; what may follow from others comes last.
    package let differences: [RankingDifference]
    /// Where the order first differs; `nil` where it does not.
    package let firstDifference: FirstDifference?
    /// How many ranks hold another movie than the golden's, explained by ties.
    package let ranksExplainedByTies: Int
    /// How many ranks hold another movie than the golden's across a margin, as the golden's own tolerance allows.
    package let ranksWithinTolerance: Int
    /// Texts that differ within the allowed logit gap: accepted, never hidden.
    package let textExceptions: [TextException]
    /// Movies that came in by a tie at the cut-off and that the golden has no text for.
    package let unverified: [MovieID]
    /// How many accepted scores are not the golden's to the last digit that it has.
    package let scoresWithinTolerance: Int
    /// The largest accepted difference of a score as a share of the larger one.
    package let largestDeviation: Double

    /// Whether the ranking is the golden's within ties and tolerance.
    package var isEqual: Bool { differences.isEmpty }

    /// Whether the ranking passes although its order or a text is not the golden's to the letter.
    package var passesOnlyByTolerance: Bool {
        isEqual
            && (ranksExplainedByTies > 0 || ranksWithinTolerance > 0 || !textExceptions.isEmpty || !unverified.isEmpty)
    }
}
