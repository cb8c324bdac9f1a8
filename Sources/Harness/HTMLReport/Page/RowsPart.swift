/// The requests of a scenario, the rows that they left, and what visitors see.
struct RowsPart {
    /// What the template of a scenario shows.
    let values: [String: ReportValue]
    /// How many rows of a session are not as they should be.
    let wrong: [String: Int]

    /// Reads a scenario's requests and rows.
    ///
    /// - Throws: `HTMLReportError` where a value is missing.
    init(_ scenario: ReportValue, _ titles: MovieTitles) throws(HTMLReportError) {
        let answers = try scenario.list("answers") { (answer) throws(HTMLReportError) in
            try Self.answer(answer, titles)
        }
        let served = try scenario.list("answers").count { $0.optionalNumber("status") == 200 }
        let total = try scenario.list("answers").count
        let visitors = scenario["visitors"] == .nothing ? [] : try scenario.list("visitors")
        let fallbacks = visitors.count { $0.isTrue("fallback") }
        var views: [(session: String, isFallback: Bool, movies: String)] = []
        for visitor in visitors {
            let movies = titles.line(try visitor.texts("films"))
            views.append((try visitor.text("session"), visitor.isTrue("fallback"), movies))
        }
        let sees = views.map { ($0.session, "\($0.isFallback ? "the silent fallback" : "own movies"): \($0.movies)") }
        let ledger = try LedgerPart(
            scenario["ledger"],
            visitors: Dictionary(sees) { first, _ in first },
            titles
        )
        wrong = ledger.wrong
        values = [
            "answers": answers,
            "hasAnswers": .flag(total > 0),
            "answerCount": .text("\(ShownNumber.count(total, "request")), \(served) answered with 200"),
            "ledger": ledger.values,
            "landing": scenario["landing"] == .nothing ? .list([]) : scenario["landing"],
            "hasLanding": .flag(scenario.hasContent("landing")),
            "visitors": .list(
                views.map {
                    .object([
                        "session": .text($0.session), "isFallback": .flag($0.isFallback), "movies": .text($0.movies),
                    ])
                }
            ),
            "hasVisitors": .flag(!visitors.isEmpty),
            "visitorCount": .text(Self.words(visitors.count, fallbacks)),
        ]
    }

    private static func words(_ all: Int, _ fallbacks: Int) -> String {
        switch fallbacks {
        case 0: all == 1 ? "the visitor sees movies of their own" : "all \(all) visitors see movies of their own"
        case all: all == 1 ? "the visitor sees the silent fallback" : "all \(all) visitors see the silent fallback"
        default: "\(fallbacks) of \(all) visitors see the silent fallback"
        }
    }

    private static func answer(_ answer: ReportValue, _ titles: MovieTitles) throws(HTMLReportError) -> ReportValue {
        let status = answer.optionalNumber("status").map { ShownNumber.short($0) } ?? "no answer"
        let notes = [answer.optionalText("error")].compactMap(\.self) + (try answer.texts("notes"))
        var shown: [String] = []
        for movie in try answer.list("display") {
            shown.append("\(titles.title(of: try movie.text("movie"))) (\(try movie.text("model")))")
        }
        return .object([
            "request": answer["request"],
            "session": .text(try answer.text("session")),
            "shortSession": .text(String(try answer.text("session").prefix(8))),
            "arrivedAt": answer["arrivedAt"],
            "finishedAt": answer["finishedAt"],
            "code": .text(status),
            "isServed": .flag(status == "200"),
            "state": .text(answer.optionalText("state") ?? "–"),
            "svdSaved": .text(answer.optionalNumber("svdSaved").map(ShownNumber.short) ?? "–"),
            "p5Saved": .text(answer.optionalNumber("p5Saved").map(ShownNumber.short) ?? "–"),
            "shown": .text(shown.isEmpty ? "–" : shown.joined(separator: " · ")),
            "notes": .text(notes.joined(separator: "; ")),
        ])
    }
}
