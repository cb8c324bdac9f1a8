/// What P5's scores are, which decides how closely they must agree and what is a tie among them.
package enum P5Scoring: String, Hashable, Sendable, CaseIterable {
    /// The first number of the generated text: few different values, the same in every right program.
    case text
    /// The probability-weighted rating over the digits that could have stood in the text: a sum of floating-point
    /// numbers, of which hardly two are equal.
    case expected
}
