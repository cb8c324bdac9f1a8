package import Domain
package import RecommendationEngine

/// A second stage whose answers are kept.
///
/// The key is everything that an answer follows from: the identity of P5's files and settings, the session, its history
/// and the movies it is given. The first stage is not kept: to rank is faster than to read.
package struct CachedReranker: Reranker {
    private let base: any Reranker
    private let cache: StageCache
    private let identity: String

    /// Wraps a second stage.
    ///
    /// - Parameters:
    ///   - base: The stage.
    ///   - cache: Where answers are kept.
    ///   - identity: The fingerprints of its files and its settings.
    package init(_ base: any Reranker, cache: StageCache, identity: String) {
        self.base = base
        self.cache = cache
        self.identity = identity
    }

    private struct Answer: Codable {
        struct Place: Codable {
            let movie: MovieID
            let score: Double
            let text: String?
            let gap: Double?
        }
        let places: [Place]
        let note: String?
    }

    package func rerank(_ movies: [RankedMovie], session: SessionID, history: [Rating]) throws -> Reranking {
        let answer = try cache.output(for: key(movies, session, history)) {
            let reranking = try base.rerank(movies, session: session, history: history)
            return Answer(
                places: reranking.ranking.places.map {
                    Answer.Place(
                        movie: $0.movie,
                        score: $0.score,
                        text: $0.text,
                        gap: reranking.textGaps[$0.movie]
                    )
                },
                note: reranking.note
            )
        }
        let places = answer.places.enumerated()
            .map { RankedMovie(movie: $1.movie, rank: $0 + 1, score: $1.score, text: $1.text) }
        return Reranking(
            ranking: Ranking(model: .p5, places: places),
            textGaps: Dictionary(
                answer.places.compactMap { place in place.gap.map { (place.movie, $0) } },
                uniquingKeysWith: { first, _ in first }
            ),
            note: answer.note
        )
    }

    /// Every number by its bits and every id by its length first, so that no two inputs have the same text.
    private func key(_ movies: [RankedMovie], _ session: SessionID, _ history: [Rating]) -> String {
        func id(_ movie: MovieID) -> String { "\(movie.text.utf8.count):\(movie.text)" }
        let given = movies.map { id($0.movie) + "=" + String($0.score.bitPattern, radix: 16) }
        let rated = history.map { id($0.movie) + "=" + String($0.value.bitPattern, radix: 16) }
        return [
            "p5", identity, session.text, rated.joined(separator: " "), given.joined(separator: " "),
        ]
        .joined(separator: "\n")
    }
}
