/// The table of cliffs: for each line of a sweep the value up to which starts survive.
struct CliffPart {
    /// What the template shows.
    let values: ReportValue

    /// Reads a table.
    ///
    /// - Throws: `HTMLReportError` where a value is missing.
    init(_ cliffs: ReportValue) throws(HTMLReportError) {
        let rowAxes = try cliffs.texts("rowAxes")
        let columns = try cliffs.texts("columns")
        let columnAxis = cliffs.optionalText("columnAxis")
        let axis = try cliffs.text("axis")
        let rows = try cliffs.list("rows") { (row) throws(HTMLReportError) in
            .object([
                "values": .list(try row.list("values")),
                "cells": try row.list("cliffs") { (cell) throws(HTMLReportError) in Self.cell(cell.renderText) },
            ])
        }
        let shown = try cliffs.list("rows").count
        let all = try cliffs.count("rowCount")
        values = .object([
            "caption": .text("Up to which \(axis) starts survive" + (columnAxis.map { ", by \($0)" } ?? "")),
            "heads": .list(rowAxes.map(ReportValue.text)),
            "columns": .list(
                (columns.isEmpty ? [axis] : columns.map { "\(columnAxis ?? "") \($0)" }).map(ReportValue.text)
            ),
            "rows": rows,
            "left": all > shown ? .text(ShownNumber.grouped(Double(all - shown))) : .nothing,
        ])
    }

    private static func cell(_ words: String) -> ReportValue {
        let look =
            switch words {
            case "none": "none"
            case "all": "all"
            case "refused": "refused"
            default: "some"
            }
        return .object(["words": .text(words), "look": .text(look)])
    }
}
