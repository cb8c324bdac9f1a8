import Domain

/// One line of a file of sessions as it is written.
struct SessionLine: JSONLine {
    /// The phase of a session that names none.
    static let defaultPhase = "recommendation"

    let session: RecordedSession

    /// The id of a line that begins with it, as other programs write lines; `nil` where it may stand elsewhere.
    ///
    /// - Complexity: O(1).
    static func leadingID(of line: [UInt8]) -> SessionID? {
        for begin in [spaced, unspaced] where line.starts(with: begin) {
            let id = line.dropFirst(begin.count).prefix(37)
            guard id.last == UInt8(ascii: "\"") else { return nil }
            return SessionID(String(decoding: id.dropLast(), as: UTF8.self))
        }
        return nil
    }

    private static let spaced = Array(#"{"session_id": ""#.utf8)
    private static let unspaced = Array(#"{"session_id":""#.utf8)

    private enum CodingKeys: String, CodingKey {
        case id = "session_id"
        case phase
        case ratings
        case phase1Movies = "phase1_movies"
    }

    init(from decoder: any Decoder) throws {
        let container = try decoder.container(keyedBy: CodingKeys.self)
        let id = try container.decode(SessionID.self, forKey: .id)
        let phase = try container.decodeIfPresent(String.self, forKey: .phase) ?? Self.defaultPhase
        let ratings = try container.decode([RatingLine].self, forKey: .ratings)
        session = RecordedSession(
            id: id,
            phase: phase,
            ratings: ratings.filter { !$0.isHeldOut }.map(\.rating),
            phase1Movies: try container.decodeIfPresent([RecordedMovieID].self, forKey: .phase1Movies)?.map(\.id) ?? [],
            heldOut: ratings.filter(\.isHeldOut).map(\.rating)
        )
    }
}

/// One rating as it is written.
struct RatingLine: Decodable {
    let rating: Rating
    /// Whether it is no part of the history.
    let isHeldOut: Bool

    private enum CodingKeys: String, CodingKey {
        case movie = "movie_id"
        case value = "rating"
        case createdAt = "created_at"
        case heldOut = "held_out"
    }

    init(from decoder: any Decoder) throws {
        let container = try decoder.container(keyedBy: CodingKeys.self)
        let value = try container.decode(Double.self, forKey: .value)
        guard value.isFinite, (0...10).contains(value) else {
            throw DecodingError.dataCorruptedError(
                forKey: .value,
                in: container,
                debugDescription: "a rating, a number from 0 to 10"
            )
        }
        rating = Rating(
            movie: try container.decode(RecordedMovieID.self, forKey: .movie).id,
            value: value,
            createdAt: try container.decode(RecordedMoment.self, forKey: .createdAt).timestamp
        )
        isHeldOut = try container.decodeIfPresent(Bool.self, forKey: .heldOut) ?? false
    }
}

/// A movie id that is not empty.
struct RecordedMovieID: Decodable {
    /// How many bytes an id may have.
    static let lengths = 1...200

    let id: MovieID

    init(from decoder: any Decoder) throws {
        let container = try decoder.singleValueContainer()
        id = try container.decode(MovieID.self)
        guard Self.lengths.contains(id.text.utf8.count) else {
            throw DecodingError.dataCorruptedError(
                in: container,
                debugDescription: "a movie id of 1 to 200 bytes"
            )
        }
    }
}

/// A moment as ISO 8601 text or Unix seconds.
struct RecordedMoment: Decodable {
    let timestamp: Timestamp

    init(from decoder: any Decoder) throws {
        let container = try decoder.singleValueContainer()
        if let text = try? container.decode(String.self) {
            guard let timestamp = ISO8601.timestamp(text) else {
                throw DecodingError.dataCorruptedError(
                    in: container,
                    debugDescription: "a moment such as 2016-01-02T03:04:05Z"
                )
            }
            self.timestamp = timestamp
        } else if let seconds = try? container.decode(Double.self), let timestamp = Timestamp(unixSeconds: seconds) {
            self.timestamp = timestamp
        } else {
            throw DecodingError.dataCorruptedError(
                in: container,
                debugDescription: "ISO 8601 text such as 2016-01-02T03:04:05Z, or Unix seconds"
            )
        }
    }
}
