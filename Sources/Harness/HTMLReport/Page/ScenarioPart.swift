/// One scenario on the page of a run.
struct ScenarioPart {
    /// The anchor of its part of the page.
    let anchor: String
    /// How it ended.
    let status: PageStatus
    /// Its tags.
    let tags: [String]
    /// What its template shows.
    let values: ReportValue
    /// What the overview shows of it where it is the first that is not as it should be.
    let firstFailure: ReportValue
    /// What the overview shows of it in one line.
    let line: ReportValue

    /// Reads the report of a scenario.
    ///
    /// - Throws: `HTMLReportError` where a value is missing.
    init(_ scenario: ReportValue, anchor: String) throws(HTMLReportError) {
        self.anchor = anchor
        let word = try scenario.text("outcome")
        guard let status = PageStatus(rawValue: word) else {
            throw HTMLReportError(.unfit, "`outcome` is \"\(word)\", which no scenario has")
        }
        self.status = status
        // Reports of older programs have none.
        tags = scenario.has("tags") ? try scenario.texts("tags") : []
        let verdicts = try VerdictPart.read(scenario)
        let start = try StartPart(scenario, anchor: anchor)
        // Reports of older programs have no titles.
        let titles = MovieTitles(scenario["titles"])
        let rows = try RowsPart(scenario, titles)
        let rankings = try RankingsPart(scenario, titles, wrong: rows.wrong, anchor: anchor)
        let open = verdicts.filter { $0.status.isOpen }
        var values = scenario.filling("acceptance", "serviceLog", "attempts", "process")
        if scenario["process"] != .nothing { values["process"] = scenario["process"].filling("peakMemoryBytes") }
        values["anchor"] = .text(anchor)
        values["status"] = status.value
        values["tagLine"] = .text(tags.joined(separator: " "))
        values["openVerdicts"] = .list(open.map(\.values))
        values["passedVerdicts"] = .list(verdicts.filter { !$0.status.isOpen }.map(\.values))
        values["passedCount"] = .text(ShownNumber.count(verdicts.count - open.count, "check"))
        values["hasPassed"] = .flag(verdicts.count > open.count)
        values["hasPlatformLog"] = .flag(scenario.hasContent("platformLog"))
        values["hasServiceLog"] = .flag(scenario.hasContent("serviceLog"))
        values["hasAttempts"] = .flag(scenario.hasContent("attempts"))
        values["isOpen"] = .flag(status.isOpen)
        values["hasReceipts"] = .flag(scenario.hasContent("receipts"))
        values = values.adding(start.values).adding(rows.values).adding(rankings.values)
        self.values = values
        let deciding = open.first { $0.status == .failed && !$0.isConsequence } ?? open.first
        firstFailure = .object([
            "anchor": .text(anchor),
            "name": .text(try scenario.text("name")),
            "status": status.value,
            "headline": .text(try scenario.text("headline")),
            "error": scenario["error"],
            "verdict": deciding?.values ?? .nothing,
            "reproduction": .text(try scenario.text("reproduction")),
            "acceptance": scenario["acceptance"],
        ])
        let why = scenario.optionalText("error") ?? deciding?.message ?? ""
        line = .object([
            "anchor": .text(anchor), "name": scenario["name"], "status": status.value, "why": .text(why),
        ])
    }
}
