/// The page of a comparison: what the limits say, the metrics with their intervals, the blame, the changed sessions.
struct ComparisonPage {
    /// What the page shows.
    let content: PageContent

    /// Reads the report of a comparison.
    ///
    /// - Throws: `HTMLReportError` where a value is missing.
    init(_ report: ReportValue) throws(HTMLReportError) {
        let counts = try report.object("sessionCounts")
        let (old, new) = (try report.object("old"), try report.object("new"))
        let gate = report["gate"] == .nothing ? .nothing : try report.object("gate")
        let limits = gate == .nothing ? [] : try gate.list("verdicts")
        let broken = limits.count { $0.optionalText("outcome") == "failed" }
        let exitCode = try report.count("exitCode")
        let title = Self.title(try counts.count("changed"), of: try counts.count("compared"), broken, limits.count)
        let metrics = try MetricTable(try report.list("metrics"))
        let changed = try ChangedSessions(report)
        let sessions = changed.values
        content = PageContent(
            title: title,
            toolVersion: try report.text("toolVersion"),
            status: PageStatus(exitCode: exitCode).value(saying: title),
            sections: [("gate", "Limits"), ("metrics", "Metrics"), ("blame", "Blame"), ("sessions", "Sessions")],
            template: "comparison",
            values: .object([
                "exitCode": report["exitCode"],
                "old": try Self.side(old), "new": try Self.side(new),
                "counts": .object([
                    "compared": counts["compared"], "changed": counts["changed"], "onlyOld": counts["onlyOld"],
                    "onlyNew": counts["onlyNew"], "neither": counts["neither"], "policy": counts["policy"],
                ]),
                "command": .text(try report.text("command")),
                "gateFile": gate["file"],
                "limits": .list(limits.map(Self.limit)),
                "metrics": metrics.main, "slices": metrics.slices, "hasSlices": .flag(metrics.hasSlices),
                "blame": try Self.blame(report["blame"]),
                "sessions": .list(sessions),
                "hasSessions": .flag(!sessions.isEmpty), "undrawn": changed.undrawn,
                "left": try report.count("sessionsLeftOut") > 0 ? report["sessionsLeftOut"] : .nothing,
            ])
        )
    }

    private static func title(_ changed: Int, of compared: Int, _ broken: Int, _ limits: Int) -> String {
        guard compared > 0 else { return "No session was compared" }
        let what = changed == 0 ? "No session changed" : "\(changed) of \(compared) sessions changed"
        guard limits > 0 else { return what }
        return broken == 0 ? "\(what), every limit is kept" : "\(what), \(broken) of \(limits) limits not kept"
    }

    private static func side(_ side: ReportValue) throws(HTMLReportError) -> ReportValue {
        .object([
            "name": .text(try side.text("name")), "kind": .text(try side.text("kind")),
            "notes": .list(try side.list("notes")),
            "seconds": side["seconds"],
        ])
    }

    private static func limit(_ verdict: ReportValue) -> ReportValue {
        let status: PageStatus =
            switch verdict.optionalText("outcome") {
            case "passed": .passed
            case "failed": .failed
            default: .inconclusive
            }
        let found = verdict.optionalNumber("found").map(ShownNumber.short) ?? "no session has a value"
        return verdict.adding([
            "status": status.value, "found": .text(found),
            "list": .text(verdict.optionalText("model") ?? "sessions"),
            "certainty": .text(
                verdict.isTrue("isDecided") ? "decided by the evidence" : "the interval crosses the limit"
            ),
        ])
    }

    private static let reasons = ["candidates", "reranking", "both", "ties"]

    /// The blame as a grid: places by what they are blamed on.
    private static func blame(_ blame: ReportValue) throws(HTMLReportError) -> ReportValue {
        guard blame != .nothing else { return .nothing }
        let places = try blame.object("places")
        let all = try blame.count("changedPlaces")
        var cells: [ReportValue] = []
        for reason in reasons {
            let count = try places.count(reason)
            let share = all > 0 ? ShownNumber.percent(Double(count) / Double(all)) : "–"
            cells.append(.object(["reason": .text(reason), "places": .text(String(count)), "share": .text(share)]))
        }
        let parts = try blame.list("parts") { (part) throws(HTMLReportError) in part.filling("failure") }
        return .object([
            "all": blame["changedPlaces"], "cells": .list(cells), "parts": parts,
            "hasParts": .flag(blame.hasContent("parts")), "bySVD": blame["placesBySVDAlone"],
            "byP5": blame["placesByP5Alone"],
            "lost": blame["candidatesLost"], "won": blame["candidatesWon"],
        ])
    }
}
