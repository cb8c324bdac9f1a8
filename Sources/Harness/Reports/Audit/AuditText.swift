/// The audit as text for people.
package struct AuditText {
    private let document: AuditDocument
    private let width: Int

    /// Creates the text of a document.
    ///
    /// - Parameters:
    ///   - document: The audit.
    ///   - width: The columns that a line may take.
    package init(_ document: AuditDocument, width: Int = TerminalStyle.documentColumns) {
        self.document = document
        self.width = width
    }

    /// The lines.
    ///
    /// - Complexity: O(*n*) in the number of examples.
    package var lines: [StyledLine] {
        [head, summary, visitors, findings, [closing]].joined(separator: [StyledLine()]).map { $0 }
    }

    private var head: [StyledLine] {
        let role = document.role.map { ", as the role \($0) sees them" } ?? ""
        let what =
            "\(Figures.count(document.rows, "row")) of \(Figures.count(document.sessions, "session")), "
            + "phase \(document.phase)\(role), read in \(Figures.wall(document.seconds))"
        return StyledLine.wrapping(document.database, columns: width, role: .strong)
            + StyledLine.wrapping(what, columns: width)
    }

    private var summary: [StyledLine] {
        guard !document.summary.isEmpty else { return ["the table recommendations is empty"] }
        var table = TextTable(columns: [
            .init("model", isFlexible: true), .init("phase", .right), .init("rows", .right), .init("sessions", .right),
        ])
        for line in document.summary {
            table.append([
                StyledLine(line.model ?? "NULL"), StyledLine(line.phase.map(Self.text) ?? "NULL"),
                StyledLine(String(line.rows)), StyledLine(String(line.sessions)),
            ])
        }
        return table.lines(width: width)
    }

    private var visitors: [StyledLine] {
        let visitors = document.visitors
        var table = TextTable(columns: [.init("visitors"), .init("", .right), .init("", isFlexible: true)])
        table.append(["asked for recommendations", StyledLine(String(visitors.asked)), ""])
        table.append(["see their own", StyledLine(String(visitors.own)), StyledLine(withoutP5, .faint)])
        let role: StyledLine.Role = visitors.fallback > 0 ? .bad : .plain
        let reasons =
            visitors.fallback == 0
            ? ""
            : "\(visitors.fallbackWithoutRows) without rows, \(visitors.fallbackDespiteRows) whose rows are not shown"
        table.append([
            StyledLine("see the silent fallback", role), StyledLine(String(visitors.fallback), role),
            StyledLine(reasons, .faint),
        ])
        return table.lines(width: width)
    }

    private var withoutP5: String {
        let count = document.visitors.withoutP5
        let withRows = document.visitors.asked - document.visitors.fallbackWithoutRows
        if count > 1, count == withRows { return "none has rows of P5: see /health for why P5 does not rank" }
        return count == 0 ? "" : "\(Figures.count(count, "visitor")) have rows of SVD alone"
    }

    private var findings: [StyledLine] {
        let wrong = document.classes.filter { $0.count > 0 }
        let sound = document.classes.filter { $0.count == 0 }.map { $0.name.replacing("_", with: " ") }
        var lines = wrong.flatMap(lines)
        if !sound.isEmpty {
            let names = (wrong.isEmpty ? "none: " : "no other: ") + sound.joined(separator: ", ")
            for (index, line) in StyledLine.wrapping(names, columns: width - 2, role: .faint)
                .enumerated()
            {
                var marked = StyledLine(index == 0 ? "✓ " : "  ", .good)
                marked.append(line)
                lines.append(marked)
            }
        }
        return lines
    }

    private func lines(_ group: AuditDocument.Group) -> [StyledLine] {
        let unit = group.count == 1 ? String(group.unit.dropLast()) : group.unit
        var head = StyledLine("✗ ", .bad)
        head.append(group.name.replacing("_", with: " "), .strong)
        head.append("  \(group.count) \(unit)", .bad)
        let width = self.width - 6
        var lines = [head]
        lines += StyledLine.wrapping(group.meaning, columns: width).map { $0.indented(by: 4) }
        lines += StyledLine.wrapping("do: " + group.advice, columns: width).map { $0.indented(by: 4) }
        for example in group.examples {
            let session = example.session.map { "session \($0)" } ?? "no session"
            let model = example.model.map { " \($0)" } ?? ""
            lines += StyledLine.wrapping("\(session)\(model): \(example.text)", columns: width, role: .faint)
                .map { $0.indented(by: 6) }
        }
        let hidden = group.count - group.examples.count
        if hidden > 0, !group.examples.isEmpty { lines.append(StyledLine("      and \(hidden) more", .faint)) }
        return lines
    }

    private var closing: StyledLine {
        let wrong = document.classes.filter { $0.count > 0 }
        guard !wrong.isEmpty else { return StyledLine("nothing is wrong", .good) }
        let findings = Figures.count(wrong.reduce(0) { $0 + $1.count }, "finding")
        return StyledLine("\(findings) in \(Figures.count(wrong.count, "class", "classes")), exit code 5", .bad)
    }

    /// A phase, or that it is no number.
    private static func text(_ phase: Int) -> String { phase == .min ? "no number" : String(phase) }
}
