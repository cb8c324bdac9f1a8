import Domain
import RecommendationEngine
import ServiceUnderTest

extension Mutant {
    /// P5 is given one movie less than SVD ranked.
    static let dropP5Candidate = Mutant(
        "drop-p5-candidate",
        "P5 is given 99 of SVD's 100 movies: the first is left out.",
        remedy: "rankings: {full: <golden>}, with a request in the state full"
    ) { _ in
        .reranking { movies, rerank in try rerank(Array(movies.dropFirst())) }
    }

    /// The texts of two movies are exchanged.
    static let swapLogits = Mutant(
        "swap-logits",
        "What P5 generates for its first movie and for the next of another score is exchanged.",
        remedy: "rankings: {full: <golden>}, with a request in the state full"
    ) { _ in
        .reranking { movies, rerank in
            let sound = try rerank(movies)
            let places = sound.ranking.places
            guard let first = places.first, let other = places.first(where: { $0.score != first.score }) else {
                return sound
            }
            let swapped = places.map { place in
                let source = place.movie == first.movie ? other : place.movie == other.movie ? first : place
                return RankedMovie(movie: place.movie, rank: place.rank, score: source.score, text: source.text)
            }
            return sound.reordered(swapped, tiesBy: order(of: movies))
        }
    }

    /// Movies of equal score stand in the order of their ids.
    static let dropTieRule = Mutant(
        "drop-tie-rule",
        "Movies to which P5 gives the same score are in the order of their ids, not of SVD.",
        remedy: "rankings: {full: <golden>}, with a request in the state full"
    ) { _ in
        .reranking { movies, rerank in
            let sound = try rerank(movies)
            let byID = Dictionary(movies.map(\.movie).sorted().enumerated().map { ($1, $0) }) { first, _ in first }
            return sound.reordered(sound.ranking.places, tiesBy: byID)
        }
    }

    private static func order(of movies: [RankedMovie]) -> [MovieID: Int] {
        Dictionary(movies.enumerated().map { ($1.movie, $0) }) { first, _ in first }
    }
}

extension EngineAlteration {
    /// A step of P5, given the movies and what reranks them.
    fileprivate typealias Reranks =
        @Sendable (
            _ movies: [RankedMovie], _ rerank: ([RankedMovie]) throws -> Reranking
        ) throws -> Reranking

    /// An alteration of P5.
    fileprivate static func reranking(_ step: @escaping Reranks) -> EngineAlteration {
        EngineAlteration(recommender: { sound in
            Recommender(
                svd: sound.svd,
                p5: sound.p5.map { AlteredReranker(sound: $0, step: step) },
                scoreFormula: sound.scoreFormula
            )
        })
    }

    /// P5 with a mistake around it.
    private struct AlteredReranker: Reranker {
        let sound: any Reranker
        let step: Reranks

        func rerank(_ movies: [RankedMovie], session: SessionID, history: [Rating]) throws -> Reranking {
            try step(movies) { try sound.rerank($0, session: session, history: history) }
        }
    }
}

extension Reranking {
    /// The reranking with places sorted anew by score.
    ///
    /// - Parameters:
    ///   - places: The places with their scores.
    ///   - order: What decides between equal scores, the lower first.
    /// - Returns: The same reranking otherwise.
    fileprivate func reordered(_ places: [RankedMovie], tiesBy order: [MovieID: Int]) -> Reranking {
        let sorted = places.sorted { left, right in
            (right.score, order[left.movie, default: 0]) < (left.score, order[right.movie, default: 0])
        }
        let ranked = sorted.enumerated()
            .map { RankedMovie(movie: $1.movie, rank: $0 + 1, score: $1.score, text: $1.text) }
        return Reranking(ranking: Ranking(model: .p5, places: ranked), textGaps: textGaps, note: note)
    }
}
