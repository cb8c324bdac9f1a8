import Checks

/// A scenario's failures on the console: where, the line of the scenario, expected and actual, how to run it again.
package struct FailureText {
    private let report: ScenarioReport
    private let detailLimit: Int
    private let width: Int
    private let sourceLine: (VerdictReport.Location) -> String?

    private static let indentation = 4

    /// Creates the text of a report's failures.
    ///
    /// - Parameters:
    ///   - report: The scenario.
    ///   - detailLimit: The most further lines of one verdict.
    ///   - width: The columns that a line may take.
    ///   - sourceLine: Returns the line of a scenario file, `nil` where it cannot be read any more.
    package init(
        _ report: ScenarioReport,
        detailLimit: Int,
        width: Int = TerminalStyle.documentColumns,
        sourceLine: @escaping (VerdictReport.Location) -> String?
    ) {
        self.report = report
        self.detailLimit = detailLimit
        self.width = width
        self.sourceLine = sourceLine
    }

    /// The lines; none where nothing failed.
    package var lines: [StyledLine] {
        guard report.outcome != .passed, report.outcome != .notRun else { return [] }
        var lines: [StyledLine] = []
        if let error = report.error {
            lines += block("error", error, .bad)
        }
        for verdict in report.verdicts where verdict.outcome != .passed && verdict.consequenceOf == nil {
            lines += self.lines(for: verdict) + [StyledLine()]
        }
        let consequences = report.verdicts.filter { $0.consequenceOf != nil }
        for verdict in consequences {
            var place = StyledLine().indented(by: Self.indentation)
            place.append((verdict.location?.text ?? report.file) + "  " + verdict.check)
            place.append("  \(verdict.followsFrom ?? "")", .faint)
            lines.append(place.truncated(toColumns: width))
        }
        if !consequences.isEmpty { lines.append(StyledLine()) }
        if report.error == nil, report.verdicts.isEmpty {
            lines += block("no verdict", "no check said anything", .doubtful)
        }
        lines.append(command("reproduce", report.reproduction))
        if let acceptance = report.acceptance { lines.append(command("accept", acceptance)) }
        return lines + [StyledLine()]
    }

    /// A line to be copied.
    private func command(_ name: String, _ text: String) -> StyledLine {
        var line = StyledLine(name, .faint).indented(by: Self.indentation + 2)
        line.pad(to: Self.indentation + 2 + "reproduce".count + 3)
        line.append(text, .strong)
        line.staysWhole = true
        return line
    }

    private func lines(for verdict: VerdictReport) -> [StyledLine] {
        let role: StyledLine.Role = verdict.outcome == .failed ? .bad : .doubtful
        var place = StyledLine().indented(by: Self.indentation)
        place.append((verdict.location?.text ?? report.file) + "  ")
        place.append(verdict.check, role)
        if verdict.outcome == .inconclusive { place.append("  inconclusive", role) }
        var lines = [place.truncated(toColumns: width)]
        lines += StyledLine.wrapping(verdict.message, columns: width - Self.indentation)
            .map { $0.indented(by: Self.indentation) }
        if let location = verdict.location { lines += excerpt(at: location, role) }
        if let expected = verdict.expected { lines += block("expected", expected, .good) }
        if let actual = verdict.actual { lines += block("actual", actual, role) }
        for detail in verdict.details.prefix(detailLimit) { lines += block("", detail, .plain) }
        let hidden = verdict.details.count - detailLimit
        if hidden > 0 { lines += block("", "and \(Figures.count(hidden, "more line")) (-v shows all)", .faint) }
        return lines
    }

    /// The line of the scenario with a caret under the place, moved left where it is long.
    private func excerpt(at location: VerdictReport.Location, _ role: StyledLine.Role) -> [StyledLine] {
        guard let source = sourceLine(location)?.printable else { return [] }
        let number = String(location.line)
        let margin = Self.indentation + number.count + 3
        let available = width - margin
        let before = String(String.UnicodeScalarView(source.unicodeScalars.prefix(max(0, location.column - 1))))
        let cut = max(0, DisplayWidth.of(before) - available / 2)
        var dropped = 0
        var shown = Substring(source)
        while dropped < cut, let first = shown.first {
            dropped += DisplayWidth.of(first)
            shown = shown.dropFirst()
        }
        if dropped > 0 { shown = "…" + shown.dropFirst() }
        var line = StyledLine().indented(by: Self.indentation).appending(number + " │ ", .faint)
        line.append(String(shown))
        let caret = StyledLine(String(repeating: " ", count: number.count) + " │ ", .faint)
            .indented(by: Self.indentation)
            .appending(String(repeating: " ", count: max(0, DisplayWidth.of(before) - dropped)))
            .appending("▲", role)
        return [line.truncated(toColumns: width), caret.truncated(toColumns: width)]
    }

    /// Text with a name before its first line and every further line under the first.
    private func block(_ name: String, _ text: String, _ role: StyledLine.Role) -> [StyledLine] {
        let hang = Self.indentation + 14
        let pieces = text.split(separator: "\n", omittingEmptySubsequences: true)
        let texts = pieces.flatMap { piece in
            let depth = min(8, piece.prefix { $0 == " " }.count)
            return StyledLine.wrapping(String(piece), columns: width - hang - depth, role: role)
                .map { $0.indented(by: depth) }
        }
        return texts.enumerated()
            .map { index, text in
                var line = StyledLine().indented(by: Self.indentation + 2)
                if index == 0 { line.append(name, .faint) }
                line.pad(to: hang)
                line.append(text)
                return line
            }
    }
}
