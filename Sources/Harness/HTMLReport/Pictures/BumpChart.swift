/// How movies move from SVD's list to P5's and to the one that is displayed: a column for each, a line for each movie.
///
/// A movie that comes from a lower place of SVD's list has its place there at the bottom. Places of equal score are shaded: only
/// the order of the candidates decides among them.
struct BumpChart {
    /// One list.
    struct List {
        /// Its name.
        let name: String
        /// Its movies in order.
        let movies: [String]
        /// Their scores; empty where it has none.
        let scores: [Double]

        /// Reads a list of a kept comparison; empty where it has none.
        init(_ name: String, _ value: ReportValue) throws(HTMLReportError) {
            self.name = name
            guard case .list(let places) = value else {
                (movies, scores) = ([], [])
                return
            }
            var read: (movies: [String], scores: [Double]) = ([], [])
            for place in places {
                read.movies.append(try place.text("movie_id"))
                if let score = place.optionalNumber("score") { read.scores.append(score) }
            }
            movies = read.movies
            scores = read.scores.count == read.movies.count ? read.scores : []
        }
    }

    /// How many places of each list are drawn.
    static let depth = 10
    private static let columns = [0.16, 0.5, 0.84]
    private static let (top, rowHeight) = (20.0, 18.0)
    private let lists: [List]
    private let title: String

    /// Creates a chart of SVD's, P5's and the displayed list.
    init(_ lists: [List], title: String) {
        self.lists = lists
        self.title = title
    }

    /// The picture.
    ///
    /// - Parameter name: A name that no other picture of the page has.
    /// - Returns: The markup, in one line.
    func markup(named name: String) -> String {
        var svg = SVG(title: title, description: words)
        let rows = lists.map { min($0.movies.count, Self.depth) }.max() ?? 0
        svg.height = Self.top + Self.rowHeight * Double(rows + 1) + 6
        for (list, column) in zip(lists, Self.columns) { shadeTies(of: list, at: column, &svg) }
        for (number, pair) in zip(lists, lists.dropFirst()).enumerated() {
            connect(pair.0, pair.1, from: Self.columns[number], to: Self.columns[number + 1], rows, &svg)
        }
        for (list, column) in zip(lists, Self.columns) {
            svg.text(list.name, at: column, y: 11, .middle, class: "lane")
            for (place, movie) in list.movies.prefix(Self.depth).enumerated() {
                svg.text(movie, at: column, y: Self.y(place) + 4, .middle, class: "movie")
            }
        }
        return svg.markup(named: name, class: "bump").replacing("\n", with: "")
    }

    private static func y(_ place: Int) -> Double { top + rowHeight * (Double(place) + 0.5) }

    private func shadeTies(of list: List, at column: Double, _ svg: inout SVG) {
        let scores = list.scores.prefix(Self.depth)
        var from = 0
        while from < scores.count {
            var to = from
            while to + 1 < scores.count, scores[to + 1] == scores[from] { to += 1 }
            if to > from {
                svg.rectangle(
                    from: column - 0.11,
                    to: column + 0.11,
                    top: Self.y(from) - Self.rowHeight / 2,
                    height: Self.rowHeight * Double(to - from + 1),
                    class: "tied",
                    tip: "\(list.name): places \(from + 1) to \(to + 1) have equal scores"
                )
            }
            from = to + 1
        }
    }

    private func connect(
        _ first: List,
        _ second: List,
        from left: Double,
        to right: Double,
        _ rows: Int,
        _ svg: inout SVG
    ) {
        let places = Dictionary(first.movies.enumerated().map { ($1, $0) }) { first, _ in first }
        for (place, movie) in second.movies.prefix(Self.depth).enumerated() {
            guard let before = places[movie] else { continue }
            let isDrawn = before < Self.depth
            // What is displayed comes from the first ten of either list.
            guard isDrawn || right < Self.columns[2] else { continue }
            let start = isDrawn ? Self.y(before) : Self.y(rows)
            let look = before == place ? "move" : before > place ? "move up" : "move down"
            svg.line(from: (left + 0.1, start), to: (right - 0.1, Self.y(place)), class: look)
            if !isDrawn {
                svg.text("from \(before + 1)", at: right - 0.1, y: Self.y(place) + 4, .end, class: "axis", shift: -2)
            }
        }
    }

    /// The lists in words.
    private var words: String {
        lists.map { list in
            let shown = list.movies.prefix(Self.depth).joined(separator: ", ")
            return "\(list.name): \(shown.isEmpty ? "nothing" : shown)"
        }
        .joined(separator: ". ")
    }
}
