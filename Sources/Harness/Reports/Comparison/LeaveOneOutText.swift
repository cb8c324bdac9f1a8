package import Domain
package import ModelComparison

/// Which ratings hold a movie where it stands, as a table.
package struct LeaveOneOutText {
    private let result: LeaveOneOut
    private let titles: [MovieID: String]
    private let width: Int

    /// Creates the table.
    package init(_ result: LeaveOneOut, titles: [MovieID: String], width: Int = TerminalStyle.documentColumns) {
        self.result = result
        self.titles = titles
        self.width = width
    }

    /// The lines.
    package var lines: [StyledLine] {
        guard result.svd.rank != nil || result.p5.rank != nil || result.influences.contains(where: \.ranksMovie) else {
            let text = "not among the first of either model, with all ratings or without any one of them"
            return [StyledLine(title(result.movie), .strong)] + StyledLine(text).broken(toColumns: width)
        }
        var table = TextTable(columns: [
            .init("without the rating of", isFlexible: true), .init("", .right), .init("SVD score", .right),
            .init("place", .right), .init("P5 score", .right), .init("place", .right),
        ])
        for influence in result.influences {
            table.append([
                StyledLine(title(influence.rated)), StyledLine(Figures.fixed(influence.rating, decimals: 1), .faint),
                score(influence.svd, result.svd), place(influence.svd, result.svd), score(influence.p5, result.p5),
                place(influence.p5, result.p5),
            ])
        }
        let standing = [("SVD", result.svd), ("P5", result.p5)]
            .map { name, standing in
                standing.rank.map { rank in
                    "\(name) place \(rank)" + (standing.score.map { ", \(Figures.fixed($0, decimals: 4))" } ?? "")
                } ?? "not ranked by \(name)"
            }
            .joined(separator: " · ")
        return [StyledLine(title(result.movie), .strong)] + StyledLine(standing).broken(toColumns: width)
            + table.lines(width: width)
    }

    private func title(_ movie: MovieID) -> String { titles[movie] ?? movie.text }

    private func score(_ now: LeaveOneOut.Standing, _ before: LeaveOneOut.Standing) -> StyledLine {
        guard let score = now.score, let old = before.score else { return now == before ? "" : "out" }
        let change = score - old
        return StyledLine((change > 0 ? "+" : "") + Figures.fixed(change, decimals: 4))
    }

    private func place(_ now: LeaveOneOut.Standing, _ before: LeaveOneOut.Standing) -> StyledLine {
        guard let rank = now.rank else { return before.rank == nil ? "" : StyledLine("out", .bad) }
        guard let old = before.rank else { return StyledLine("in at \(rank)", .good) }
        let change = old - rank
        guard change != 0 else { return StyledLine("\(rank)", .faint) }
        return StyledLine("\(rank) (\(change > 0 ? "▲" : "▼")\(abs(change)))")
    }
}

extension LeaveOneOut.Influence {
    /// Whether the movie is in a list without the rating.
    fileprivate var ranksMovie: Bool { svd.rank != nil || p5.rank != nil }
}
