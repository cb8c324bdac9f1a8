package import Domain

/// The comparison of many sessions' rankings with one golden.
package struct GoldenCheck: Sendable {
    /// The golden.
    package let golden: GoldenRankings
    /// How many sessions were compared.
    package private(set) var compared = 0
    /// How many of them are the golden's within ties and tolerance.
    package private(set) var equal = 0
    /// How many ranks of those hold another movie than the golden's, explained by ties.
    package private(set) var ranksExplainedByTies = 0
    /// How many ranks of those hold another movie across a margin, as the golden's own tolerance allows.
    package private(set) var ranksWithinTolerance = 0
    /// How many texts of those were accepted for their small logit gap.
    package private(set) var textExceptions = 0
    /// Sessions that differ, in the order in which they were compared.
    package private(set) var differences: [SessionDifference] = []
    private var seen: Set<SessionID> = []

    /// Creates a check that has compared nothing yet.
    package init(with golden: GoldenRankings) {
        self.golden = golden
    }

    /// Compares a session's rankings.
    ///
    /// - Complexity: O(*n*²) in the number of places.
    package mutating func add(_ now: GoldenSession) {
        let difference = SessionDifference(of: now, from: golden)
        compared += 1
        seen.insert(now.id)
        guard difference.isEqual else {
            differences.append(difference)
            return
        }
        equal += 1
        ranksExplainedByTies += difference.comparisons.reduce(0) { $0 + $1.ranksExplainedByTies }
        ranksWithinTolerance += difference.comparisons.reduce(0) { $0 + $1.ranksWithinTolerance }
        textExceptions += difference.comparisons.reduce(0) { $0 + $1.textExceptions.count }
    }

    /// The sessions that were compared.
    package var sessions: Set<SessionID> { seen }

    /// The compared sessions that the golden lacks.
    package var missing: [SessionID] { differences.filter { !$0.isKnown }.map(\.now.id) }

    /// The golden's sessions that nothing was compared with, in its order.
    ///
    /// - Complexity: O(*n*).
    package var unreferenced: [SessionID] { golden.sessions.map(\.id).filter { !seen.contains($0) } }
}
