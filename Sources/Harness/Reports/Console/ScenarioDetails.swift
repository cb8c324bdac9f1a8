import Domain
import Checks

/// Everything about one scenario for the verbose console and for its text file: figures, picture, timeline, rows, checks.
struct ScenarioDetails {
    private let report: ScenarioReport
    private let summary: LandingSummary?
    private let isWhole: Bool
    private let width: Int

    private static let indentation = 4
    private static let rowLimit = 20
    /// More than that nobody reads; `report.json` and `report.jsonl` have them all.
    private static let requestLimit = 1_000

    /// Creates the details of a report.
    ///
    /// - Parameters:
    ///   - report: The scenario.
    ///   - landing: What landed; `nil` where no database was read.
    ///   - isWhole: Whether every probe attempt, every row and the first thousand requests get their lines, as in a file.
    ///   - width: The columns that a line may take, the indentation included.
    init(
        _ report: ScenarioReport,
        landing: LandingSummary?,
        isWhole: Bool,
        width: Int = TerminalStyle.documentColumns
    ) {
        self.report = report
        self.summary = landing
        self.isWhole = isWhole
        self.width = width - Self.indentation
    }

    /// The lines, indented below the scenario's own.
    ///
    /// - Complexity: O(*n*) in everything that was observed.
    var lines: [StyledLine] {
        let sections = [
            intent, start, figures, process, picture, timeline, platformLog, serviceLog, answers, landing, rows,
            receipts,
            checks,
        ]
        let filled = sections.filter { !$0.isEmpty }
        return filled.flatMap { $0 + [StyledLine()] }.map { $0.spans.isEmpty ? $0 : $0.indented(by: Self.indentation) }
    }

    private var intent: [StyledLine] {
        var lines = StyledLine.wrapping(report.teaches, columns: width, role: .faint)
        if let defect = report.showsDefect {
            lines += StyledLine.wrapping("Shows a defect, on purpose: \(defect)", columns: width, role: .doubtful)
        }
        return lines + StyledLine.wrapping(report.setup.phrase, columns: width)
    }

    private var start: [StyledLine] {
        guard let startup = report.startup else { return [] }
        var head = StyledLine("start  ", .faint)
        head.append(startup.outcome, .strong)
        if let at = startup.at { head.append(" at \(Figures.virtual(at))") }
        if startup.outcome != "refused" { head.append(" after \(Figures.count(startup.attempts, "probe attempt"))") }
        var lines = [head]
        if let reason = startup.reason { lines += StyledLine.wrapping(reason, columns: width) }
        for life in startup.lives ?? [] { lines += StyledLine.wrapping(life.phrase, columns: width, role: .bad) }
        for violation in startup.violations {
            let role: StyledLine.Role = violation.severity == "error" ? .bad : .doubtful
            let text = "\(violation.severity) \(violation.rule), \(violation.field): \(violation.reason)"
            lines += StyledLine.wrapping(text, columns: width, role: role)
        }
        return lines
    }

    private var figures: [StyledLine] {
        guard let startup = report.startup, startup.outcome != "refused" else { return [] }
        var table = TextTable(columns: [.init(""), .init("", .right), .init("", isFlexible: true)])
        func add(_ name: String, _ seconds: Double?, _ remark: String = "") {
            let time = seconds.map { StyledLine(Figures.virtual($0)) } ?? StyledLine("none", .faint)
            table.append([StyledLine(name), time, StyledLine(seconds == nil ? "" : remark, .faint)])
        }
        add("listens at", startup.listening)
        add("ready_basic at", startup.readyBasic)
        add("ready_full at", startup.readyFull)
        add("first answer with rows at", startup.firstRows)
        add("first good recommendation at", startup.firstGoodRecommendation, "the first answer with both models' rows")
        add("detection lag", startup.detectionLag, "from the first moment the probe could pass until it did")
        add("kill margin", startup.killMargin?.spare, startup.killMargin.map(Self.words) ?? "")
        let gap = "the probe had said yes while /recommend could not serve"
        add("probe truth gap", startup.probeTruthGap, startup.probeTruthGapIsOpen ? gap + ", and still" : gap)
        return table.lines(width: width)
    }

    private var process: [StyledLine] {
        (report.process?.lines ?? []).flatMap { StyledLine.wrapping($0, columns: width) }
    }

    private static func words(_ margin: StartupReport.Margin) -> String {
        if margin.unbounded { return "the load could be slower by any factor" }
        guard let factor = margin.factor else { return "no change of speed would change the outcome" }
        let text = Figures.fixed(factor, decimals: 3)
        return factor < 1 ? "survives with stages \(text) times as long" : "survives stages \(text) times as long"
    }

    private var picture: [StyledLine] {
        StartupPicture(report.timeline, width: width).lines
    }

    private var timeline: [StyledLine] {
        let requests = report.timeline.count { $0.kind == .request }
        var shown = 0
        let entries = report.timeline.filter { entry in
            guard entry.kind == .request else { return true }
            shown += 1
            return shown <= Self.requestLimit
        }
        return TimelineText(entries, width: width, collapsesProbes: !isWhole).lines
            + more(requests - Self.requestLimit, "request")
    }

