import Domain
import Replay
import Reports

/// A session's rankings as a table: both models side by side.
struct RankingTable {
    private let ranking: SessionRanking
    private let titles: [MovieID: String]
    private let top: Int
    private let width: Int

    /// Creates a table.
    ///
    /// - Parameters:
    ///   - ranking: The rankings.
    ///   - titles: The movies' titles.
    ///   - top: How many places are shown.
    ///   - width: The columns that a line may take.
    init(_ ranking: SessionRanking, titles: [MovieID: String], top: Int, width: Int) {
        self.ranking = ranking
        self.titles = titles
        self.top = top
        self.width = width
    }

    /// The lines.
    var lines: [StyledLine] {
        let columns: [TextTable.Column] = [
            .init("rank", .right), .init("SVD", isFlexible: true), .init("score", .right),
            .init("P5", isFlexible: true), .init("text", .right), .init("from", .right),
        ]
        var table = TextTable(columns: columns, cutting: .widest)
        let svdRanks = Dictionary(
            ranking.svd.places.map { ($0.movie, $0.rank) },
            uniquingKeysWith: { first, _ in first }
        )
        for rank in 0..<min(top, max(ranking.svd.places.count, ranking.p5.places.count)) {
            let svd = rank < ranking.svd.places.count ? ranking.svd.places[rank] : nil
            let p5 = rank < ranking.p5.places.count ? ranking.p5.places[rank] : nil
            table.append([
                StyledLine("\(rank + 1)"),
                StyledLine(svd.map { title(of: $0.movie) } ?? ""),
                StyledLine(svd.map { Figures.fixed($0.score, decimals: 4) } ?? ""),
                StyledLine(p5.map { title(of: $0.movie) } ?? ""),
                StyledLine(p5?.text ?? ""),
                StyledLine(p5.flatMap { svdRanks[$0.movie] }.map(String.init) ?? "", .faint),
            ])
        }
        let notes = ranking.notes.map { StyledLine($0, .doubtful).indented(by: 2) }
        return [StyledLine("session \(ranking.session)", .strong)] + notes
            + table.lines(width: width - 2).map { $0.indented(by: 2) } + [StyledLine()]
    }

    private func title(of movie: MovieID) -> String {
        titles[movie] ?? movie.text
    }
}
