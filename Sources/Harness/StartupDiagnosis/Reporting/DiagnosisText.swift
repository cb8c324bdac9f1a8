import Checks
package import Reports

/// A diagnosis as text for people.
package struct DiagnosisText {
    private let width: Int

    /// Creates the layout.
    ///
    /// - Parameter width: The columns that a line may take.
    package init(width: Int = TerminalStyle.documentColumns) {
        self.width = width
    }

    /// Writes a diagnosis, one subject after the other.
    ///
    /// - Parameters:
    ///   - diagnosis: The diagnosis.
    ///   - write: Takes the lines of each subject, and those at the end.
    /// - Throws: As `write` does.
    /// - Complexity: O(*n*) in the verdicts and their evidence.
    package func write(
        _ diagnosis: LogDiagnosis,
        to write: ([StyledLine]) throws(ReportError) -> Void
    ) throws(ReportError) {
        var (died, open) = (0, 0)
        for finding in diagnosis.findings {
            let entry = DiagnosisDocument.Entry(finding, files: diagnosis.files)
            died += entry.died == true ? 1 : 0
            open += entry.died == nil ? 1 : 0
            try write(lines(entry) + [StyledLine()])
        }
        try write(unread(diagnosis.notes) + [closing(diagnosis, died: died, open: open)])
    }

    private func lines(_ entry: DiagnosisDocument.Entry) -> [StyledLine] {
        let (mark, role): (String, StyledLine.Role) =
            switch entry.died {
            case true?: ("✗", .bad)
            case false?: ("✓", .good)
            case nil: ("?", .doubtful)
            }
        var head = StyledLine(mark + " ", role).appending(entry.subject.text, .strong)
        head.append(": ")
        head.append(entry.verdict.rawValue, role)
        head.append(" (\(entry.certainty.rawValue))", .faint)
        var lines = head.broken(toColumns: width) + wrapped(entry.cause)
        for evidence in entry.evidence {
            var place = StyledLine("\(evidence.file):\(evidence.line):\(evidence.column)", .faint).indented(by: 2)
            // Terminals and editors link a place that is in one line.
            place.staysWhole = true
            lines.append(place)
            lines += StyledLine.wrapping(evidence.text.prefixedText, columns: width - 4).map { $0.indented(by: 4) }
        }
        lines += stages(entry.timeline)
        if let against = entry.against { lines += wrapped("against: \(against)", .faint) }
        if let decide = entry.decide { lines += wrapped("look up: \(decide)", .doubtful) }
        return lines
    }

    private func stages(_ timeline: DiagnosisDocument.Timeline) -> [StyledLine] {
        let known = timeline.stages.filter { $0.seconds > 0 }
        guard !known.isEmpty else { return [] }
        var table = TextTable(columns: [.init("stage", isFlexible: true), .init("seconds", .right), .init("ended")])
        for stage in known.prefix(20) {
            table.append([
                StyledLine(stage.name), StyledLine(Figures.fixed(stage.seconds, decimals: 3)),
                StyledLine(stage.end ?? "", .faint),
            ])
        }
        return table.lines(width: width - 2).map { $0.indented(by: 2) }
    }

    private func unread(_ notes: [ReadingNote]) -> [StyledLine] {
        notes.flatMap { note in
            StyledLine.wrapping(
                "not read: \(note.file):\(note.line):\(note.column): \(note.message)",
                columns: width,
                role: .doubtful
            )
        }
    }

    private func closing(_ diagnosis: LogDiagnosis, died: Int, open: Int) -> StyledLine {
        let code = diagnosis.exitCode.rawValue
        var text = Figures.count(diagnosis.findings.count, "subject")
        text += " in \(Figures.count(diagnosis.entries, "entry", "entries")), \(died) died or never started"
        if open > 0 { text += ", \(open) not known" }
        let role: StyledLine.Role = code == 0 ? .good : code == 7 ? .doubtful : .bad
        return StyledLine("\(text), exit code \(code)", role)
    }

    private func wrapped(_ text: String, _ role: StyledLine.Role = .plain) -> [StyledLine] {
        StyledLine.wrapping(text, columns: width - 2, role: role).map { $0.indented(by: 2) }
    }
}

extension String {
    /// The text in one line, at most 400 characters of it.
    fileprivate var prefixedText: String {
        let line = String(map { $0.isNewline ? " " : $0 })
        return line.count > 400 ? line.prefix(400) + "…" : line
    }
}
