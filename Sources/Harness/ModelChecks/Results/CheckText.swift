import Domain
package import Reports

/// The checks of a bundle as text for people.
package struct CheckText {
    private let document: CheckDocument
    private let width: Int

    /// Creates the text of a document.
    ///
    /// - Parameters:
    ///   - document: The document.
    ///   - width: The columns that a line may take.
    package init(_ document: CheckDocument, width: Int = TerminalStyle.documentColumns) {
        self.document = document
        self.width = width
    }

    /// The lines.
    ///
    /// - Complexity: O(*n*) in the number of checks and failures.
    package var lines: [StyledLine] { head + document.checks.flatMap(lines) + [StyledLine()] + closing }

    /// The names of checks with what they assert, for `--list`.
    ///
    /// - Parameters:
    ///   - checks: The checks.
    ///   - width: The columns that a line may take.
    /// - Returns: The lines.
    package static func list(_ checks: [ModelCheck], width: Int) -> [StyledLine] {
        let entries = checks.map { check in
            (name: check.id, note: Optional(check.models == .both ? "SVD and P5" : "SVD"), meaning: check.assertion)
        }
        return StyledLine.names(entries, columns: width)
    }

    private var head: [StyledLine] {
        let sessions = Figures.count(document.sessionsInFile, "session")
        func scope(_ limit: Int) -> String {
            limit < document.sessionsInFile
                ? "the first \(limit) of \(sessions) that SVD can rank" : "all of \(sessions)"
        }
        let what =
            "\(Figures.count(document.movies, "movie")), \(document.settings). Checks of SVD alone look at "
            + "\(scope(document.limits.svd)), those with P5 at \(scope(document.limits.p5))."
        return StyledLine.wrapping(document.bundle, columns: width, role: .strong)
            + StyledLine.wrapping(what, columns: width, role: .faint)
            + (document.precision?.lines ?? [])
            .flatMap { StyledLine.wrapping($0, columns: width, role: .faint) } + [StyledLine()]
    }

    private func lines(_ check: CheckDocument.Check) -> [StyledLine] {
        let name = check.id.padding(to: 18)
        var lines: [StyledLine]
        switch check.result {
        case "passed": lines = line("✓ ", .good, name, extent(check))
        case "failed":
            let looked = Figures.count(check.sessions.count, "session")
            lines = line("✗ ", .bad, name, "failed for \(check.failedSessions.count) of \(looked)")
            lines += StyledLine.indented("asserts: " + check.asserts, columns: width)
            lines += check.failures.flatMap(self.lines)
            let hidden = check.failedSessions.dropFirst(check.failures.count)
            if !hidden.isEmpty {
                let names = "and \(hidden.count) more: " + hidden.joined(separator: ", ")
                lines += StyledLine.indented(names, columns: width, role: .faint)
            }
        case "not_applicable": lines = line("- ", .faint, name, "not applicable: \(check.reason ?? "")")
        case "inconclusive": lines = line("? ", .doubtful, name, "no verdict: \(check.reason ?? "")")
        default: lines = line("✗ ", .bad, name, "could not be made: \(check.reason ?? "")")
        }
        let gaps = check.passedOver.filter { $0.text != check.reason || $0.sessions > 1 }
            .map { "not looked at: \(Figures.count($0.sessions, "session")): \($0.text)" }
        let remarks = check.remarks.map { "\(Figures.count($0.sessions, "session")): \($0.text)" }
        return lines
            + (gaps + remarks)
            .flatMap { StyledLine.indented($0, columns: width, role: .faint) }
    }

    private func extent(_ check: CheckDocument.Check) -> String {
        let ties = check.swappedInTies > 0 ? ", \(Figures.count(check.swappedInTies, "rank")) swapped in ties" : ""
        return "\(Figures.count(check.sessions.count, "session")), "
            + "\(Figures.count(check.comparisons, "comparison"))\(ties) (\(Figures.wall(check.seconds)))"
    }

    private func lines(_ failure: CheckDocument.Failure) -> [StyledLine] {
        var lines = StyledLine.indented("session \(failure.session): \(failure.found)", columns: width)
        guard let input = failure.input, let trials = failure.trials else {
            let text = "looked at once more, the same session did not fail: it does not rank the same each time"
            return lines + StyledLine.indented(text, columns: width, by: 6)
        }
        let ratings = input.ratings.map { "\($0.movie_id): \(Self.number($0.rating))" }.joined(separator: ", ")
        let beside = failure.needsOtherSessions == true ? ", beside the other sessions" : ""
        let text =
            "smallest input, \(input.ratings.count) of \(Figures.count(failure.ratings, "rating")) "
            + "(\(Figures.count(trials, "trial")))\(beside): \(ratings)"
        lines += StyledLine.indented(text, columns: width, by: 6)
        if let found = failure.foundInInput, found != failure.found {
            lines += StyledLine.indented("there: \(found)", columns: width, by: 6, role: .faint)
        }
        return lines
    }

    private func line(_ mark: String, _ role: StyledLine.Role, _ name: String, _ text: String) -> [StyledLine] {
        let indent = 2 + name.count + 2
        return StyledLine.wrapping(text, columns: width - indent).enumerated()
            .map { index, rest in
                guard index == 0 else { return rest.indented(by: indent) }
                var line = StyledLine(mark, role).appending(name, .strong).appending("  ")
                line.append(rest)
                return line
            }
    }

    private var closing: [StyledLine] {
        let names = [
            ("passed", "passed"), ("failed", "failed"), ("inconclusive", "without a verdict"),
            ("broken", "could not be made"), ("not_applicable", "not applicable"),
        ]
        let counts = names.compactMap { result, words -> String? in
            let count = document.checks.count { $0.result == result }
            return count > 0 ? "\(count) \(words)" : nil
        }
        return StyledLine.closing(counts.joined(separator: ", "), exitCode: document.exitCode, columns: width)
    }

    /// A rating as people write it.
    private static func number(_ value: Double) -> String {
        value.rounded() == value && abs(value) < 1e6 ? String(Int(value)) : String(value)
    }
}

extension String {
    /// The text with spaces behind it up to a number of columns.
    fileprivate func padding(to columns: Int) -> String {
        self + String(repeating: " ", count: max(0, columns - count))
    }
}
