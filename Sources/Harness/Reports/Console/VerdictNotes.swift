package import Checks

/// What checks that passed still have to say, such as places that differ within a tie and texts accepted for their gap.
package struct VerdictNotes {
    private let verdicts: [VerdictReport]

    /// Gathers the notes of a scenario.
    ///
    /// - Parameters:
    ///   - report: The scenario.
    ///   - subject: The only subject whose notes are wanted, `nil` for all.
    package init(_ report: ScenarioReport, of subject: Verdict.Subject?) {
        verdicts = report.verdicts.filter {
            $0.outcome == .passed && !$0.details.isEmpty && (subject == nil || $0.subject == subject)
        }
    }

    /// Lays the notes out under the names of their checks.
    ///
    /// - Parameters:
    ///   - limit: The most notes of one check.
    ///   - width: The columns that a line may take.
    /// - Returns: The lines; none where nothing is to be said.
    /// - Complexity: O(*n*) in the length of the notes.
    package func lines(limit: Int, width: Int) -> [StyledLine] {
        verdicts.flatMap { verdict in
            let shown = verdict.details.prefix(limit)
            let hidden = verdict.details.count - shown.count
            let notes = shown + (hidden > 0 ? ["and \(hidden) more (-v shows all)"] : [])
            return [StyledLine(verdict.check + " passed, and notes", .faint)]
                + notes.flatMap { note in
                    StyledLine.wrapping(note, columns: width - 4, role: .doubtful).map { $0.indented(by: 4) }
                }
        }
    }
}
