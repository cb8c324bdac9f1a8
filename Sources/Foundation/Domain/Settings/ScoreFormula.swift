/// What a movie's SVD score is made of.
package enum ScoreFormula: String, Hashable, Sendable, CaseIterable {
    /// `V_c · p`, as the service is deployed.
    case factors
    /// `mu + bias_c + V_c · p`, a predicted rating.
    case biased
}
