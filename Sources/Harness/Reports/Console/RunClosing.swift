import Checks

/// The end of a run on the console: what landed, the counts, the times, the report folder, the exit code.
struct RunClosing {
    private let report: RunReport
    private let landing: [LandingSummary]
    private let folder: String?
    private let width: Int

    /// Creates the end of a run.
    ///
    /// - Parameters:
    ///   - run: The run.
    ///   - planned: How many scenarios were chosen.
    ///   - folder: The report folder, `nil` where no files are written.
    ///   - width: The columns that a table may take.
    init(_ run: FinishedRun, planned: Int, folder: String?, width: Int = TerminalStyle.documentColumns) {
        report = RunReport(headOf: run, planned: planned)
        landing = run.scenarios.compactMap(\.landing)
        self.folder = folder
        self.width = width
    }

    /// Everything before the last line.
    var lines: [StyledLine] {
        var lines = [StyledLine()]
        if report.scenarios.contains(where: { $0.showsDefect != nil }) {
            let legend = "shows a defect, on purpose: it passes when the defect is seen"
            lines += [StyledLine("  ◆ ", .doubtful).appending(legend, .faint), StyledLine()]
        }
        let table = LandingTable(landing).lines(width: width - 4)
        if !table.isEmpty {
            let heading = StyledLine("What landed", .strong)
                .appending(" (rows and sessions in recommendations, by model and phase)", .faint)
            lines.append(heading)
            lines += table.map { $0.indented(by: 4) }
            if landing.contains(where: { $0.visitors.fallbacks > 0 }) {
                let note = "fallback: the first movies of the catalogue, shown because no row has a display order"
                lines.append(StyledLine(note, .faint).indented(by: 4))
            }
            lines.append(StyledLine())
        }
        lines.append(counts)
        lines.append(
            StyledLine(
                "wall \(Figures.wall(report.wallSeconds)) · virtual \(Figures.long(report.virtualSeconds))",
                .faint
            )
        )
        if let folder { lines.append(StyledLine("reports in \(folder)", .faint)) }
        return lines + causes
    }

    /// Which scenarios gave cause for which code, where there is more than one code.
    private var causes: [StyledLine] {
        guard report.exitCode.causes.count > 1 else { return [] }
        var table = TextTable(columns: [.init("", .right), .init(""), .init("", isFlexible: true)])
        for cause in report.exitCode.causes {
            let scenarios = StyledLine(cause.scenarios.joined(separator: ", "), .faint)
            table.append([StyledLine(String(cause.code), .bad), StyledLine(cause.name), scenarios])
        }
        return [StyledLine()] + table.lines(width: width) + [StyledLine()]
    }

    private var counts: StyledLine {
        let summary = report.summary
        var line = StyledLine(Figures.count(summary.executed, "scenario"), .strong)
        let counts: [(Int, String, StyledLine.Role)] = [
            (summary.passed, "passed", .good), (summary.failed, "failed", .bad), (summary.errored, "errored", .bad),
            (summary.inconclusive, "inconclusive", .doubtful), (summary.notRun, "not run", .doubtful),
        ]
        for (index, (count, name, role)) in counts.enumerated() where count > 0 || index < 4 {
            line.append(index == 0 ? ": " : " · ", .faint)
            line.append("\(count) \(name)", count == 0 ? .faint : role)
        }
        return line
    }

    /// The last line: the exit code, what it means, and the other causes that it hides.
    var lastLine: StyledLine {
        let code = report.exitCode
        var line = StyledLine("exit \(code.code)", code.code == 0 ? .good : .bad)
        line.append(": " + code.meaning)
        let hidden = code.causes.dropFirst().map { String($0.code) }
        if !hidden.isEmpty { line.append("; also " + hidden.joined(separator: ", "), .faint) }
        return line
    }
}
