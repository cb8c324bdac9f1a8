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
            return "| " + cells.map(Self.cell).joined(separator: " | ") + " |"
        }
        for entry in document.verdicts {
            lines += ["", "## \(Self.cell(entry.subject.text)): \(entry.verdict.rawValue)", "", Self.cell(entry.cause)]
            if !entry.evidence.isEmpty { lines.append("") }
            lines += entry.evidence.map { "- `\($0.file):\($0.line):\($0.column)` \(Self.cell($0.text))" }
            if let against = entry.against { lines += ["", "Against: \(Self.cell(against))"] }
            if let decide = entry.decide { lines += ["", "Look up: \(Self.cell(decide))"] }
        }
        if !document.unread.isEmpty {
            lines += ["", "## Not read", ""]
            lines += document.unread.map { "- `\($0.file):\($0.line):\($0.column)` \(Self.cell($0.message))" }
        }
        return lines.joined(separator: "\n") + "\n"
    }

    /// A text in one line, without what Markdown and HTML take for marks.
    private static func cell(_ text: String) -> String {
        var result = ""
        for character in text {
            switch character {
            case "|", "\\", "`", "*", "_", "[", "]", "#": result += "\\\(character)"
            case "<": result += "&lt;"
            case "&": result += "&amp;"
            case _ where character.isNewline: result += " "
            default: result.append(character)
            }
        }
        return result
    }
}
