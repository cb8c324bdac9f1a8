package import Reports

/// A diagnosis as text for people.
package struct DiagnosisText {
    private let document: DiagnosisDocument
    private let width: Int

    /// Creates the text of a document.
    ///
    /// - Parameters:
    ///   - document: The document.
    ///   - width: The columns that a line may take.
    package init(_ document: DiagnosisDocument, width: Int = TerminalStyle.documentColumns) {
        self.document = document
        self.width = width
    }

    /// The lines.
    ///
    /// - Complexity: O(*n*) in the verdicts and their evidence.
    package var lines: [StyledLine] {
        document.verdicts.flatMap { lines($0) + [StyledLine()] } + unread + [closing]
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

    private var unread: [StyledLine] {
        document.unread.flatMap { note in
            StyledLine.wrapping(
                "not read: \(note.file):\(note.line):\(note.column): \(note.message)",
                columns: width,
                role: .doubtful
            )
        }
    }

    private var closing: StyledLine {
        let died = document.verdicts.count { $0.died == true }
        let open = document.verdicts.count { $0.died == nil }
        var text = Figures.count(document.verdicts.count, "subject")
        text += " in \(Figures.count(document.entries, "entry", "entries")), \(died) died or never started"
        if open > 0 { text += ", \(open) not known" }
        let role: StyledLine.Role = document.exitCode == 0 ? .good : document.exitCode == 7 ? .doubtful : .bad
        return StyledLine("\(text), exit code \(document.exitCode)", role)
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
