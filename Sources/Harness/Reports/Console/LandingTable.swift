/// What landed: the incident note's summary query (rows and sessions by model and phase) and what visitors would see.
package struct LandingTable {
    private let reports: [ScenarioReport]
    private let isAlone: Bool

    /// Creates the table of those scenarios that reached the database.
    ///
    /// - Parameters:
    ///   - reports: All scenarios in order.
    ///   - isAlone: Whether the table stands below its only scenario and need not name it.
    package init(_ reports: [ScenarioReport], isAlone: Bool = false) {
        self.reports = reports.filter { $0.landing != nil }
        self.isAlone = isAlone
    }

    /// The lines of the table; none where no scenario reached the database.
    ///
    /// - Complexity: O(*n*) in the number of scenarios and movies.
    package func lines(width: Int) -> [StyledLine] {
        guard !reports.isEmpty else { return [] }
        var columns: [TextTable.Column] = [
            .init("model"), .init("phase", .right), .init("rows", .right), .init("sessions", .right),
            .init("visitors see", isFlexible: true),
        ]
        if !isAlone { columns.insert(.init("scenario", isFlexible: true), at: 0) }
        var table = TextTable(columns: columns)
        for report in reports {
            for (index, cells) in Self.rows(report).enumerated() {
                table.append(isAlone ? cells : [StyledLine(index == 0 ? report.name : "")] + cells)
            }
        }
        return table.lines(width: width)
    }

    private static func rows(_ report: ScenarioReport) -> [[StyledLine]] {
        let landing = report.landing ?? []
        let view = visitors(report.visitors ?? [])
        guard !landing.isEmpty else {
            return [[StyledLine("none", .faint), StyledLine("–", .faint), "0", "0", view]]
        }
        return landing.enumerated()
            .map { index, line in
                [
                    StyledLine(line.model), StyledLine(String(line.phase)), StyledLine(String(line.rows)),
                    StyledLine(String(line.sessions)), index == 0 ? view : "",
                ]
            }
    }

    private static func visitors(_ visitors: [ScenarioReport.VisitorReport]) -> StyledLine {
        guard let first = visitors.first else { return StyledLine("–", .faint) }
        let fallbacks = visitors.count(where: \.fallback)
        let movies = first.movies.prefix(5).joined(separator: " ") + (first.movies.count > 5 ? " …" : "")
        switch (fallbacks, visitors.count) {
        case (0, 1): return StyledLine("own: \(movies)")
        case (1, 1): return StyledLine("fallback: \(movies)", .doubtful)
        case (0, let count): return StyledLine("own, all \(count)")
        case (let count, let all) where count == all:
            return StyledLine("fallback, all \(all)", .doubtful)
        case (let count, let all):
            return StyledLine("own \(all - count), fallback \(count)", .doubtful)
        }
    }
}
