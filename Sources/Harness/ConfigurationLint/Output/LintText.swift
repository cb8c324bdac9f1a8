package import Reports

/// A report of the linter for people.
package struct LintText {
    private let report: LintReport
    private let width: Int

    /// Creates the text of a report, in lines of at most so many columns.
    package init(_ report: LintReport, width: Int) {
        self.report = report
        self.width = max(40, width)
    }

    /// The lines.
    package var lines: [StyledLine] {
        report.findings.flatMap(lines) + notes + [closing]
    }

    private func lines(_ finding: LintFinding) -> [StyledLine] {
        var heading = StyledLine("\(finding.location)", .strong)
        heading.append("  ")
        heading.append("\(finding.severity.rawValue) \(finding.rule)", Self.role(finding.severity))
        heading.staysWhole = true
        var lines = [heading]
        lines += StyledLine("  " + finding.message).broken(toColumns: width)
        if let excerpt = finding.excerpt { lines += excerptLines(excerpt, finding) }
        if let fix = finding.fix {
            let word = fix.isCertain ? "write: " : "perhaps: "
            // Of a long line only what changes.
            let isLong = fix.snippet.count > width - 12 && !fix.edits.isEmpty
            let snippet = isLong ? fix.edits.map(\.replacement).joined(separator: " … ") : fix.snippet
            lines += snippet.split(separator: "\n")
                .map { line in
                    var styled = StyledLine("    " + word, .faint)
                    styled.append(String(line).trimmingBlanks, .good)
                    return styled.truncated(toColumns: width)
                }
        }
        return lines + [StyledLine()]
    }

    /// The source line and its caret, in a window of the width.
    private func excerptLines(_ excerpt: String, _ finding: LintFinding) -> [StyledLine] {
        let parts = excerpt.split(separator: "\n", omittingEmptySubsequences: false)
        guard parts.count == 2 else { return [] }
        let room = width - 4
        let caret = parts[1].count - 1
        let start = caret < room - 8 ? 0 : caret - room / 2
        let shown = StyledLine("    " + String(parts[0].dropFirst(start)), .faint).truncated(toColumns: width)
        return [
            shown,
            StyledLine(
                "    " + String(repeating: " ", count: max(0, caret - start)) + "^",
                Self.role(finding.severity)
            ),
        ]
    }

    static func role(_ severity: LintSeverity) -> StyledLine.Role {
        switch severity {
        case .error: .bad
        case .warn: .doubtful
        case .info: .faint
        }
    }

    /// What else there is to know: guesses, suppressions, files with nothing in them.
    private var notes: [StyledLine] {
        var notes: [String] = []
        for result in report.results {
            for platform in result.guessedPlatforms {
                notes.append(
                    "\(result.path) does not say what runs it; taken as \(platform.title): --platform names another"
                )
            }
            for suppressed in result.suppressed {
                let finding = suppressed.finding
                notes.append("\(finding.location) \(finding.rule) is suppressed: \(suppressed.reason)")
            }
        }
        for (path, count) in report.fixed.sorted(by: { $0.key < $1.key }) {
            notes.append("\(path): \(count) \(count == 1 ? "correction" : "corrections") written")
        }
        for call in report.notFollowed {
            notes.append("module \"\(call.module)\" at \(call.file):\(call.line) was not looked at: \(call.reason)")
        }
        for rule in report.unansweredRules { notes.append("\(rule.rule) was not looked at: \(rule.reason)") }
        let none = report.notLookedAt
        if !none.isEmpty {
            let more = none.count > 3 ? " and \(none.count - 3) more" : ""
            notes.append("nothing with probes in " + none.prefix(3).joined(separator: ", ") + more)
        }
        return notes.flatMap { StyledLine($0, .faint).broken(toColumns: width) }
    }

    private var closing: StyledLine {
        func counted(_ number: Int, _ word: String) -> String { "\(number) \(word)\(number == 1 ? "" : "s")" }
        let looked = counted(report.workloads, "workload") + " in " + counted(report.results.count, "file")
        if report.exitCode == 7 {
            return StyledLine("Nothing was looked at: no workload in the files given.", .doubtful)
        }
        var line = StyledLine(
            [counted(report.count(.error), "error"), counted(report.count(.warn), "warning")].joined(separator: ", "),
            report.count(.error) > 0 ? .bad : report.count(.warn) > 0 ? .doubtful : .good
        )
        line.append(", " + counted(report.count(.info), "hint") + "; " + looked)
        return line
    }
}
