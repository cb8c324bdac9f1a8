/// The page of a sweep of faults: a grid of boundaries and faults, and what each cell shows.
struct FaultSweepPage {
    /// What the page shows.
    let content: PageContent

    /// Reads the report of a sweep of faults.
    ///
    /// - Throws: `HTMLReportError` where a value is missing.
    init(_ report: ReportValue) throws(HTMLReportError) {
        var anchors = PageAnchors()
        var cells: [(boundary: String, fault: String, status: PageStatus, value: ReportValue)] = []
        for cell in try report.list("cells") {
            let (boundary, fault) = (try cell.text("boundary"), try cell.text("fault"))
            let status: PageStatus =
                switch try cell.text("outcome") {
                case "passed": .passed
                case "failed": .failed
                case "set_aside": .notRun
                default: .inconclusive
                }
            let value = cell.filling("status", "detail", "recoveryStatus")
                .adding([
                    "code": cell["status"],
                    "look": (status == .notRun ? status.value(saying: "set aside") : status.value),
                    "anchor": .text(anchors.anchor("cell", "\(boundary)-\(fault)")),
                    "hasFindings": .flag(cell.hasContent("findings")),
                    "hasReceipts": .flag(cell.hasContent("receipts")),
                ])
            cells.append((boundary, fault, status, value))
        }
        let failed = cells.count { $0.status == .failed }
        let title = failed == 0 ? "No cell failed" : "\(failed) of \(cells.count) cells failed"
        let faults = cells.map(\.fault).reduce(into: [String]()) { if !$0.contains($1) { $0.append($1) } }
        let boundaries = cells.map(\.boundary).reduce(into: [String]()) { if !$0.contains($1) { $0.append($1) } }
        let rows = boundaries.map { boundary in
            ReportValue.object([
                "boundary": .text(boundary),
                "row": .list(
                    faults.map { fault in
                        cells.first { $0.boundary == boundary && $0.fault == fault }?.value
                            .adding(["isThere": .flag(true)]) ?? .object(["isThere": .flag(false)])
                    }
                ),
            ])
        }
        content = PageContent(
            title: title,
            toolVersion: try report.text("toolVersion"),
            status: PageStatus(exitCode: try report.count("exitCode")).value(saying: title),
            sections: [("grid", "Grid"), ("cells", "Cells")],
            template: "faultSweep",
            values: .object([
                "scenario": .text(try report.text("scenario")), "exitCode": report["exitCode"],
                "faults": .list(faults.map(ReportValue.text)), "rows": .list(rows),
                "cells": .list(cells.map(\.value)),
            ])
        )
    }
}
