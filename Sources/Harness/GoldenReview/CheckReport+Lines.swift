import Domain
import Goldens
package import Reports

extension CheckReport {
    /// How many sessions are named one by one.
    private static let shown = 10

    /// The report for people.
    ///
    /// - Returns: What was compared, what differs by its class, what the golden lacks, what nothing was compared with, and
    ///   what to do next.
    /// - Complexity: O(*n*) in the number of differences.
    package func lines(width: Int) -> [StyledLine] {
        let golden = check.golden
        var lines = [
            StyledLine(golden.file, .strong)
                .appending("  made by \(golden.header.maker), compared with \(maker)", .faint)
        ]
        lines += [golden.caution].compactMap(\.self).map { StyledLine($0, .doubtful) }
        lines += notes.map { StyledLine($0, .doubtful) }
        lines.append(counts)
        lines += table(width: width)
        lines += named(check.missing, "the golden lacks", .bad)
        switch unreferenced {
        case .found(let sessions):
            lines += named(sessions, "nothing was compared with", rejectsUnreferenced ? .bad : .doubtful)
        case .notLookedFor(let reason):
            lines.append(StyledLine("stale sessions were not looked for: \(reason)", .faint))
        }
        return (lines + next).flatMap { $0.broken(toColumns: width) }
    }

    private var counts: StyledLine {
        var line = StyledLine("\(check.equal) of \(Figures.count(check.compared, "session")) as in the golden")
        var why: [String] = []
        if check.ranksExplainedByTies > 0 {
            why.append("\(Figures.count(check.ranksExplainedByTies, "rank")) swapped inside ties")
        }
        if check.ranksWithinTolerance > 0 {
            why.append("\(Figures.count(check.ranksWithinTolerance, "rank")) moved as the golden's tolerance allows")
        }
        if check.textExceptions > 0 {
            why.append("\(Figures.count(check.textExceptions, "text")) accepted for their small logit gap")
        }
        if !why.isEmpty { line.append(", only because of \(why.joined(separator: " and "))", .doubtful) }
        return line
    }

    private func table(width: Int) -> [StyledLine] {
        guard !entries.isEmpty else { return [] }
        var table = TextTable(columns: [.init("risk"), .init("session"), .init("what differs", isFlexible: true)])
        for entry in entries.prefix(Self.shown) {
            let isRejected = entry.status == .rejected
            table.append([
                StyledLine(entry.risk.rawValue, entry.risk.role), StyledLine(entry.id),
                StyledLine((isRejected ? "rejected: " : "") + entry.summary, isRejected ? .bad : .plain),
            ])
        }
        let hidden = entries.count - Self.shown
        return table.lines(width: width) + (hidden > 0 ? [StyledLine("and \(hidden) more", .faint)] : [])
    }

    private func named(_ sessions: [SessionID], _ what: String, _ role: StyledLine.Role) -> [StyledLine] {
        guard !sessions.isEmpty else { return [] }
        let named = sessions.prefix(3).map(\.text).joined(separator: ", ") + (sessions.count > 3 ? ", …" : "")
        return [StyledLine("\(what) \(Figures.count(sessions.count, "session")): \(named)", role)]
    }

    private var next: [StyledLine] {
        let open = entries.count { $0.status == .open }
        var lines: [StyledLine] = []
        if earlier > 0 {
            lines.append(
                StyledLine("\(Figures.count(earlier, "difference")) of earlier checks stay pending", .doubtful)
            )
        }
        guard open > 0 else { return lines }
        guard let pendingPath else {
            return lines + [StyledLine("\(Figures.count(open, "difference")), and nothing is written in CI", .bad)]
        }
        lines.append(StyledLine("\(Figures.count(open, "difference")) pending in \(pendingPath)", .doubtful))
        var command = StyledLine("look at them: coldstart golden review \(check.golden.file)")
        command.staysWhole = true
        return lines + [command]
    }
}
