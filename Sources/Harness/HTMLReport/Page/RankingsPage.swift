/// The page of kept rankings: each session's lists on both sides as bump charts, the most changed sessions first.
struct RankingsPage {
    /// The most sessions whose charts a page carries.
    private static let most = 300

    /// What the page shows.
    let content: PageContent

    /// One session with what both sides ranked, and how many of the first places they have in common.
    private struct Compared {
        let name: String
        let old: [RankedPlaces]
        let new: [RankedPlaces]
        let common: [Double?]
        let notes: String

        /// For the order: what is displayed counts first, then P5, then SVD; a list that one side lacks is changed whole.
        var order: [Double] { common.reversed().map { $0 ?? 1 } }

        var isChanged: Bool {
            zip(old, new).contains { $0.movies.prefix(BumpChart.depth) != $1.movies.prefix(BumpChart.depth) }
        }
    }

    /// Reads kept rankings.
    ///
    /// - Throws: `HTMLReportError` where a value is missing.
    /// - Complexity: O(*n* log *n*) in the sessions.
    init(_ kept: KeptComparison) throws(HTMLReportError) {
        var compared: [Compared] = []
        for session in kept.sessions { compared.append(try Self.compare(session)) }
        let changed = compared.filter(\.isChanged)
            .sorted { $0.order.lexicographicallyPrecedes($1.order) }
        let title =
            compared.isEmpty
            ? "No session was compared"
            : "\(changed.count) of \(compared.count) sessions have other first ten places"
        let (old, new) = (try kept.header.object("old"), try kept.header.object("new"))
        var rows: [ReportValue] = []
        for session in changed.prefix(Self.most) { rows.append(try Self.row(session, rows.count)) }
        content = PageContent(
            title: title,
            toolVersion: "",
            status: (compared.isEmpty ? PageStatus.inconclusive : .passed).value(saying: title),
            sections: [("sessions", "Sessions")],
            template: "rankings",
            values: .object([
                "old": .text(try old.text("name")), "new": .text(try new.text("name")),
                "conditions": .text(try kept.header.text("conditions")),
                "sessions": .list(rows),
                "hasSessions": .flag(!changed.isEmpty),
                "left": changed.count > Self.most
                    ? .text(ShownNumber.grouped(Double(changed.count - Self.most))) : .nothing,
            ])
        )
    }

    private static func compare(_ session: KeptComparison.Session) throws(HTMLReportError) -> Compared {
        let (before, after) = (try RankedPlaces.lists(session.old), try RankedPlaces.lists(session.new))
        let common = zip(before, after)
            .map { old, new -> Double? in
                let (first, second) = (Set(old.movies.prefix(BumpChart.depth)), Set(new.movies.prefix(BumpChart.depth)))
                guard !first.isEmpty || !second.isEmpty else { return nil }
                return Double(first.intersection(second).count) / Double(max(first.count, second.count))
            }
        var notes: [String] = []
        for (side, line) in [("old", session.old), ("new", session.new)] {
            if line == .nothing { notes.append("the \(side) side has nothing") }
            if line.hasContent("notes") { notes += try line.texts("notes").map { "\(side): \($0)" } }
        }
        return Compared(
            name: session.name,
            old: before,
            new: after,
            common: common,
            notes: notes.joined(separator: "; ")
        )
    }

    private static func row(_ session: Compared, _ number: Int) throws(HTMLReportError) -> ReportValue {
        let shares = zip(RankedPlaces.Kind.allCases, session.common)
            .map { list, share in "\(list.name) \(share.map(ShownNumber.percent) ?? "–")" }
        let shown = RankedSession(
            name: session.name,
            says: "in common: " + shares.joined(separator: ", "),
            notes: session.notes,
            charts: [.init(caption: "old", lists: session.old), .init(caption: "new", lists: session.new)]
        )
        return try shown.values(named: "ranked-\(number)", MovieTitles())
    }
}
