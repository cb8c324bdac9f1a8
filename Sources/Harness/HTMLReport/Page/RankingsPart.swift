/// What was ranked for the sessions of a scenario, those whose rows are wrong first.
struct RankingsPart {
    /// What the template of a scenario shows.
    let values: [String: ReportValue]
    /// The most sessions whose charts the page of a run carries for each scenario.
    private static let most = 8
    /// The most different answers that are drawn of one session.
    private static let mostAnswers = 6

    /// Reads the answers of a scenario.
    ///
    /// - Parameters:
    ///   - scenario: The scenario's report.
    ///   - titles: The titles of its movies.
    ///   - wrong: How many rows of a session are not as they should be.
    ///   - anchor: The scenario's anchor.
    /// - Throws: `HTMLReportError` where a value is missing.
    init(
        _ scenario: ReportValue,
        _ titles: MovieTitles,
        wrong: [String: Int],
        anchor: String
    ) throws(HTMLReportError) {
        var order: [String] = []
        var charts: [String: [(requests: [String], moment: String, chart: RankedSession.Chart)]] = [:]
        for answer in try scenario.list("answers") {
            guard let chart = try Self.chart(answer) else { continue }
            let session = try answer.text("session")
            let request = answer["request"].renderText
            if charts[session] == nil { order.append(session) }
            if let last = charts[session]?.indices.last, charts[session]?[last].chart.lists == chart.lists {
                charts[session]?[last].requests.append(request)
            } else {
                let moment = ShownNumber.seconds(try answer.number("finishedAt"))
                charts[session, default: []].append(([request], moment, chart))
            }
        }
        let damaged = order.mostWrongFirst(wrong)
        let ratings = try Self.ratings(scenario)
        var rows: [ReportValue] = []
        for session in damaged.prefix(Self.most) {
            let answers = charts[session] ?? []
            let count = wrong[session, default: 0]
            var says: [String] = count > 0 ? ["\(ShownNumber.count(count, "row")) not as expected"] : []
            let left = answers.count - Self.mostAnswers
            if left > 0 { says.append("\(left) more different answers are not drawn") }
            var shown = RankedSession(name: session, says: says.joined(separator: ", "), ratings: ratings[session])
            for answer in answers.prefix(Self.mostAnswers) {
                let requests = (answer.requests.count == 1 ? "request " : "requests ") + Self.list(answer.requests)
                shown.charts.append(
                    .init(caption: "\(requests), \(answer.moment)\(answer.chart.caption)", lists: answer.chart.lists)
                )
            }
            rows.append(try shown.values(named: "\(anchor)-ranked-\(rows.count)", titles))
        }
        let left = damaged.count - rows.count
        values = [
            "rankings": .list(rows), "hasRankings": .flag(!rows.isEmpty),
            "rankingCount": .text(ShownNumber.count(damaged.count, "session")),
            "rankingsLeft": left > 0 ? .text(ShownNumber.grouped(Double(left))) : .nothing,
        ]
    }

    private static func list(_ requests: [String]) -> String {
        requests.count > 8
            ? requests.prefix(7).joined(separator: ", ") + " and \(requests.count - 7) more"
            : requests.joined(separator: ", ")
    }

    /// What an answer says was ranked; `nil` where it says nothing of it.
    private static func chart(_ answer: ReportValue) throws(HTMLReportError) -> RankedSession.Chart? {
        var places: [(order: Double, movie: String)] = []
        for shown in try answer.list("display") { places.append((try shown.number("order"), try shown.text("movie"))) }
        let display = places.sorted { $0.order < $1.order }.map(\.movie)
        let rankings = answer["rankings"]
        var lists = try RankedPlaces.lists(rankings).dropLast() + [RankedPlaces(.display, movies: display)]
        lists.removeAll { $0.movies.isEmpty }
        guard !lists.isEmpty else { return nil }
        let isFromRows = rankings.optionalText("source") == "rows"
        return .init(caption: isFromRows ? ", SVD and P5 as the rows say" : "", lists: Array(lists))
    }

    /// The ratings of each session; empty in reports of older programs.
    private static func ratings(_ scenario: ReportValue) throws(HTMLReportError) -> [String: [ReportValue]] {
        guard scenario["sessions"] != .nothing else { return [:] }
        var ratings: [String: [ReportValue]] = [:]
        for session in try scenario.list("sessions") {
            ratings[try session.text("session")] = try session.list("ratings")
        }
        return ratings
    }
}
