/// The changed sessions of a comparison, the most changed first: what changed, old beside new, and what was rated.
struct ChangedSessions {
    /// Of how many sessions a page carries the charts.
    private static let most = 300
    /// What the template shows, a value for each.
    let values: [ReportValue]
    /// How many of them have no charts; nothing where all have.
    let undrawn: ReportValue

    /// Reads the sessions of a comparison's report.
    ///
    /// - Throws: `HTMLReportError` where a value is missing.
    init(_ report: ReportValue) throws(HTMLReportError) {
        // Reports of older programs have no titles.
        let titles = MovieTitles(report["titles"])
        var values: [ReportValue] = []
        var drawn = 0
        for (number, session) in try report.list("sessions").enumerated() {
            do throws(HTMLReportError) {
                let shown = try Self.shown(session, titles, isDrawn: number < Self.most)
                if !shown.charts.isEmpty { drawn += 1 }
                values.append(try shown.values(named: "ranked-\(number)", titles))
            } catch {
                throw error.inside("sessions[\(number)]")
            }
        }
        self.values = values
        let count = try report.list("sessions").count
        undrawn = drawn < count ? .text(ShownNumber.grouped(Double(count - drawn))) : .nothing
    }

    private static func shown(
        _ session: ReportValue,
        _ titles: MovieTitles,
        isDrawn: Bool
    ) throws(HTMLReportError) -> RankedSession {
        let changed = try session.object("lists")
        var shown = RankedSession(name: try session.text("session"))
        shown.notes = try session.texts("notes").joined(separator: "; ")
        if session["rankings"] != .nothing {
            let rankings = try session.object("rankings")
            for side in ["old", "new"] where isDrawn {
                shown.charts.append(.init(caption: side, lists: try RankedPlaces.lists(try rankings.object(side))))
            }
            if rankings.hasContent("ratings") { shown.ratings = try rankings.list("ratings") }
        }
        for list in RankedPlaces.Kind.allCases {
            let words =
                changed.has(list.rawValue)
                ? try change(try changed.object(list.rawValue), namesMovies: shown.charts.isEmpty, titles) : "the same"
            shown.changes.append((list.name, words))
        }
        return shown
    }

    /// What changed of a list; movies are named where no chart shows them.
    private static func change(
        _ list: ReportValue,
        namesMovies: Bool,
        _ titles: MovieTitles
    ) throws(HTMLReportError) -> String {
        var words = ["\(ShownNumber.percent(try list.number("overlap"))) in common"]
        words.append("RBO \(ShownNumber.short(try list.number("rbo")))")
        for (key, verb) in [("entries", "in"), ("exits", "out")] {
            let movies = try list.texts(key)
            if namesMovies, !movies.isEmpty { words.append("\(verb): \(titles.line(movies))") }
        }
        return words.joined(separator: "; ")
    }
}
