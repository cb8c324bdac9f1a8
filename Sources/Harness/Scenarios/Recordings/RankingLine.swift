package import Domain

/// One line of a file of rankings, as `coldstart rank --format jsonl` writes it: what was ranked for one session.
///
/// Files of other programs may leave out all but the session and one list.
package struct RankingLine: JSONLine, Encodable, Sendable {
    /// One place of a list.
    package struct Place: Codable, Sendable {
        /// The movie.
        package let movie: MovieID
        /// The place, from 1.
        package let rank: Int?
        /// The model's score.
        package let score: Double?
        /// P5's text.
        package let text: String?
        /// The smallest logit gap on the way to the text.
        package let gap: Double?

        enum CodingKeys: String, CodingKey {
            case movie = "movie_id"
            case rank, score, text, gap
        }

        /// Creates a place; a gap that is no finite number is left out.
        package init(_ place: RankedMovie, gap: Double? = nil) {
            movie = place.movie
            rank = place.rank
            score = place.score
            text = place.text
            self.gap = gap.flatMap { $0.isFinite ? $0 : nil }
        }
    }

    /// The movie that just misses SVD's places.
    package struct Candidate: Codable, Sendable {
        /// The movie.
        package let movie: MovieID
        /// Its score.
        package let score: Double

        enum CodingKeys: String, CodingKey {
            case movie = "movie_id"
            case score
        }

        /// Creates a candidate.
        package init(_ place: RankedMovie) {
            movie = place.movie
            score = place.score
        }
    }

    /// How many of P5's tensors each file gave.
    package struct Tensors: Codable, Sendable {
        /// Those of the checkpoint.
        package let checkpoint: Int
        /// Those of the backbone.
        package let backbone: Int

        /// Creates counts.
        package init(checkpoint: Int, backbone: Int) {
            self.checkpoint = checkpoint
            self.backbone = backbone
        }
    }

    /// What the session is called.
    package let session: String
    /// The SVD model's best; `nil` where it was not asked.
    package let svd: [Place]?
    /// `nil` where every candidate has a place, or nobody says.
    package let svdNext: Candidate?
    /// P5's order; `nil` where it was not asked.
    package let p5: [Place]?
    /// What the visitor sees; `nil` where it follows from both.
    package let display: [Place]?
    /// What could not be ranked, and why.
    package let notes: [String]?
    /// Where P5's tensors came from.
    package let tensors: Tensors?

    enum CodingKeys: String, CodingKey {
        case session = "session_id"
        case svdNext = "svd_next"
        case svd, p5, display, notes, tensors
    }

    /// Creates the line of a session that was ranked now.
    ///
    /// - Parameters:
    ///   - session: The session.
    ///   - svd: The SVD model's best.
    ///   - next: The movie that just misses them.
    ///   - p5: P5's order, `nil` where it was not asked to rank.
    ///   - gaps: The smallest logit gap on the way to each of P5's texts.
    ///   - notes: What could not be ranked, and why.
    ///   - tensors: Where P5's tensors came from.
    package init(
        session: SessionID,
        svd: Ranking,
        next: RankedMovie?,
        p5: Ranking?,
        gaps: [MovieID: Double],
        notes: [String],
        tensors: Tensors?
    ) {
        self.session = session.text
        self.svd = svd.places.map { Place($0) }
        svdNext = next.map { Candidate($0) }
        self.p5 = p5?.places.map { Place($0, gap: gaps[$0.movie]) }
        display = nil
        self.notes = notes
        self.tensors = tensors
    }
}
