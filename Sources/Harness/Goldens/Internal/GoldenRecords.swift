import Domain

/// The two members that tell a header from a session.
struct HeaderProbe: Decodable {
    var schemaVersion: Int?
    var kind: String?
}

/// The header line as it is written.
struct HeaderRecord: Decodable {
    struct SoftPrompt: Decodable {
        var virtualTokens: Int?
        var dropout: Double?
        var seed: UInt64?

        enum CodingKeys: String, CodingKey {
            case virtualTokens = "virtual_tokens"
            case dropout, seed
        }
    }

    var wholeWord: Bool
    var mode: String?
    var generationLimit: Int?
    var softPrompt: SoftPrompt?
    var scoring: String?
    var svdRanking: String?
    var seed: UInt64
    var state: String
    var versions: [String: String]
    var files: [String: String]
    var catalogueSHA256: String
    var sessionsSHA256: String

    enum CodingKeys: String, CodingKey {
        case wholeWord = "whole_word"
        case generationLimit = "generation_limit"
        case softPrompt = "soft_prompt"
        case svdRanking = "svd_ranking"
        case mode, scoring, seed, state, versions, files
        case catalogueSHA256 = "catalogue_sha256"
        case sessionsSHA256 = "sessions_sha256"
    }
}

/// A session line as it is written.
struct SessionRecord: Decodable {
    struct SVDPlace: Decodable {
        var movie: MovieID
        var rank: Int
        var score: Double

        enum CodingKeys: String, CodingKey {
            case movie = "movie_id"
            case rank, score
        }
    }

    struct Candidate: Decodable {
        var movie: MovieID
        var score: Double

        enum CodingKeys: String, CodingKey {
            case movie = "movie_id"
            case score
        }
    }

    struct P5Place: Decodable {
        var movie: MovieID
        var rank: Int
        var score: Double
        var text: String
        var gap: Double

        enum CodingKeys: String, CodingKey {
            case movie = "movie_id"
            case rank, score, text, gap
        }
    }

    /// A shown movie, written as `["svd", "318", 1]`.
    struct DisplayEntry: Decodable {
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
    }

    struct Displays: Decodable {
        var svd: [DisplayEntry]
        var p5: [DisplayEntry]
    }

    var session: SessionID
    var svd: [SVDPlace]
    var svdNext: Candidate?
    var p5: [P5Place]
    var svdTop10: [MovieID]
    var p5Top10: [MovieID]
    var display: Displays

    enum CodingKeys: String, CodingKey {
        case session = "session_id"
        case svd
        case svdNext = "svd_next"
        case p5
        case svdTop10 = "svd_top10"
        case p5Top10 = "p5_top10"
        case display
    }
}
