package import Domain

/// Which movies are worth how much to a session, for the metrics that ask for it.
package struct Relevance: Sendable {
    /// One movie that is worth something.
    package struct Judgement: Hashable, Sendable {
        /// The movie.
        package let movie: MovieID
        /// What it is worth, above 0.
        package let gain: Double
    }

    /// Where it comes from, for reports.
    package let source: String
    private let judgements: [String: [Judgement]]

    /// Creates the relevance of sessions by their keys; what is worth nothing is left out.
    package init(source: String, _ judgements: [String: [(movie: MovieID, gain: Double)]]) {
        self.source = source
        self.judgements = judgements.mapValues { judged in
            judged.filter { $0.gain > 0 }.map { Judgement(movie: $0.movie, gain: $0.gain) }
        }
    }

    /// What is relevant to a session; `nil` where nothing is known of it.
    package subscript(key: String) -> [Judgement]? { judgements[key] }
}
