package import Domain

/// Reads recorded sessions from JSON Lines.
///
/// One session a line: `{"session_id": uuid, "phase": "recommendation", "ratings": [{"movie_id": "318", "rating": 9,
/// "created_at": "2016-01-02T03:04:05Z"}], "phase1_movies": ["318"]}`. `created_at` is ISO 8601 or Unix seconds, movie
/// ids are strings or whole numbers, further keys are ignored. A rating with `"held_out": true` is no part of the history:
/// rankings are judged by it.
package enum SessionReader {
    /// Returns the sessions of a file in their order.
    ///
    /// - Throws: `ScenarioError` with file, line and field; also where a session comes twice or none is there.
    package static func read(_ path: String) throws(ScenarioError) -> [RecordedSession] {
        var stream = try SessionStream(path, sizeLimit: JSONLines.sizeLimit)
        var sessions: [RecordedSession] = []
        while let session = try stream.next() { sessions.append(session) }
        return sessions
    }
}

/// Recorded sessions of a file one by one, in memory that does not grow with their ratings.
package struct SessionStream: ~Copyable {
    private var reader: JSONLineReader<SessionLine>
    private let path: String
    private var lines: [SessionID: Int] = [:]

    /// Opens a file.
    ///
    /// - Parameters:
    ///   - path: The file.
    ///   - sizeLimit: The largest file, in bytes.
    /// - Throws: `ScenarioError` where it cannot be opened.
    package init(_ path: String, sizeLimit: Int = .max) throws(ScenarioError) {
        self.path = path
        reader = try JSONLineReader(path, sizeLimit: sizeLimit)
    }

    /// The next session; `nil` at the end of the file.
    ///
    /// - Throws: `ScenarioError` with file, line and field; also where a session comes twice or none is there.
    package mutating func next() throws(ScenarioError) -> RecordedSession? {
        guard let next = try reader.next() else {
            guard lines.isEmpty else { return nil }
            throw ScenarioError(.emptySelection, path: path, "the file holds no session; one JSON object a line")
        }
        let session = next.line.session
        if let earlier = lines.updateValue(next.location.line, forKey: session.id) {
            throw ScenarioError(
                .recording,
                at: next.location,
                "`session_id` \(session.id) is the session of line \(earlier) already"
            )
        }
        return session
    }

    /// The next sessions, at most so many; none at the end of the file.
    ///
    /// - Throws: As ``next()``.
    package mutating func next(_ count: Int) throws(ScenarioError) -> [RecordedSession] {
        var sessions: [RecordedSession] = []
        while sessions.count < count, let session = try next() { sessions.append(session) }
        return sessions
    }
}

/// One line as it is written.
private struct SessionLine: Decodable {
    let session: RecordedSession

    private enum CodingKeys: String, CodingKey {
        case id = "session_id"
        case phase
        case ratings
        case phase1Movies = "phase1_movies"
    }

    init(from decoder: any Decoder) throws {
        let container = try decoder.container(keyedBy: CodingKeys.self)
        let id = try container.decode(SessionID.self, forKey: .id)
        let phase = try container.decodeIfPresent(String.self, forKey: .phase) ?? "recommendation"
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
private struct RatingLine: Decodable {
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
    let id: MovieID

    init(from decoder: any Decoder) throws {
        let container = try decoder.singleValueContainer()
        id = try container.decode(MovieID.self)
        guard !id.text.isEmpty, id.text.utf8.count <= 200 else {
            throw DecodingError.dataCorruptedError(
                in: container,
                debugDescription: "a movie id of 1 to 200 bytes"
            )
        }
    }
}

/// A moment as ISO 8601 text or Unix seconds.
private struct RecordedMoment: Decodable {
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
