import Checks
import Domain
import Observations
import Scenarios

extension ScenarioReport {
    /// The sessions of a scenario that was run.
    static func sessions(of result: ScenarioResult) -> [RecordedSession] { result.plan?.sessions ?? [] }

    /// The titles of all movies that the report of a result names, by id; a movie that the catalogue lacks has none.
    ///
    /// - Complexity: O(*n*) in the movies that are named.
    static func titles(of result: ScenarioResult) -> [String: String] {
        guard !result.titles.isEmpty, let observation = result.observation else { return [:] }
        var named: Set<MovieID> = []
        for answer in observation.answers {
            for entry in answer.response?.display.entries ?? [] { named.insert(entry.movie) }
            named.formUnion(RankingsReport.movies(of: answer))
        }
        for session in sessions(of: result) { named.formUnion(session.ratings.map(\.movie)) }
        for visitor in observation.rows?.visitors ?? [] { named.formUnion(visitor.movies) }
        for entry in result.ledger?.exceptions ?? [] { named.insert(entry.key.movie) }
        return Dictionary(
            named.compactMap { movie in result.titles[movie].map { (movie.text, $0) } },
            uniquingKeysWith: { first, _ in first }
        )
    }
}
