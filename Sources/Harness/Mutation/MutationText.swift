package import Reports

/// A mutation run as text for people.
package struct MutationText {
    private let document: MutationDocument
    private let width: Int

    /// Creates the text of a document.
    ///
    /// - Parameters:
    ///   - document: The document.
    ///   - width: The columns that a line may take.
    package init(_ document: MutationDocument, width: Int = TerminalStyle.documentColumns) {
        self.document = document
        self.width = width
    }

    /// The lines.
    ///
    /// - Complexity: O(*n*) in the mutants and the checks that failed.
    package var lines: [StyledLine] { head + document.mutants.flatMap(lines) + [StyledLine()] + closing }

    /// The names of mutants with their mistakes, for `--list`.
    ///
    /// - Parameters:
    ///   - mutants: The mutants.
    ///   - width: The columns that a line may take.
    /// - Returns: The lines.
    package static func list(_ mutants: [Mutant], width: Int) -> [StyledLine] {
        StyledLine.names(mutants.map { (name: $0.id, note: nil, meaning: $0.mistake) }, columns: width)
    }

    private var head: [StyledLine] {
        guard !document.setAside.isEmpty else { return [] }
        let text =
            "\(Figures.count(document.setAside.count, "scenario")) set aside, not passing without a mistake: "
            + document.setAside.joined(separator: ", ")
        return StyledLine.wrapping(text, columns: width, role: .doubtful)
    }

    private func lines(_ mutant: MutationDocument.Mutant) -> [StyledLine] {
        func line(_ mark: String, _ role: StyledLine.Role, _ word: String) -> StyledLine {
            var line = StyledLine(mark + " ", role).appending(mutant.id, .strong)
            line.pad(to: 22)
            return line.appending(word, role)
        }
        switch mutant.result {
        case "caught":
            let catching = Set(mutant.caughtBy.map(\.scenario))
            let unnoticed = mutant.changed.filter { !catching.contains($0) }
            let judges = Figures.count(document.scenarios.count, "scenario")
            guard let first = mutant.caughtBy.first else { return [] }
            return [line("✓", .good, "caught in \(catching.count) of \(judges)")]
                + wrapped("\(first.scenario), \(first.check): \(first.message)", .faint)
                + (unnoticed.isEmpty
                    ? [] : wrapped("changed, and not noticed, in \(unnoticed.joined(separator: ", "))", .doubtful))
        case "survived":
            return [line("✗", .bad, "survived")] + wrapped(mutant.mistake)
                + wrapped("changed: \(mutant.changed.joined(separator: ", "))")
                + wrapped("would be caught by \(mutant.remedy)")
        case "inert":
            return [line("-", .faint, "changed no answer, row or ranking: not counted")]
        default:
            return [line("?", .bad, "could not be made")] + wrapped(mutant.reason ?? "a scenario was not run")
        }
    }

    private func wrapped(_ text: String, _ role: StyledLine.Role = .plain) -> [StyledLine] {
        StyledLine.indented(text, columns: width, role: role)
    }

    private var closing: [StyledLine] {
        let counted = document.caught + document.survived
        var text = "\(document.caught) of \(Figures.count(counted, "mutant")) caught"
        if document.inert > 0 { text += ", \(document.inert) set aside that changed nothing" }
        if document.broken > 0 { text += ", \(document.broken) could not be made" }
        return StyledLine.closing(text, exitCode: document.exitCode, columns: width)
    }
}
