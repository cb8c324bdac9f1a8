package import Domain

/// Everything one request for recommendations led to.
package struct Recommendation: Sendable {
    /// The answer as the caller gets it.
    package let response: RecommendResponse
    /// All places of each model that ranked, at most 100 each.
    package let rankings: [Ranking]
    /// The smallest logit gap on the way to each of P5's texts, by movie.
    package let textGaps: [MovieID: Double]
    /// Why a model was left out, where one was.
    package let notes: [String]

    /// Creates a recommendation.
    package init(
        response: RecommendResponse,
        rankings: [Ranking],
        textGaps: [MovieID: Double] = [:],
        notes: [String] = []
    ) {
        self.response = response
        self.rankings = rankings
        self.textGaps = textGaps
        self.notes = notes
    }
}
