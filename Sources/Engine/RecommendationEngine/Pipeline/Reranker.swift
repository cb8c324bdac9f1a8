package import Domain

/// The second stage: orders the SVD model's best anew.
package protocol Reranker: Sendable {
    /// Rates each movie that has an internal id and orders them by the rating, ties in the order they came in.
    ///
    /// - Parameters:
    ///   - movies: The SVD model's best, best first.
    ///   - session: The session, which the prompts name.
    ///   - history: The session's ratings, newest first.
    /// - Returns: The movies that have an internal id, in the order of their ratings.
    /// - Throws: Whatever keeps P5 from scoring; the service then goes on without it.
    func rerank(_ movies: [RankedMovie], session: SessionID, history: [Rating]) throws -> Reranking
}

/// A ranking of P5 and how certain each of its texts was.
package struct Reranking: Sendable {
    /// The movies in P5's order, each with its text.
    package let ranking: Ranking
    /// The smallest gap between the best and the second logit on the way to each movie's text.
    package let textGaps: [MovieID: Double]
    /// How P5 had to score otherwise than the settings ask for, `nil` where it had not.
    package let note: String?

    /// Creates a reranking.
    package init(ranking: Ranking, textGaps: [MovieID: Double], note: String? = nil) {
        self.ranking = ranking
        self.textGaps = textGaps
        self.note = note
    }
}
