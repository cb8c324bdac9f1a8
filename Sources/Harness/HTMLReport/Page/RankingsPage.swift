/// The page of kept rankings: each session's lists on both sides as bump charts, the most changed sessions first.
struct RankingsPage {
    /// The most sessions whose charts a page carries.
    private static let most = 1000
    private static let lists = [("svd", "SVD"), ("p5", "P5"), ("display", "display")]

    /// What the page shows.
    let content: PageContent

    /// One session with what both sides ranked, and how many of the first places they have in common.
    private struct Compared {
        let name: String
        let old: [BumpChart.List]
        let new: [BumpChart.List]
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
        content = PageContent(
            title: title,
            toolVersion: "",
            status: (compared.isEmpty ? PageStatus.inconclusive : .passed).value(saying: title),
            sections: [("sessions", "Sessions")],
            template: "rankings",
            values: .object([
                "old": .text(try old.text("name")), "new": .text(try new.text("name")),
                "conditions": .text(try kept.header.text("conditions")),
                "sessions": .list(changed.prefix(Self.most).enumerated().map(Self.row)),
                "hasSessions": .flag(!changed.isEmpty),
                "left": changed.count > Self.most
                    ? .text(ShownNumber.grouped(Double(changed.count - Self.most))) : .nothing,
            ])
        )
    }

    private static func compare(_ session: KeptComparison.Session) throws(HTMLReportError) -> Compared {
        var sides: (old: [BumpChart.List], new: [BumpChart.List]) = ([], [])
        for (key, name) in lists {
            sides.old.append(try BumpChart.List(name, session.old[key]))
            sides.new.append(try BumpChart.List(name, session.new[key]))
        }
        let common = zip(sides.old, sides.new)
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
            old: sides.old,
            new: sides.new,
            common: common,
            notes: notes.joined(separator: "; ")
        )
    }

    /// A session's row; no text in it has a line feed, as the script tells rows apart by them.
    private static func row(_ number: Int, _ session: Compared) -> ReportValue {
        let shares = zip(lists, session.common)
            .map { list, share in "\(list.1) \(share.map(ShownNumber.percent) ?? "–")" }
        let (old, new) = (
            BumpChart(session.old, title: "What the old side ranks for \(ShownText.line(session.name))"),
            BumpChart(session.new, title: "What the new side ranks for \(ShownText.line(session.name))")
        )
        return .object([
            "session": .text(ShownText.line(session.name)),
            "common": .text(shares.joined(separator: ", ")),
            "notes": session.notes.isEmpty ? .nothing : .text(ShownText.line(session.notes)),
            "oldChart": .markup(old.markup(named: "old-\(number)")),
            "newChart": .markup(new.markup(named: "new-\(number)")),
        ])
    }
}
