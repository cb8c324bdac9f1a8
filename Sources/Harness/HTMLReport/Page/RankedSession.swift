/// A session as the pages of a run, a comparison and kept rankings show it: what is said of it, charts of its lists, ratings.
///
/// The markup of a session is one line, as the script tells sessions apart by lines.
struct RankedSession {
    /// A chart with its caption.
    struct Chart {
        /// What it shows, such as `old`.
        var caption: String
        /// The lists.
        var lists: [RankedPlaces]
    }

    /// The most ratings that are shown.
    private static let mostRatings = 60
    /// The session.
    var name: String
    /// What is said of it beside its name.
    var says = ""
    /// What else is to be known.
    var notes = ""
    /// What changed, by list.
    var changes: [(list: String, words: String)] = []
    /// Its charts.
    var charts: [Chart] = []
    /// What it rated: `movie` and `rating` each; `nil` where that is not known.
    var ratings: [ReportValue]?

    /// What the template shows.
    ///
    /// - Parameters:
    ///   - anchor: A name that no other session of the page has.
    ///   - titles: The titles of the movies.
    /// - Returns: The values.
    /// - Throws: `HTMLReportError` where a rating lacks its movie.
    func values(named anchor: String, _ titles: MovieTitles) throws(HTMLReportError) -> ReportValue {
        let drawn = charts.enumerated()
            .map { number, chart -> ReportValue in
                let title = "What is ranked for \(ShownText.line(name)), \(chart.caption)"
                let picture = BumpChart(chart.lists, title: title, titles: titles).markup(named: "\(anchor)-\(number)")
                return .object(["caption": .text(chart.caption), "picture": .markup(picture)])
            }
        var rated: [String] = []
        for rating in ratings ?? [] {
            let title = titles.title(of: try rating.text("movie"))
            rated.append("\(title) \(ShownNumber.short(try rating.number("rating")))")
        }
        let left = rated.count - Self.mostRatings
        let shown = rated.suffix(Self.mostRatings).joined(separator: " · ")
        return .object([
            "session": .text(ShownText.line(name)),
            "says": says.isEmpty ? .nothing : .text(ShownText.line(says)),
            "notes": notes.isEmpty ? .nothing : .text(ShownText.line(notes)),
            "changes": .list(
                changes.map { .object(["list": .text($0.list), "words": .text(ShownText.line($0.words))]) }
            ),
            "hasChanges": .flag(!changes.isEmpty),
            "charts": .list(drawn),
            "hasCharts": .flag(!drawn.isEmpty),
            "ratingCount": .text(ShownNumber.count(rated.count, "rating")),
            "ratings": .text(left > 0 ? "the last \(Self.mostRatings): \(shown)" : shown),
            "hasRatings": .flag(!rated.isEmpty),
        ])
    }
}
