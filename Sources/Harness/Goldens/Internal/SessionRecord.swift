import Domain

/// A session line as it is written.
struct SessionRecord: Codable {
    struct SVDPlace: Codable {
        var movie: MovieID
        /// Absent where the places' order says it.
        var rank: Int?
        var score: Double
        var margin: Double?

        enum CodingKeys: String, CodingKey {
            case movie = "movie_id"
            case rank, score, margin
        }
    }

    struct Candidate: Codable {
        var movie: MovieID
        var score: Double

        enum CodingKeys: String, CodingKey {
            case movie = "movie_id"
            case score
        }
    }

    struct P5Place: Codable {
        var movie: MovieID
        var rank: Int?
        var score: Double
        var text: String?
        var gap: Double?
        var margin: Double?

        enum CodingKeys: String, CodingKey {
            case movie = "movie_id"
            case rank, score, text, gap, margin
        }
    }

    /// A shown movie, written as `["svd", "318", 1]`.
    struct DisplayEntry: Codable {
        var model: Model
        var movie: MovieID
        var order: Int

        init(from decoder: any Decoder) throws {
            var container = try decoder.unkeyedContainer()
            let name = try container.decode(String.self)
            guard let model = Model(rawValue: name) else {
                throw DecodingError.dataCorruptedError(in: container, debugDescription: "a model, svd or p5")
            }
            self.model = model
            movie = try container.decode(MovieID.self)
            order = try container.decode(Int.self)
        }

        init(_ entry: DisplayList.Entry) {
            model = entry.model
            movie = entry.movie
            order = entry.order
        }

        func encode(to encoder: any Encoder) throws {
            var container = encoder.unkeyedContainer()
            try container.encode(model.rawValue)
            try container.encode(movie)
            try container.encode(order)
        }
    }

    struct Displays: Codable {
        var svd: [DisplayEntry]
        var p5: [DisplayEntry]
    }

    var session: SessionID
    var svd: [SVDPlace]
    var svdNext: Candidate?
    /// Absent where SVD ranked alone.
    var p5: [P5Place]?
    var svdTop10: [MovieID]?
    var p5Top10: [MovieID]?
    var display: Displays?
    /// The first and the last rank of each tie class.
    var svdTies: [[Int]]?
    var p5Ties: [[Int]]?
    var accepted: [GoldenAcceptance]?

    enum CodingKeys: String, CodingKey {
        case session = "session_id"
        case svd
        case svdNext = "svd_next"
        case p5
        case svdTop10 = "svd_top10"
        case p5Top10 = "p5_top10"
        case svdTies = "svd_ties"
        case p5Ties = "p5_ties"
        case display, accepted
    }
}
