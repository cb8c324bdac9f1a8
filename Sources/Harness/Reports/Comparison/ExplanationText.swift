package import Domain
package import ModelComparison

/// One session's movies as a bump chart: where each stands by SVD, by P5 and on the visitor's page, old beside new.
///
/// A movie is a letter. Letters of tied scores are shaded; a movie that came into or left the visitor's page is marked in
/// the table below, which names the letters and gives all places.
package struct ExplanationText {
    private let explanation: Explanation
    private let titles: [MovieID: String]
    private let depth: Int
    private let width: Int
    private let letters: [MovieID: Character]

    private static let alphabet = Array("abcdefghijklmnopqrstuvwxyzABCDEFGHIJKLMNOPQRSTUVWXYZ")
    private static let lists: [(list: ComparedList, heading: String)] = [
        (.svd, "SVD"), (.p5, "P5"), (.display, "shown"),
    ]

    /// Creates the chart.
    ///
    /// - Parameters:
    ///   - explanation: The session's lists.
    ///   - titles: The movies' titles.
    ///   - depth: How many places are drawn.
    ///   - width: The columns that a line may take.
    package init(
        _ explanation: Explanation,
        titles: [MovieID: String],
        depth: Int,
        width: Int = TerminalStyle.documentColumns
    ) {
        self.explanation = explanation
        self.titles = titles
        self.depth = depth
        self.width = width
        letters = Dictionary(
            zip(explanation.movies(depth: depth), Self.alphabet),
            uniquingKeysWith: { first, _ in first }
        )
    }

    /// The lines.
    package var lines: [StyledLine] {
        let notes = explanation.sides.flatMap { side in
            side.notes.flatMap { StyledLine("\(side.name): \($0)", .doubtful).broken(toColumns: width) }
        }
        return [StyledLine("session \(explanation.session)", .strong)] + notes + [StyledLine()] + chart + [StyledLine()]
            + legend
    }

    private var chart: [StyledLine] {
        var heading = StyledLine("      ")
        var second = StyledLine("rank  ", .faint)
        for side in explanation.sides {
            var name = StyledLine(side.name, .strong).truncated(toColumns: 24)
            name.pad(to: 27)
            heading.append(name)
            second.append("SVD ─── P5 ─── shown       ", .faint)
        }
        let rows = (1...depth)
            .map { rank in
                var line = StyledLine(
                    String(repeating: " ", count: rank < 10 ? 3 : rank < 100 ? 2 : 1) + "\(rank)  ",
                    .faint
                )
                for side in explanation.sides {
                    for (list, column) in [(ComparedList.svd, 8), (.p5, 7), (.display, 12)] {
                        var cell = self.cell(side.places(of: list).first { $0.rank == rank }, side, list)
                        cell.pad(to: column)
                        line.append(cell)
                    }
                }
                return line
            }
        let tied = explanation.sides.contains { $0.svd.contains(where: \.isTied) || $0.p5.contains(where: \.isTied) }
        let note = tied ? [StyledLine("      = shares its score with a neighbour", .faint)] : []
        return [heading, second] + rows + note
    }

    private func cell(_ place: Explanation.Place?, _ side: Explanation.Side, _ list: ComparedList) -> StyledLine {
        guard let place else { return StyledLine() }
        let letter = letters[place.movie].map(String.init) ?? "·"
        let isShown = side.rank(of: place.movie, in: .display) != nil
        var cell = StyledLine(letter, place.isTied ? .faint : isShown ? .strong : .plain)
        if place.isTied { cell.append("=", .faint) }
        return cell
    }

    private var legend: [StyledLine] {
        var columns: [TextTable.Column] = [.init(""), .init("movie", isFlexible: true)]
        for index in explanation.sides.indices {
            let word = explanation.sides.count == 1 ? "" : index == 0 ? "old " : "new "
            columns += Self.lists.map { .init(word + $0.heading, .right) }
        }
        columns.append(.init(""))
        var table = TextTable(columns: columns)
        for movie in explanation.movies(depth: depth) {
            var cells = [
                StyledLine(letters[movie].map(String.init) ?? "·", .strong), StyledLine(titles[movie] ?? movie.text),
            ]
            for side in explanation.sides {
                cells += Self.lists.map { list in
                    StyledLine(side.rank(of: movie, in: list.list).map(String.init) ?? "–")
                }
            }
            table.append(cells + [mark(of: movie)])
        }
        return table.lines(width: width)
    }

    /// Whether a movie came onto the visitor's page or left it.
    private func mark(of movie: MovieID) -> StyledLine {
        guard explanation.sides.count == 2 else { return StyledLine() }
        let shown = explanation.sides.map { $0.rank(of: movie, in: .display) != nil }
        return shown == [false, true]
            ? StyledLine("in", .good)
            : shown == [true, false] ? StyledLine("out", .bad) : StyledLine()
    }
}
