import Domain

/// The picture of a start: one row of bars or marks for each stage, the states, the probe and the requests.
///
/// Pure and deterministic: the same timeline gives the same lines. All marks have an ASCII form of one column.
package struct StartupPicture: Sendable {
    private let timeline: [TimelineReport]
    private let span: Double
    private let width: Int
    private let plotWidth: Int

    private static let labelWidth = 13
    private static let remarkWidth = 18

    /// Creates the picture of a timeline.
    ///
    /// - Parameters:
    ///   - timeline: The entries in order.
    ///   - width: The columns that the picture may take; in fewer than 60 there is none.
    package init(_ timeline: [TimelineReport], width: Int) {
        self.timeline = timeline
        self.width = width
        self.plotWidth = max(1, width - Self.labelWidth - Self.remarkWidth - 2)
        let last = timeline.reduce(0) { max($0, $1.at, $1.until ?? 0) }
        self.span = last > 0 && last.isFinite ? last : 1
    }

    /// The lines of the picture; none where nothing happened, or where it would be too narrow to be read.
    ///
    /// - Complexity: O(*n*) in the number of entries.
    package var lines: [StyledLine] {
        guard !timeline.isEmpty, width >= 60 else { return [] }
        let rows =
            stageRows
            + [
                stateRow, servingRow, starvedRow, attemptRow(.probe, "probe"), attemptRow(.liveness, "liveness"),
                attemptRow(.readiness, "readiness"), requestRow, instanceRow,
            ]
            .compactMap(\.self)
        return axis + rows.map(line) + legend
    }

    /// What the marks mean, on one line where they fit.
    private var legend: [StyledLine] {
        let parts = ["state · booting ▓ ready_basic █ ready_full", "requests ● rows ○ no rows ✗ turned away"]
        let whole = parts.joined(separator: "   ")
        let texts = Self.labelWidth + 1 + DisplayWidth.of(whole) <= width ? [whole] : parts
        return texts.map { StyledLine($0, .faint).indented(by: Self.labelWidth + 1) }
    }

    /// A row before it is laid out.
    private struct Row {
        let label: String
        var cells: [(mark: Character, role: StyledLine.Role)]
        var remark: String

        mutating func fill(_ range: ClosedRange<Int>, _ mark: Character, _ role: StyledLine.Role) {
            for index in range { cells[index] = (mark, role) }
        }
    }

    private func row(_ label: String, remark: String = "") -> Row {
        Row(label: label, cells: Array(repeating: (" ", .plain), count: plotWidth), remark: remark)
    }

    private func cell(_ time: Double) -> Int {
        Int(max(0, min(1, time / span)) * Double(plotWidth - 1))
    }

    private func cells(_ entry: TimelineReport) -> ClosedRange<Int> {
        let first = cell(entry.at)
        return first...max(first, cell(entry.until ?? span))
    }

    private func line(_ row: Row) -> StyledLine {
        var line = StyledLine(row.label.truncated(toColumns: Self.labelWidth))
        line.pad(to: Self.labelWidth + 1)
        var cells = row.cells[...]
        while let first = cells.first {
            let run = cells.prefix { $0.role == first.role }
            line.append(String(run.map(\.mark)), first.role)
            cells = cells.dropFirst(run.count)
        }
        line.append(" " + row.remark.truncated(toColumns: Self.remarkWidth), .faint)
        return line
    }

    private var axis: [StyledLine] {
        let step = TickStep.fitting(span: span, ticks: max(2, plotWidth / 9))
        var numbers = row("", remark: "s")
        var rule = row("")
        rule.fill(0...(plotWidth - 1), "─", .faint)
        for index in 0...Int(span / step + 1e-9) {
            let time = Double(index) * step
            let at = cell(time)
            let text = Figures.fixed(time, decimals: step < 1 ? 1 : 0)
            rule.cells[at] = (index == 0 ? "├" : "┼", .faint)
            guard at + text.count <= plotWidth else { continue }
            for (offset, digit) in text.enumerated() { numbers.cells[at + offset] = (digit, .faint) }
        }
        return [line(numbers), line(rule)]
    }

    private var stageRows: [Row] {
        var names: [String] = []
        for entry in timeline where entry.kind == .stage && !names.contains(entry.name) { names.append(entry.name) }
        return names.map { name in
            var row = row(name)
            for entry in timeline where entry.kind == .stage && entry.name == name {
                let range = cells(entry)
                row.fill(range, "█", entry.result == .failed ? .bad : .plain)
                if entry.result == .failed || entry.result == .cut { row.cells[range.upperBound] = ("✗", .bad) }
                row.remark = Self.span(of: entry)
            }
            return row
        }
    }

    private var starvedRow: Row? {
        let spans = timeline.filter { $0.kind == .starved }
        guard !spans.isEmpty else { return nil }
        var row = row("without CPU")
        var total = 0.0
        for entry in spans {
            row.fill(cells(entry), "░", .doubtful)
            total += (entry.until ?? span) - entry.at
        }
        row.remark = Figures.virtual(total)
        return row
    }

    private var servingRow: Row? {
        let spans = timeline.filter { $0.kind == .serving }
        guard let first = spans.first else { return nil }
        var row = row("/recommend", remark: "serves from \(Figures.fixed(first.at, decimals: 1)) s")
        for span in spans { row.fill(cells(span), "█", .good) }
        return row
    }

    private var stateRow: Row? {
        let changes = timeline.filter { $0.kind == .state }
        guard !changes.isEmpty else { return nil }
        var row = row("state")
        for change in changes {
            let (mark, role): (Character, StyledLine.Role) =
                switch HealthStatus(change.name) {
                case .booting: ("·", .faint)
                case .readyBasic: ("▓", .doubtful)
                case .readyFull: ("█", .good)
                case .failed, .other: ("!", .bad)
                }
            row.fill(cells(change), mark, role)
            row.remark = change.name
        }
        return row
    }

    private func attemptRow(_ kind: TimelineReport.Kind, _ label: String) -> Row? {
        let attempts = timeline.filter { $0.kind == kind }
        guard !attempts.isEmpty else { return nil }
        var row = row(label)
        for attempt in attempts {
            let range = cells(attempt)
            row.fill(range, "╌", .faint)
        }
        for attempt in attempts {
            let at = cells(attempt).upperBound
            row.cells[at] = attempt.result == .ok ? ("✓", .good) : ("×", .bad)
        }
        let passed = attempts.contains { $0.result == .ok }
        let failed = attempts.count { $0.result == .failed }
        let remark = kind == .probe ? (passed ? ", passed" : "") : failed > 0 ? ", \(failed) ×" : ""
        row.remark = Figures.count(attempts.count, "attempt") + remark
        return row
    }

    private var requestRow: Row? {
        let requests = timeline.filter { $0.kind == .request }
        guard !requests.isEmpty else { return nil }
        var row = row("requests")
        for request in requests { row.fill(cells(request), "╌", .faint) }
        for request in requests {
            let at = cells(request).upperBound
            row.cells[at] =
                switch request.result {
                case .ok: ("●", .good)
                case .empty: ("○", .doubtful)
                case .failed, .cut, nil: ("✗", .bad)
                }
        }
        let served = requests.count { $0.result == .ok }
        let empty = requests.count { $0.result == .empty }
        row.remark = "\(served) of \(requests.count) served" + (empty > 0 ? ", \(empty) ○" : "")
        return row
    }

    private var instanceRow: Row? {
        let lives = timeline.filter { $0.kind == .instance && $0.until != nil }
        guard let last = lives.last else { return nil }
        var row = row("instance")
        for life in lives { row.fill(cells(life), "─", .faint) }
        for life in lives where life.result != .ok { row.cells[cells(life).upperBound] = ("✗", .bad) }
        row.remark = last.result == .ok ? "alive" : last.name
        if lives.count > 1 { row.remark += ", life \(lives.count)" }
        return row
    }

    private static func span(of entry: TimelineReport) -> String {
        let start = Figures.fixed(entry.at, decimals: 1)
        return entry.until.map { "\(start)–\(Figures.virtual($0))" } ?? "from \(start) s"
    }
}

/// The distance between two ticks of an axis.
enum TickStep {
    /// Returns the smallest round step with which a span has at most a number of ticks.
    static func fitting(span: Double, ticks: Int) -> Double {
        let steps: [Double] = [0.1, 0.2, 0.5, 1, 2, 5, 10, 20, 30, 60, 120, 300, 600, 1200, 1800]
        let wanted = span / Double(ticks)
        if let step = steps.first(where: { $0 >= wanted }) { return step }
        return (wanted / 3600).rounded(.up) * 3600
    }
}
