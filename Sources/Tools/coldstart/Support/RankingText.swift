import Domain
import P5
import Replay
import Reports
import Scenarios

/// A session's rankings as the text that `rank` prints.
struct RankingText {
    /// The form.
    let format: RankCommand.Format
    /// The movies' titles.
    let titles: [MovieID: String]
    /// How many places a table has.
    let top: Int
    /// How lines for people are written.
    let style: TerminalStyle
    /// The model that P5 ranks with; `nil` where P5 is not asked to rank.
    let model: T5Model?

    /// The text of a session, whole lines.
    func text(of ranking: SessionRanking) -> String {
        switch format {
        case .jsonl: ReportEncoding.line(RankingLine(ranking, model: model))
        case .trec: RankingRun(ranking).text
        case .human:
            style.render(RankingTable(ranking, titles: titles, top: top, width: style.columns).lines)
        }
    }

    /// The text of a session as one JSON value.
    func content(of ranking: SessionRanking) -> String {
        let text = text(of: ranking)
        return format == .jsonl ? text : ReportEncoding.dataLine(text)
    }
}
