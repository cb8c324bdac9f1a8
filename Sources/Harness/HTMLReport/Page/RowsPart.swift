/// The requests of a scenario, the rows that they left, and what visitors see.
struct RowsPart {
    /// What the template of a scenario shows.
    let values: [String: ReportValue]

    private static let counts = [
        ("landed", "landed", false), ("lost", "lost", true), ("duplicate", "duplicate", true), ("late", "late", false),
        ("phantom", "phantom", true), ("reordered", "reordered", true), ("wrongScore", "wrong score", true),
        ("staleModel", "of an earlier set", true), ("invisible", "invisible", true), ("inFlight", "cut off", false),
        ("unjudged", "not judged", false),
    ]

    /// Reads a scenario's requests and rows.
    ///
    /// - Throws: `HTMLReportError` where a value is missing.
    init(_ scenario: ReportValue) throws(HTMLReportError) {
        let answers = try scenario.list("answers", Self.answer)
        let served = try scenario.list("answers").count { $0.optionalNumber("status") == 200 }
        let total = try scenario.list("answers").count
        var ledger = ReportValue.nothing
        if scenario["ledger"] != .nothing { ledger = try Self.ledger(try scenario.object("ledger")) }
        let visitors = scenario["visitors"] == .nothing ? [] : try scenario.list("visitors")
        let fallbacks = visitors.count { $0.isTrue("fallback") }
        values = [
            "answers": answers,
            "hasAnswers": .flag(total > 0),
            "answerCount": .text("\(total) \(total == 1 ? "request" : "requests"), \(served) answered with 200"),
            "ledger": ledger,
            "landing": scenario["landing"] == .nothing ? .list([]) : scenario["landing"],
            "hasLanding": .flag(scenario.hasContent("landing")),
            "visitors": .list(visitors.map(Self.visitor)),
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

    private static func answer(_ answer: ReportValue) throws(HTMLReportError) -> ReportValue {
        let status = answer.optionalNumber("status").map { ShownNumber.short($0) } ?? "no answer"
        let notes = [answer.optionalText("error")].compactMap(\.self) + (try answer.texts("notes"))
        var shown: [String] = []
        for movie in try answer.list("display") {
            shown.append("\(try movie.text("movie")) (\(try movie.text("model")))")
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
            "shown": .text(shown.isEmpty ? "–" : shown.joined(separator: ", ")),
            "notes": .text(notes.joined(separator: "; ")),
        ])
    }

    private static func ledger(_ ledger: ReportValue) throws(HTMLReportError) -> ReportValue {
        let counts = try ledger.object("counts")
        var shown: [ReportValue] = []
        for (key, name, isWrong) in Self.counts {
            let count = try counts.count(key)
            guard count > 0 || key == "landed" || key == "lost" else { continue }
            shown.append(
                .object(["name": .text(name), "count": .text(String(count)), "isWrong": .flag(isWrong && count > 0)])
            )
        }
        return .object([
            "counts": .list(shown),
            "rows": try ledger.list("rows") { (row) throws(HTMLReportError) in
                row.adding([
                    "verdict": .text(try row.text("verdict").replacing("_", with: " ")),
                    "shortSession": .text(String(try row.text("session").prefix(8))),
                ])
            },
            "hasRows": .flag(ledger.hasContent("rows")),
            "timeToVisible": ledger["timeToVisible"],
        ])
    }

    private static func visitor(_ visitor: ReportValue) -> ReportValue {
        visitor.adding([
            "movies": .text(visitor["films"].renderText),
            "isFallback": .flag(visitor.isTrue("fallback")),
        ])
    }
}
