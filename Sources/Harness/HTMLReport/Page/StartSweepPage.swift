/// The page of a sweep over starts: how many survive, where the cliff is, which probes survive everything.
struct StartSweepPage {
    /// What the page shows.
    let content: PageContent

    /// Reads the report of a sweep.
    ///
    /// - Throws: `HTMLReportError` where a value is missing.
    init(_ report: ReportValue) throws(HTMLReportError) {
        let (survived, started) = (try report.number("survived"), try report.number("started"))
        let title =
            started > 0
            ? "\(ShownNumber.grouped(survived)) of \(ShownNumber.grouped(started)) starts survive"
            : "No start was simulated"
        let status: PageStatus = started == 0 ? .inconclusive : survived == started ? .passed : .failed
        let cliffs = report["cliffs"] == .nothing ? .nothing : try CliffPart(try report.object("cliffs")).values
        content = PageContent(
            title: title,
            toolVersion: try report.text("toolVersion"),
            status: status.value(saying: title),
            sections: [("overview", "Overview"), ("cliff", "The cliff"), ("policies", "Probes that survive")],
            template: "startSweep",
            values:
                .object([
                    "scenario": .text(try report.text("scenario")),
                    "share": .text(started > 0 ? ShownNumber.percent(survived / started) : "–"),
                    "refusal": report["refusal"], "restarts": report["restarts"],
                    "hasRefused": .flag(try report.count("refused") > 0),
                    "axes": try report.list("axes") { (axis) throws(HTMLReportError) in axis.filling("measured") },
                    "cliffs": cliffs,
                    "panels": try SurvivalPanels(report).values,
                    "hasPanels": .flag(report.has("map")),
                    "policies": .list(try report.list("policies")), "hasPolicies": .flag(report.hasContent("policies")),
                    "probabilities": try report.list("probabilities") { (row) throws(HTMLReportError) in
                        row.adding(["words": .text(try row.texts("values").joined(separator: ", "))])
                            .filling("share", "lower", "upper")
                    },
                    "hasProbabilities": .flag(report.hasContent("probabilities")),
                ])
                .adding(
                    try report.members(
                        "seed",
                        "combinations",
                        "refused",
                        "survivingCombinations",
                        "startsEach",
                        "survivingPolicies",
                        "admittedPolicies",
                        "probability"
                    )
                )
        )
    }
}
