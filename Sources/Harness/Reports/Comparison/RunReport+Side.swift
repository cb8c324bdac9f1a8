import Domain
package import ModelComparison
import RankingMetrics

extension RunReport {
    /// What visitors were shown in a stored run, as a side of a comparison: the display list of each session's last answer.
    ///
    /// - Parameters:
    ///   - name: What the user called it.
    ///   - scenario: The scenario; needed where the run has several.
    /// - Returns: The side.
    /// - Throws: ``ComparisonError`` where the scenario is not named or not there.
    package func side(name: String, scenario: String?) throws(ComparisonError) -> StoredSide {
        let names = scenarios.map(\.name).joined(separator: ", ")
        let chosen = scenarios.filter { scenario == nil || $0.name == scenario }
        guard chosen.count == 1 else {
            throw ComparisonError(
                name,
                chosen.isEmpty
                    ? "has no scenario \(scenario ?? ""); it has: \(names)"
                    : "has \(chosen.count) scenarios; name one as report.json#NAME, of: \(names)"
            )
        }
        var table = MovieTable()
        var order: [String] = []
        var content: [String: SideSession] = [:]
        for answer in chosen[0].answers where answer.status == 200 {
            if content[answer.session] == nil { order.append(answer.session) }
            let count = answer.display.count
            let places = answer.display.sorted { $0.order < $1.order }.enumerated()
                .map { (movie: $1.movie, score: Double(count - $0)) }
            var lists = ByList<RankedList?>(repeating: nil)
            lists.display = RankedList(places, in: &table)
            content[answer.session] = SideSession(lists: lists, notes: answer.notes)
        }
        return StoredSide(
            name: name,
            kind: "report",
            sessions: order.map { ($0, content[$0] ?? SideSession()) },
            movies: table,
            fingerprints: Dictionary(
                fingerprints.map { ($0.path, $0.sha256) },
                uniquingKeysWith: { first, _ in first }
            ),
            notes: ["a run's report has the lists that visitors were shown, not whole rankings"]
        )
    }
}
