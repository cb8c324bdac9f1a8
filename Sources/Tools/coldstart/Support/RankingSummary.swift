import Checks
import Domain
import Replay
import Reports

/// What became of all sessions of a `rank`.
struct RankingSummary {
    private var sessions = 0
    private var rankedBySVD = 0
    private var rankedByP5 = 0
    private var notes: [(text: String, count: Int)] = []
    private let models: RankedModels

    /// Creates a summary of nothing.
    ///
    /// - Parameter models: The models that were asked to rank.
    init(models: RankedModels) {
        self.models = models
    }

    /// Counts a session's rankings.
    mutating func add(_ ranking: SessionRanking) {
        sessions += 1
        if !ranking.svd.places.isEmpty { rankedBySVD += 1 }
        if !ranking.p5.places.isEmpty { rankedByP5 += 1 }
        for note in ranking.notes {
            if let place = notes.firstIndex(where: { $0.text == note }) {
                notes[place].count += 1
            } else {
                notes.append((note, 1))
            }
        }
    }

    /// What could not be done, with the number of sessions, the first few kinds of it.
    var lines: [String] {
        let shown = notes.prefix(4).map { "\(Figures.count($0.count, "session")) of \(sessions): \($0.text)" }
        let rest = notes.dropFirst(4).reduce(0) { $0 + $1.count }
        return shown + (rest > 0 ? ["and \(Figures.count(rest, "further note")), in the lines of the output"] : [])
    }

    /// The end with code 7 where a model ranked nothing at all.
    var end: CommandEnd? {
        let asked = [("SVD", rankedBySVD)] + (models == .both ? [("P5", rankedByP5)] : [])
        let idle = asked.filter { $0.1 == 0 }.map(\.0)
        guard !idle.isEmpty else { return nil }
        let models = idle.joined(separator: " and ")
        let what = sessions == 0 ? "nothing: there is no session" : "none of \(Figures.count(sessions, "session"))"
        return CommandEnd(exitCode: .inconclusive, message: "\(models) ranked \(what)")
    }
}
