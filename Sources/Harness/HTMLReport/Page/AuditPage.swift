/// The page of an audit of a database: what is wrong, with examples, and what visitors are shown.
struct AuditPage {
    /// What the page shows.
    let content: PageContent

    /// Reads the report of an audit.
    ///
    /// - Throws: `HTMLReportError` where a value is missing.
    init(_ report: ReportValue) throws(HTMLReportError) {
        var found: [ReportValue] = []
        var clean: [String] = []
        var anchors = PageAnchors()
        for group in try report.list("classes") {
            let name = try group.text("name").replacing("_", with: " ")
            if try group.count("count") > 0 {
                found.append(try Self.group(group, name: name, anchor: anchors.anchor("class", name)))
            } else {
                clean.append(name)
            }
        }
        let exitCode = try report.count("exitCode")
        let title =
            found.isEmpty
            ? "Nothing is wrong with the rows"
            : "\(ShownNumber.count(found.count, "kind")) of mistakes in the rows"
        content = PageContent(
            title: title,
            toolVersion: try report.text("toolVersion"),
            status: PageStatus(exitCode: exitCode).value(saying: title),
            sections: [("overview", "Overview"), ("found", "What is wrong"), ("visitors", "What visitors see")],
            template: "audit",
            values:
                .object([
                    "exitCode": report["exitCode"], "database": .text(try report.text("database")),
                    "summary": .list(try report.list("summary")), "hasSummary": .flag(report.hasContent("summary")),
                    "found": .list(found), "hasFound": .flag(!found.isEmpty),
                    "clean": .text(clean.joined(separator: ", ")), "hasClean": .flag(!clean.isEmpty),
                    "visitors": try report.object("visitors"),
                ])
                .adding(try report.members("phase", "topK", "role", "seconds", "rows", "sessions"))
        )
    }

    private static func group(
        _ group: ReportValue,
        name: String,
        anchor: String
    ) throws(HTMLReportError) -> ReportValue {
        let unit = try group.text("unit")
        return .object([
            "anchor": .text(anchor), "name": .text(name), "count": group["count"],
            "unit": .text(try group.count("count") == 1 ? String(unit.dropLast(unit.hasSuffix("s") ? 1 : 0)) : unit),
            "meaning": .text(try group.text("meaning")), "advice": .text(try group.text("advice")),
            "cause": group.optionalText("cause").map { .text($0.replacing("_", with: " ")) } ?? .nothing,
            "examples": try group.list("examples") { (example) throws(HTMLReportError) in
                .object([
                    "session": .text(example.optionalText("session") ?? "–"),
                    "model": .text(example.optionalText("model") ?? "–"), "text": .text(try example.text("text")),
                ])
            },
        ])
    }
}
