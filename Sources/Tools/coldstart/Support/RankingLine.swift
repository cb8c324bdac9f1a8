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
        /// The smallest logit gap on the way to P5's text.
        let gap: Double?

        enum CodingKeys: String, CodingKey {
            case movieID = "movie_id"
            case rank
            case score
            case text
            case gap
        }

        init(_ place: RankedMovie, gap: Double? = nil) {
            movieID = place.movie
            rank = place.rank
            score = place.score
            text = place.text
            self.gap = gap.flatMap { $0.isFinite ? $0 : nil }
        }
    }

    /// The movie that just misses SVD's places.
    struct Candidate: Encodable {
        let movieID: MovieID
        let score: Double

        enum CodingKeys: String, CodingKey {
            case movieID = "movie_id"
            case score
        }
    }

    /// How many of P5's tensors each file gave.
    struct Tensors: Encodable {
        let checkpoint: Int
        let backbone: Int
    }

    let sessionID: SessionID
    let svd: [Place]
    /// `nil` where every candidate has a place.
    let svdNext: Candidate?
    /// `nil` where P5 was not asked to rank.
    let p5: [Place]?
    /// What could not be ranked, and why; empty where both models ranked as they were asked to.
    let notes: [String]
    /// Where P5's tensors came from.
    let tensors: Tensors?

    enum CodingKeys: String, CodingKey {
        case sessionID = "session_id"
        case svd
        case svdNext = "svd_next"
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
        svd = ranking.svd.places.map { Place($0) }
        svdNext = ranking.next.map { Candidate(movieID: $0.movie, score: $0.score) }
        p5 = model == nil ? nil : ranking.p5.places.map { Place($0, gap: ranking.textGaps[$0.movie]) }
        notes = ranking.notes
        tensors = model.map { Tensors(checkpoint: $0.sources.checkpoint, backbone: $0.sources.backbone) }
    }
}
