/// How movies move from SVD's list to P5's and to the one that is displayed: a column for each, a line for each movie.
///
/// A list without a movie has no column. A movie that P5 took from a lower place of SVD's list has its place there beside
/// it. Places of equal score are shaded: only the order of the candidates decides among them.
struct BumpChart {
    /// How many places of each list are drawn.
    static let depth = 10
    private static let (top, rowHeight) = (20.0, 18.0)
    private let lists: [RankedPlaces]
    private let title: String
    private let titles: MovieTitles

    /// Creates a chart of lists.
    ///
    /// - Parameters:
    ///   - lists: SVD's, P5's and the displayed list, in this order.
    ///   - title: What the chart shows.
    ///   - titles: The titles of the movies.
    init(_ lists: [RankedPlaces], title: String, titles: MovieTitles = MovieTitles()) {
        self.lists = lists
        self.title = title
        self.titles = titles
    }

    /// The picture.
    ///
    /// - Parameter name: A name that no other picture of the page has.
    /// - Returns: The markup, in one line.
    func markup(named name: String) -> String {
        var svg = SVG(title: title, description: words)
        let drawn = lists.filter { !$0.movies.isEmpty }
        let rows = drawn.map { min($0.movies.count, Self.depth) }.max() ?? 0
        svg.height = Self.top + Self.rowHeight * Double(rows) + 6
        let columns = Self.columns(drawn.count)
        for (list, column) in zip(drawn, columns) { shadeTies(of: list, at: column, &svg) }
        for (number, pair) in zip(drawn, drawn.dropFirst()).enumerated() {
            connect(pair.0, pair.1, from: columns[number], to: columns[number + 1], &svg)
        }
        for (list, column) in zip(drawn, columns) {
            svg.text(list.kind.name, at: column, y: 11, class: "lane")
            for (place, movie) in list.movies.prefix(Self.depth).enumerated() {
                let title = titles.title(of: movie)
                let shown = Self.cut(title, to: drawn.count > 2 ? 17 : 24)
                svg.text(shown, at: column, y: Self.y(place) + 4, tip: shown == title ? nil : title)
            }
        }
        return svg.markup(named: name, class: "bump").replacing("\n", with: "")
    }

    private static func columns(_ count: Int) -> [Double] {
        switch count {
        case 3: [0.14, 0.5, 0.86]
        case 2: [0.2, 0.8]
        default: [0.5]
        }
    }

    /// Half of the width of a column.
    private static let reach = 0.14

    private static func y(_ place: Int) -> Double { top + rowHeight * (Double(place) + 0.5) }

    /// A title that has room in a column on a telephone too; letters from Hangul on are taken to be twice as wide.
    private static func cut(_ title: String, to titleWidth: Int) -> String {
        func width(_ letter: Character) -> Int { letter.unicodeScalars.contains { $0.value >= 0x1100 } ? 2 : 1 }
        guard title.reduce(0, { $0 + width($1) }) > titleWidth else { return title }
        var (kept, used) = ("", 1)
        for letter in title {
            used += width(letter)
            guard used <= titleWidth else { break }
            kept.append(letter)
        }
        return kept + "…"
    }

    private func shadeTies(of list: RankedPlaces, at column: Double, _ svg: inout SVG) {
        let scores = list.scores.prefix(Self.depth)
        var from = 0
        while from < scores.count {
            var to = from
            while to + 1 < scores.count, scores[to + 1] == scores[from] { to += 1 }
            if to > from {
                svg.rectangle(
                    from: column - Self.reach,
                    to: column + Self.reach,
                    top: Self.y(from) - Self.rowHeight / 2,
                    height: Self.rowHeight * Double(to - from + 1),
                    class: "tied",
                    tip: "\(list.kind.name): places \(from + 1) to \(to + 1) have equal scores"
                )
            }
            from = to + 1
        }
    }

    private func connect(
        _ first: RankedPlaces,
        _ second: RankedPlaces,
        from left: Double,
        to right: Double,
        _ svg: inout SVG
    ) {
        let places = Dictionary(first.movies.enumerated().map { ($1, $0) }) { first, _ in first }
        for (place, movie) in second.movies.prefix(Self.depth).enumerated() {
            if let before = places[movie], before < Self.depth {
                // What is displayed is taken from both lists in turn: to come further down there is no loss.
                let isSame = before == place || second.kind == .display
                let look = isSame ? "move" : before > place ? "move up" : "move down"
                let ends = (left + Self.reach, right - Self.reach)
                svg.line(from: (ends.0, Self.y(before)), to: (ends.1, Self.y(place)), class: look)
            } else if second.kind == .p5, let before = places[movie].map({ $0 + 1 }) ?? second.svdPlaces[movie] {
                // What is displayed comes from the first places of either list.
                let words = "from \(before)"
                svg.text(words, at: right - Self.reach, y: Self.y(place) + 4, class: "axis", shift: -2)
            }
        }
    }

    /// The lists in words.
    private var words: String {
        lists.map { list in
            let shown = list.movies.prefix(Self.depth).map(titles.full).joined(separator: "; ")
            return "\(list.kind.name): \(shown.isEmpty ? "nothing" : shown)"
        }
        .joined(separator: ". ")
    }
}
