import ColdstartTestSupport
import Domain
import ModelFiles
import P5

#if canImport(FoundationEssentials)
import FoundationEssentials
#else
import Foundation
#endif

/// The recorded sessions that ship, with what the reference's P5 answered for them.
struct GoldenSessions {
    struct Session {
        let id: SessionID
        /// Newest first.
        let history: [Rating]
        /// The SVD model's best, best first.
        let movies: [RankedMovie]
        let expected: [Place]
        /// What PEFT did before it scored, where a soft prompt was trained.
        let softPrompt: Training?
    }

    struct Training: Decodable {
        let order: [MovieID]
        let losses: [Float]
    }

    /// A golden file that ships.
    enum Kind: String, CaseIterable {
        case plain = "demo"
        case wholeWords = "demo-whole-word"
        case softPrompt = "demo-soft-prompt"
        case expected = "demo-expected"

        var path: String { Fixtures.packageDirectory + "/golden/\(rawValue).jsonl" }
    }

    struct Place: Decodable {
        let movie: MovieID
        let score: Double
        let text: String
        let gap: Double

        enum CodingKeys: String, CodingKey {
            case movie = "movie_id"
            case score, text, gap
        }
    }

    private struct Golden: Decodable {
        struct Movie: Decodable {
            let movie: MovieID
            let score: Double

            enum CodingKeys: String, CodingKey {
                case movie = "movie_id"
                case score
            }
        }

        let sessionID: SessionID
        let svd: [Movie]
        let p5: [Place]
        let softPrompt: Training?

        enum CodingKeys: String, CodingKey {
            case sessionID = "session_id"
            case svd
            case p5
            case softPrompt = "soft_prompt"
        }
    }

    private struct Recording: Decodable {
        struct Item: Decodable {
            let movie: MovieID
            let rating: Double
            let createdAt: Moment

            enum CodingKeys: String, CodingKey {
                case movie = "movie_id"
                case rating
                case createdAt = "created_at"
            }
        }

        let sessionID: SessionID
        let ratings: [Item]

        enum CodingKeys: String, CodingKey {
            case sessionID = "session_id"
            case ratings
        }
    }

    /// Unix seconds, or ISO 8601 with or without a fraction.
    private struct Moment: Decodable {
        let seconds: Double

        init(from decoder: any Decoder) throws {
            let container = try decoder.singleValueContainer()
            if let number = try? container.decode(Double.self) {
                seconds = number
                return
            }
            let text = try container.decode(String.self)
            let whole = Date.ISO8601FormatStyle()
            let date = try? whole.parse(text)
            seconds = try (date ?? Date.ISO8601FormatStyle(includingFractionalSeconds: true).parse(text))
                .timeIntervalSince1970
        }
    }

    static let bundle = BundlePaths(directory: Fixtures.packageDirectory + "/scenarios/bundle")

    /// The second stage with the bundle's models.
    static func reranker(_ settings: P5Settings) throws -> P5Reranker {
        try P5Reranker(
            model: T5Model(backboneDirectory: bundle.backbone, checkpoint: bundle.checkpoint),
            tokenizer: Tokenizer(modelPath: bundle.sentencePieceModel),
            dataMaps: DataMaps(path: bundle.dataMaps),
            settings: settings
        )
    }

    static func read(_ kind: Kind) throws -> [Session] {
        let recordings: [Recording] = try lines(Fixtures.packageDirectory + "/scenarios/sessions/demo.jsonl")
        let goldens: [Golden] = try lines(kind.path, skipping: 1)
        let recordingsByID = Dictionary(uniqueKeysWithValues: recordings.map { ($0.sessionID, $0) })
        return goldens.compactMap { golden in
            guard let recording = recordingsByID[golden.sessionID] else { return nil }
            let ratings = recording.ratings.compactMap { item in
                Timestamp(unixSeconds: item.createdAt.seconds)
                    .map {
                        Rating(movie: item.movie, value: item.rating, createdAt: $0)
                    }
            }
            let session = RecordedSession(id: golden.sessionID, phase: "", ratings: ratings, phase1Movies: [])
            return Session(
                id: golden.sessionID,
                history: session.history(limit: 50),
                movies: golden.svd.enumerated().map { RankedMovie(movie: $1.movie, rank: $0 + 1, score: $1.score) },
                expected: golden.p5,
                softPrompt: golden.softPrompt
            )
        }
    }

    private static func lines<Line: Decodable>(_ path: String, skipping count: Int = 0) throws -> [Line] {
        try TemporaryFolder.bytes(of: path).split(separator: UInt8(ascii: "\n")).dropFirst(count)
            .map { try JSONDecoder().decode(Line.self, from: Data($0)) }
    }
}
