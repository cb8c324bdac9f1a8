package import Domain
import SourcePlaces

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

/// Recorded sessions of a file one by one, in memory that does not grow with their ratings, and not with their number
/// either where repeats are let through.
package struct SessionStream: ~Copyable {
    private var reader: JSONLineReader<SessionLine>
    private let path: String
    private let refusesRepeats: Bool
    private let isWanted: ((SessionID) -> Bool)?
    private var lines: [SessionID: Int] = [:]
    /// How many sessions there were so far, those included that were passed over.
    package private(set) var count = 0

    /// Opens a file.
    ///
    /// A session that is not wanted is passed over without a look at anything but its id, where its line begins with that:
    /// who wants it sees what is wrong with it.
    ///
    /// - Parameters:
    ///   - path: The file.
    ///   - sizeLimit: The largest file, in bytes.
    ///   - refusesRepeats: Whether a session that comes twice is an error, for which the id of every wanted session is
    ///     kept.
    ///   - isWanted: Which sessions are wanted; `nil` for all.
    /// - Throws: `ScenarioError` where it cannot be opened.
    package init(
        _ path: String,
        sizeLimit: Int = .max,
        refusesRepeats: Bool = true,
        where isWanted: ((SessionID) -> Bool)? = nil
    ) throws(ScenarioError) {
        self.path = path
        self.refusesRepeats = refusesRepeats
        self.isWanted = isWanted
        reader = try JSONLineReader(path, sizeLimit: sizeLimit)
    }

    /// The next session that is wanted; `nil` at the end of the file.
    ///
    /// - Throws: `ScenarioError` with file, line and field; also where a session comes twice or none is there.
    package mutating func next() throws(ScenarioError) -> RecordedSession? {
        while true {
            var passed = 0
            let next = try reader.next { [isWanted] line in
                guard let isWanted, let id = SessionLine.leadingID(of: line), !isWanted(id) else { return false }
                passed += 1
                return true
            }
            count += passed
            guard let next else {
                guard count == 0 else { return nil }
                throw ScenarioError(.emptySelection, path: path, "the file holds no session; one JSON object a line")
            }
            count += 1
            let session = next.line.session
            if let isWanted, !isWanted(session.id) { continue }
            guard refusesRepeats else { return session }
            if let earlier = lines.updateValue(next.location.line, forKey: session.id) {
                throw ScenarioError(
                    .recording,
                    at: next.location,
                    "`session_id` \(session.id) is the session of line \(earlier) already"
                )
            }
            return session
        }
    }

    /// The next sessions, at most so many; none at the end of the file.
    ///
    /// - Throws: As ``next()``.
    package mutating func next(_ count: Int) throws(ScenarioError) -> [RecordedSession] {
        var sessions: [RecordedSession] = []
        while sessions.count < count, let session = try next() { sessions.append(session) }
        return sessions
    }

    /// Whether the next session is there without waiting for the program that writes the sessions.
    package var hasArrived: Bool { reader.hasLine }
}
