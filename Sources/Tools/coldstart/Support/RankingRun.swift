import Domain
import ModelComparison
import Replay

/// A session's rankings as lines of a TREC run file: both models' and the display list, by their tags.
struct RankingRun {
    /// The lines.
    let text: String

    /// Creates the lines of a session.
    init(_ ranking: SessionRanking) {
        let key = ranking.session.text
        func places(_ ranking: Ranking) -> [(movie: MovieID, score: Double)] {
            ranking.places.map { ($0.movie, $0.score) }
        }
        let display = DisplayList(
            svd: ranking.svd.movies.prefix(10).map(\.self),
            p5: ranking.p5.movies.prefix(10).map(\.self),
            start: .svd
        )
        let shown = display.entries.map { (movie: $0.movie, score: Double(display.entries.count + 1 - $0.order)) }
        text =
            RunFile.lines(places(ranking.svd), key: key, tag: ComparedList.svd.rawValue)
            + RunFile.lines(places(ranking.p5), key: key, tag: ComparedList.p5.rawValue)
            + RunFile.lines(shown, key: key, tag: ComparedList.display.rawValue)
    }
}
