import Domain
import P5
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

    /// How many of P5's tensors each file gave.
    struct Tensors: Encodable {
        let checkpoint: Int
        let backbone: Int
    }

    let sessionID: SessionID
    let svd: [Place]
    /// `nil` where P5 was not asked to rank.
    let p5: [Place]?
    /// What could not be ranked, and why; empty where both models ranked as they were asked to.
    let notes: [String]
    /// Where P5's tensors came from.
    let tensors: Tensors?

    enum CodingKeys: String, CodingKey {
        case sessionID = "session_id"
        case svd
        case p5
        case notes
        case tensors
    }

    /// Creates the line of a session.
    ///
    /// - Parameters:
    ///   - ranking: The session's rankings.
    ///   - model: The model that P5 ranked with; `nil` where P5 was not asked to rank.
    init(_ ranking: SessionRanking, model: T5Model?) {
        sessionID = ranking.session
        svd = ranking.svd.places.map(Place.init)
        p5 = model == nil ? nil : ranking.p5.places.map(Place.init)
        notes = ranking.notes
        tensors = model.map { Tensors(checkpoint: $0.sources.checkpoint, backbone: $0.sources.backbone) }
    }
}
