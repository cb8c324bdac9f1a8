import Domain
import Replay

/// A session's rankings as one line of JSON.
struct RankingLine: Encodable {
    /// One place.
    struct Place: Encodable {
        let movieID: MovieID
        let rank: Int
        let score: Double
        let text: String?

        enum CodingKeys: String, CodingKey {
            case movieID = "movie_id"
            case rank
            case score
            case text
        }

        init(_ place: RankedMovie) {
            movieID = place.movie
            rank = place.rank
            score = place.score
            text = place.text
        }
    }

    let sessionID: SessionID
    let svd: [Place]
    let p5: [Place]

    enum CodingKeys: String, CodingKey {
        case sessionID = "session_id"
        case svd
        case p5
    }

    /// Creates the line of a session.
    init(_ ranking: SessionRanking) {
        sessionID = ranking.session
        svd = ranking.svd.places.map(Place.init)
        p5 = ranking.p5.places.map(Place.init)
    }
}
