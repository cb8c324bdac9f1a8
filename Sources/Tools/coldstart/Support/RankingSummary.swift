import Checks
import Domain
import Replay
import Reports

/// What became of all sessions of a `rank`.
struct RankingSummary: Codable {
    /// What is said of some sessions.
    private struct Note: Codable {
        let text: String
        var count: Int
        /// The number of the first session of which it is said, and which of its notes it is.
        let first: [Int]
    }

    private var sessions = 0
    private var rankedBySVD = 0
    private var rankedByP5 = 0
    private var notes: [Note] = []
    /// How many sessions have no more ratings than are held out.
    var short = 0
    /// What verified precision did; `nil` where all was done in float32.
    var precision: PrecisionReport?

    /// Counts a session's rankings.
    ///
    /// - Parameters:
    ///   - ranking: The rankings.
    ///   - number: The session's number in the file.
    mutating func add(_ ranking: SessionRanking, number: Int) {
        sessions += 1
        if !ranking.svd.places.isEmpty { rankedBySVD += 1 }
        if !ranking.p5.places.isEmpty { rankedByP5 += 1 }
        for (index, note) in ranking.notes.enumerated() { add(Note(text: note, count: 1, first: [number, index])) }
    }

    /// Counts the sessions of another shard, all of which are different ones.
    mutating func add(_ other: RankingSummary) {
        sessions += other.sessions
        rankedBySVD += other.rankedBySVD
        rankedByP5 += other.rankedByP5
        short += other.short
        for note in other.notes { add(note) }
        precision = PrecisionReport.sum(precision, other.precision)
    }

    private mutating func add(_ note: Note) {
        if let place = notes.firstIndex(where: { $0.text == note.text }) {
            let first = [notes[place].first, note.first].min { $0.lexicographicallyPrecedes($1) } ?? note.first
            notes[place] = Note(text: note.text, count: notes[place].count + note.count, first: first)
        } else {
            notes.append(note)
        }
    }

    /// What could not be done, with the number of sessions, the first few kinds of it.
    var lines: [String] {
        let ordered = notes.sorted { $0.first.lexicographicallyPrecedes($1.first) }
        let held =
            short > 0 ? ["\(short) of \(sessions) sessions have no more ratings than are held out; they keep all"] : []
        let shown = ordered.prefix(4).map { "\(Figures.count($0.count, "session")) of \(sessions): \($0.text)" }
        let rest = ordered.dropFirst(4).reduce(0) { $0 + $1.count }
        return (precision?.lines ?? []) + held + shown
            + (rest > 0 ? ["and \(Figures.count(rest, "further note")), in the lines of the output"] : [])
    }

    /// The end with code 7 where a model ranked nothing at all.
    ///
    /// - Parameter models: The models that were asked to rank.
    /// - Returns: The end; `nil` where both ranked something.
    func end(of models: RankedModels) -> CommandEnd? {
        let asked = [("SVD", rankedBySVD)] + (models == .both ? [("P5", rankedByP5)] : [])
        let idle = asked.filter { $0.1 == 0 }.map(\.0)
        guard !idle.isEmpty else { return nil }
        let names = idle.joined(separator: " and ")
        let what = sessions == 0 ? "nothing: there is no session" : "none of \(Figures.count(sessions, "session"))"
        return CommandEnd(exitCode: .inconclusive, message: "\(names) ranked \(what)")
    }
}
