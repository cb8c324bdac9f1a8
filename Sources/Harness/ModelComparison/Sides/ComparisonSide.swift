package import Domain

/// A session of a comparison: its key, and what was recorded of it where that is known.
package struct ComparedSession: Sendable {
    /// What the session is called: a session's id, or a topic of a run file.
    package let key: String
    /// The recorded session without what is held out.
    package let recorded: RecordedSession?
    /// What is relevant to it; `nil` where nothing is known.
    package let relevant: [Relevance.Judgement]?

    /// Creates a session of a file of rankings, of which nothing is recorded.
    package init(key: String, relevant: [Relevance.Judgement]? = nil) {
        self.key = key
        recorded = nil
        self.relevant = relevant
    }

    /// Creates a recorded session.
    package init(_ recorded: RecordedSession, relevant: [Relevance.Judgement]? = nil) {
        key = recorded.id.text
        self.recorded = recorded
        self.relevant = relevant
    }
}

/// One side of a comparison: where rankings come from.
package protocol ComparisonSide: Sendable {
    /// What the user called it.
    var name: String { get }
    /// What it is, for reports: `bundle`, `rankings`, `run file`, `database`, `report`.
    var kind: String { get }
    /// The sessions that it has of itself, in its order; `nil` where it ranks whatever it is given.
    var sessions: [String]? { get }
    /// SHA-256 of the files behind it, by name; empty where there are none.
    var fingerprints: [String: String] { get }
    /// What is to be said about the side as a whole.
    var notes: [String] { get }

    /// What verified precision has done so far; `nil` where the side has none.
    var precision: PrecisionReport? { get }

    /// How many sessions it is best given at a time.
    var sessionsAtOnce: Int { get }

    /// Returns what the side has for each session, `nil` where it has nothing.
    ///
    /// - Parameters:
    ///   - sessions: The sessions.
    ///   - table: The numbers of the movies.
    /// - Returns: As many values as there are sessions.
    /// - Throws: The error of the model that cannot rank at all; `PrecisionViolation` where an error of int8 was beyond its
    ///   bound.
    func rankings(of sessions: ArraySlice<ComparedSession>, in table: inout MovieTable) throws -> [SideSession?]
}

extension ComparisonSide {
    package var fingerprints: [String: String] { [:] }
    package var notes: [String] { [] }
    package var precision: PrecisionReport? { nil }
    package var sessionsAtOnce: Int { 4_800 }
}
