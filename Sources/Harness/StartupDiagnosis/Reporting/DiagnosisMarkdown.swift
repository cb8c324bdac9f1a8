import Reports

/// A diagnosis as Markdown, for a ticket or a step summary.
struct DiagnosisMarkdown {
    private let document: DiagnosisDocument

    /// Creates the Markdown form of a document.
    init(_ document: DiagnosisDocument) {
        self.document = document
    }

    /// The text.
    ///
    /// - Complexity: O(*n*) in the verdicts and their evidence.
    var text: String {
        var lines = ["# Startup diagnosis", "", "| subject | verdict | certainty | cause |", "|---|---|---|---|"]
        lines += document.verdicts.map { entry in
            let cells = [entry.subject.text, entry.verdict.rawValue, entry.certainty.rawValue, entry.cause]
            return "| " + cells.map(MarkdownText.escaped).joined(separator: " | ") + " |"
        }
        for entry in document.verdicts {
            lines += [
                "", "## \(MarkdownText.escaped(entry.subject.text)): \(entry.verdict.rawValue)", "",
                MarkdownText.escaped(entry.cause),
            ]
            if !entry.evidence.isEmpty { lines.append("") }
            lines += entry.evidence.map { "- `\($0.file):\($0.line):\($0.column)` \(MarkdownText.escaped($0.text))" }
            if let against = entry.against { lines += ["", "Against: \(MarkdownText.escaped(against))"] }
            if let decide = entry.decide { lines += ["", "Look up: \(MarkdownText.escaped(decide))"] }
        }
        if !document.unread.isEmpty {
            lines += ["", "## Not read", ""]
            lines += document.unread.map {
                "- `\($0.file):\($0.line):\($0.column)` \(MarkdownText.escaped($0.message))"
            }
        }
        return lines.joined(separator: "\n") + "\n"
    }
}