    private var platformLog: [StyledLine] {
        guard !report.platformLog.isEmpty else { return [] }
        let lines = report.platformLog.flatMap { line in
            let role: StyledLine.Role =
                switch line.severity {
                case "ERROR": .bad
                case "WARNING": .doubtful
                default: .plain
                }
            let text = line.text + (line.isVerified ? "" : " [wording unverified]")
            return StyledLine.wrapping(text, columns: width - 9).enumerated()
                .map { index, text in
                    var styled = StyledLine(index == 0 ? line.severity : "", role)
                    styled.pad(to: 9)
                    styled.append(text)
                    return styled
                }
        }
        return [StyledLine("what the platform logs", .faint)] + lines
    }

    private var serviceLog: [StyledLine] {
        guard let log = report.serviceLog else { return [] }
        let lines = log.suffix(isWhole ? log.count : Self.rowLimit)
            .flatMap { line in
                StyledLine.wrapping(line.text, columns: width - 12).enumerated()
                    .map { index, text in
                        var styled = StyledLine(index == 0 ? Figures.virtual(line.at) : "", .faint)
                        styled.pad(to: 12)
                        styled.append(text)
                        return styled
                    }
            }
        return [StyledLine("what the service logs", .faint)] + lines
    }

    private var answers: [StyledLine] {
        guard !report.answers.isEmpty else { return [] }
        var table = TextTable(columns: [
            .init("request", .right), .init("session"), .init("at", .right), .init("answered", .right), .init("status"),
            .init("state"), .init("svd", .right), .init("p5", .right), .init("", isFlexible: true),
        ])
        let shown = report.answers.prefix(isWhole ? Self.requestLimit : Self.rowLimit)
        for answer in shown {
            table.append([
                StyledLine(String(answer.request)), StyledLine(String(answer.session.prefix(8))),
                StyledLine(Figures.virtual(answer.arrivedAt)), StyledLine(Figures.virtual(answer.finishedAt)),
                StyledLine(answer.status.map(String.init) ?? "none", answer.status == 200 ? .good : .bad),
                StyledLine(answer.state?.rawValue ?? "–"), StyledLine(answer.svdSaved.map(String.init) ?? "–"),
                StyledLine(answer.p5Saved.map(String.init) ?? "–"),
                StyledLine((answer.error.map { [$0] } ?? answer.notes).joined(separator: "; "), .faint),
            ])
        }
        return table.lines(width: width) + more(report.answers.count - shown.count, "request")
    }

    private var landing: [StyledLine] {
        LandingTable(summary.map { [$0] } ?? [], isAlone: true).lines(width: width)
    }

    private var rows: [StyledLine] {
        guard let ledger = report.ledger else { return [] }
        var head = StyledLine("rows  ", .faint)
        for (index, (count, name)) in ledger.counts.named.enumerated() {
            if index > 0 { head.append(" · ", .faint) }
            let role: StyledLine.Role =
                count == 0
                ? .faint
                : name == "landed" ? .good : ["not judged", "late", "in flight"].contains(name) ? .doubtful : .bad
            head.append("\(count) \(name)", role)
        }
        guard !ledger.rows.isEmpty else { return [head] }
        var table = TextTable(columns: [
            .init("verdict"), .init("session"), .init("phase", .right), .init("model"), .init("rank", .right),
            .init("movie"), .init("", isFlexible: true),
        ])
        let shown = isWhole ? ledger.rows : Array(ledger.rows.prefix(Self.rowLimit))
        for row in shown {
            table.append([
                StyledLine(row.verdict, .bad), StyledLine(String(row.session.prefix(8))), StyledLine(String(row.phase)),
                StyledLine(row.model), StyledLine(row.rank.map(String.init) ?? "–"), StyledLine(row.movie),
                StyledLine(row.text),
            ])
        }
        return [head] + table.lines(width: width) + more(ledger.rows.count - shown.count, "row")
    }

    private var receipts: [StyledLine] {
        report.receipts.flatMap { receipt in
            StyledLine.wrapping("fault \(receipt.fault) fired: \(receipt.evidence)", columns: width)
        }
    }

    private var checks: [StyledLine] {
        let passed = report.verdicts.filter { $0.outcome == .passed }
        let widest = min(40, width / 2 - 4)
        let margin = 4 + passed.reduce(0) { max($0, min(widest, DisplayWidth.of($1.check.printable))) }
        let lines = passed.flatMap { verdict in
            StyledLine.wrapping(verdict.message, columns: width - margin, role: .faint).enumerated()
                .map { index, text in
                    var line = StyledLine(index == 0 ? "✓ " : "", .good)
                    if index == 0 { line.append(verdict.check.truncated(toColumns: widest)) }
                    line.pad(to: margin)
                    line.append(text)
                    return line
                }
        }
        let notes = VerdictNotes(report, of: nil).lines(limit: .max, width: width)
        return lines + notes
    }

    private func more(_ count: Int, _ noun: String) -> [StyledLine] {
        guard count > 0 else { return [] }
        return [StyledLine("and \(Figures.count(count, "more " + noun)), all of them in the report folder", .faint)]
    }
}

extension LedgerReport.Counts {
    /// The counts with their names, in the order in which they are printed.
    var named: [(count: Int, name: String)] {
        let rare = [(late, "late"), (staleModel, "stale model"), (invisible, "invisible"), (inFlight, "in flight")]
        return [
            (landed, "landed"), (lost, "lost"), (duplicate, "duplicate"), (phantom, "phantom"),
            (reordered, "reordered"), (wrongScore, "wrong score"),
        ] + rare.filter { $0.0 > 0 } + [(unjudged, "not judged")]
    }
}
