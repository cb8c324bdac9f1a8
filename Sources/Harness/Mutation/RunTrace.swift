import Checks
import Domain
import Observations

/// What a service did in a scenario, without times and without the ids that the database draws: two runs with the same
/// trace changed no answer, no ranking and no row.
struct RunTrace: Hashable, Sendable {
    private struct Answer: Hashable, Sendable {
        let status: Int?
        let error: String?
        let response: RecommendResponse?
        let rankings: [Ranking]
        let rows: [RecommendationRow: Int]
    }

    private let answers: [Answer]
    private let rows: [RecommendationRow: Int]
    private let failure: String?

    /// Creates the trace of a scenario.
    init(_ result: ScenarioResult) {
        answers = (result.observation?.answers ?? [])
            .map { answer in
                Answer(
                    status: answer.status,
                    error: answer.error,
                    response: answer.response,
                    rankings: answer.rankings,
                    rows: Self.counts(answer.rowsAfter)
                )
            }
        rows = Self.counts(result.observation?.rows?.recommendations ?? [])
        failure = result.failure?.message
    }

    private static func counts(_ rows: some Sequence<StoredRecommendation>) -> [RecommendationRow: Int] {
        rows.reduce(into: [:]) { $0[$1.row, default: 0] += 1 }
    }
}

extension SoundRun {
    /// Reads what mutants have to know from the results of scenarios.
    ///
    /// - Complexity: O(*n*) in the answers.
    init(_ results: [ScenarioResult]) {
        var counts: [MovieID: Int] = [:]
        for answer in results.flatMap({ $0.observation?.answers ?? [] }) {
            guard let first = answer.ranking(of: .svd)?.places.first else { continue }
            counts[first.movie, default: 0] += 1
        }
        // Of two that lead as often the same one every time.
        favourite = counts.min { (-$0.value, $0.key) < (-$1.value, $1.key) }?.key
    }
}
