import Domain
import Goldens

/// Small goldens and rankings for the tests.
enum GoldenFixture {
    static func svd(_ movies: [(MovieID, Double)], next: (MovieID, Double)? = nil) -> GoldenList {
        let places = movies.enumerated()
            .map { index, movie in
                GoldenList.Place(movie: movie.0, rank: index + 1, score: movie.1, svdScore: movie.1)
            }
        return GoldenList(model: .svd, places: places, next: next.map { .init(movie: $0.0, score: $0.1) })
    }

    /// Places of movie, P5 score, SVD score and logit gap; the text is the score as Swift prints it.
    static func p5(
        _ movies: [(MovieID, Double, Double, Double)],
        next: (MovieID, Double)? = nil,
        scoring: P5Settings.Scoring = .text
    ) -> GoldenList {
        let places = movies.enumerated()
            .map { index, movie in
                GoldenList.Place(
                    movie: movie.0,
                    rank: index + 1,
                    score: movie.1,
                    svdScore: movie.2,
                    text: "\(movie.1)",
                    gap: movie.3
                )
            }
        return GoldenList(
            model: .p5,
            scoring: scoring,
            places: places,
            next: next.map { .init(movie: $0.0, score: $0.1) }
        )
    }

    static func ranking(_ model: Model, _ movies: [(MovieID, Double)]) -> Ranking {
        let places = movies.enumerated()
            .map { index, movie in
                RankedMovie(
                    movie: movie.0,
                    rank: index + 1,
                    score: movie.1,
                    text: model == .p5 ? "\(movie.1)" : nil
                )
            }
        return Ranking(model: model, places: places)
    }

    static let digest = String(repeating: "a1", count: 32)

    static let header =
        #"{"schemaVersion":1,"kind":"golden-rankings","whole_word":false,"seed":7,"state":"full","#
        + #""versions":{"torch":"2.4.1"},"files":{"svd_5core/V.npy":"\#(digest)"},"#
        + #""catalogue_sha256":"\#(digest)","sessions_sha256":"\#(digest)"}"#

    static let sessionText = "0b9c1a52-7d1f-4c58-9a8e-3f60d6a1c001"

    static let session =
        #"{"session_id":"0b9c1a52-7d1f-4c58-9a8e-3f60d6a1c001","#
        + #""svd":[{"movie_id":"318","rank":1,"score":1.25},{"movie_id":50,"rank":2,"score":1.125}],"#
        + #""svd_next":{"movie_id":"858","score":1.0},"#
        + #""p5":[{"movie_id":"50","rank":1,"score":8.1,"text":"8.1","gap":0.034}],"#
        + #""svd_top10":["318","50"],"p5_top10":["50"],"#
        + #""display":{"svd":[["svd","318",1],["p5","50",2]],"p5":[["p5","50",1],["svd","318",2]]}}"#

    static func parse(_ text: String) throws(GoldenError) -> GoldenRankings {
        try GoldenRankings(parsing: text.utf8, file: "golden/demo.jsonl")
    }
}
