import Domain
import RankingMetrics
import Scenarios

extension SavedComparison {
    /// What is known of a side.
    struct Side: Codable, Sendable {
        let name: String
        let kind: String
        let fingerprints: [String: String]
    }

    /// The first line.
    struct Header: Codable, Sendable {
        let coldstart: String
        let version: Int
        let conditions: String
        let old: Side
        let new: Side
    }

    /// The last line.
    struct End: Codable {
        let coldstart: String
        let lines: Int
    }

    /// One place of a list.
    struct Place: Codable {
        let movie: MovieID
        let score: Double

        enum CodingKeys: String, CodingKey {
            case movie = "movie_id"
            case score
        }
    }

    /// What one side has for a session.
    struct Line: Codable {
        let side: String
        let session: String
        let svd: [Place]?
        let p5: [Place]?
        let display: [Place]?
        let parseFailures: Int?
        let notes: [String]

        enum CodingKeys: String, CodingKey {
            case side
            case session = "session_id"
            case svd
            case p5
            case display
            case parseFailures = "parse_failures"
            case notes
        }

        func content(in table: inout MovieTable) -> SideSession {
            var lists = ByList<RankedList?>(repeating: nil)
            for (list, places) in [(ComparedList.svd, svd), (.p5, p5), (.display, display)] {
                lists[list] = places.map { RankedList($0.map { ($0.movie, $0.score) }, in: &table) }
            }
            return SideSession(lists: lists, parseFailures: parseFailures, notes: notes)
        }
    }

    /// Any line of a file.
    enum FirstOrLine: JSONLine {
        case header(Header)
        case end(End)
        case line(Line)

        private enum CodingKeys: String, CodingKey {
            case coldstart
        }

        init(from decoder: any Decoder) throws {
            let container = try decoder.container(keyedBy: CodingKeys.self)
            switch try container.decodeIfPresent(String.self, forKey: .coldstart) {
            case nil: self = .line(try Line(from: decoder))
            case "end": self = .end(try End(from: decoder))
            default: self = .header(try Header(from: decoder))
            }
        }
    }
}
