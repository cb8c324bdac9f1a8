/// The page of a run: what failed first, all scenarios as a strip, then each scenario.
struct RunPage {
    /// What the page shows.
    let content: PageContent

    /// Reads the report of a run.
    ///
    /// - Throws: `HTMLReportError` where a value is missing.
    init(_ report: ReportValue) throws(HTMLReportError) {
        let read = try report.list("scenarios")
        var scenarios: [ScenarioPart] = []
        var anchors = PageAnchors()
        for scenario in read {
            let name = try scenario.text("name")
            do throws(HTMLReportError) {
                scenarios.append(try ScenarioPart(scenario, anchor: anchors.anchor("scenario", name)))
            } catch {
                throw error.inside("scenario \(name)")
            }
        }
        let exit = try report.object("exitCode")
        let summary = try report.object("summary")
        let title = try Self.title(summary, isComplete: report.isTrue("complete"))
        let opens = scenarios.filter(\.status.isOpen)
        let first = opens.first { $0.status == .failed } ?? opens.first
        let tags = Set(scenarios.flatMap(\.tags)).sorted()
        let outcomes = PageStatus.allCases.filter { status in scenarios.contains { $0.status == status } }
        content = PageContent(
            title: title,
            toolVersion: try report.object("tool").text("version"),
            status: PageStatus(exitCode: try exit.count("code")).value(saying: title),
            sections: [("overview", "Overview"), ("scenarios", "Scenarios"), ("about", "About this run")],
            template: "run",
            values:
                .object([
                    "exitCode": exit["code"],
                    "meaning": .text(try exit.text("meaning")),
                    "causes": try exit.list("causes") { (cause) throws(HTMLReportError) in
                        .object([
                            "code": cause["code"], "name": .text(try cause.text("name")),
                            "in": .text(try cause.texts("scenarios").joined(separator: ", ")),
                        ])
                    },
                    "hasFingerprints": .flag(report.hasContent("fingerprints")),
                    "first": first.map(\.firstFailure) ?? .nothing,
                    "otherOpen": .list(opens.filter { $0.anchor != first?.anchor }.map(\.line)),
                    "hasOtherOpen": .flag(opens.count > 1),
                    "scenarios": .list(scenarios.map(\.values)),
                    "hasScenarios": .flag(!scenarios.isEmpty),
                    "showsDefects": .flag(scenarios.contains { $0.values.hasContent("showsDefect") }),
                    "tags": .list(tags.map(ReportValue.text)),
                    "hasTags": .flag(!tags.isEmpty),
                    "outcomes": .list(outcomes.map(\.value)),
                ])
                .adding(try report.members("wallSeconds", "virtualSeconds", "seed", "fingerprints", "complete"))
        )
    }

    /// The run in one sentence, such as `2 of 34 scenarios failed`.
    private static func title(_ summary: ReportValue, isComplete: Bool) throws(HTMLReportError) -> String {
        let planned = try summary.count("planned")
        let words = [
            ("failed", "failed"), ("errored", "could not be judged"), ("inconclusive", "without a verdict"),
            ("notRun", "not run"),
        ]
        var parts: [(count: Int, words: String)] = []
        for (key, words) in words where try summary.count(key) > 0 { parts.append((try summary.count(key), words)) }
        let end = isComplete ? "" : ", interrupted"
        guard planned > 0 else { return "No scenario was run" + end }
        let all = planned == 1 ? "1 scenario" : "\(planned) scenarios"
        guard let first = parts.first else {
            return (planned == 1 ? "The scenario passed" : "All \(all) passed") + end
        }
        guard parts.count > 1 else { return "\(first.count) of \(all) \(first.words)" + end }
        return "Of \(all) " + parts.map { "\($0.count) \($0.words)" }.joined(separator: ", ") + end
    }
}
