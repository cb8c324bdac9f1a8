/// What landed: the incident note's summary query (rows and sessions by model and phase) and what visitors would see.
struct LandingTable {
    private let scenarios: [LandingSummary]
    private let isAlone: Bool

    /// Creates the table of those scenarios that reached the database.
    ///
    /// - Parameters:
    ///   - scenarios: The scenarios in order.
    ///   - isAlone: Whether the table stands below its only scenario and need not name it.
    init(_ scenarios: [LandingSummary], isAlone: Bool = false) {
        self.scenarios = scenarios
        self.isAlone = isAlone
    }

    /// The lines of the table; none where no scenario reached the database.
    ///
    /// - Complexity: O(*n*) in the number of scenarios.
    func lines(width: Int) -> [StyledLine] {
        guard !scenarios.isEmpty else { return [] }
        var columns: [TextTable.Column] = [
            .init("model"), .init("phase", .right), .init("rows", .right), .init("sessions", .right),
            .init("visitors see", isFlexible: true),
        ]
        if !isAlone { columns.insert(.init("scenario", isFlexible: true), at: 0) }
        var table = TextTable(columns: columns)
        for scenario in scenarios {
            for (index, cells) in Self.rows(scenario).enumerated() {
                table.append(isAlone ? cells : [StyledLine(index == 0 ? scenario.name : "")] + cells)
            }
        }
        return table.lines(width: width)
    }

    private static func rows(_ scenario: LandingSummary) -> [[StyledLine]] {
        let view = visitors(scenario.visitors)
        guard !scenario.rows.isEmpty else {
            return [[StyledLine("none", .faint), StyledLine("–", .faint), "0", "0", view]]
        }
        return scenario.rows.enumerated()
            .map { index, line in
                [
                    StyledLine(line.model), StyledLine(String(line.phase)), StyledLine(String(line.rows)),
                    StyledLine(String(line.sessions)), index == 0 ? view : "",
                ]
            }
    }

    private static func visitors(_ visitors: VisitorCounts) -> StyledLine {
        guard visitors.all > 0 else { return StyledLine("–", .faint) }
        let first = visitors.firstMovies
        let movies = first.prefix(5).joined(separator: " ") + (first.count > 5 ? " …" : "")
        switch (visitors.fallbacks, visitors.all) {
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
