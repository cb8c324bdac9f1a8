package import Checks
package import Domain
package import Goldens

/// What `golden check` found, with the code that it exits with.
package struct CheckReport: Sendable {
    /// How the sessions that nothing was compared with were looked for.
    package enum Unreferenced: Hashable, Sendable {
        /// They are these.
        case found([SessionID])
        /// Only a part of the sessions was asked for, so that the others say nothing.
        case notLookedFor(reason: String)
    }

    /// The comparison.
    package let check: GoldenCheck
    /// The program that made the rankings of now.
    package let maker: GoldenMaker
    /// The entries of this check: files first, then sessions; what somebody rejected before is rejected.
    package let entries: [PendingEntry]
    /// How many further entries the file of pending differences has from earlier checks.
    package let earlier: Int
    /// The golden's sessions that nothing was compared with.
    package let unreferenced: Unreferenced
    /// Whether such sessions fail.
    package let rejectsUnreferenced: Bool
    /// The file that the entries were written to; `nil` where nothing is written, as in CI.
    package let pendingPath: String?
    /// What is to be known beside that, such as files that were not looked at.
    package let notes: [String]

    /// Creates a report.
    package init(
        check: GoldenCheck,
        maker: GoldenMaker,
        entries: [PendingEntry],
        earlier: Int = 0,
        unreferenced: Unreferenced,
        rejectsUnreferenced: Bool = false,
        pendingPath: String?,
        notes: [String] = []
    ) {
        self.check = check
        self.maker = maker
        self.entries = entries
        self.earlier = earlier
        self.unreferenced = unreferenced
        self.rejectsUnreferenced = rejectsUnreferenced
        self.pendingPath = pendingPath
        self.notes = notes
    }

    /// Every code that the check gives cause for.
    ///
    /// A session that the golden lacks, a difference that somebody rejected, and any difference where nothing is kept for
    /// a person to look at have failed; other differences are pending.
    package var causes: Set<ExitCode> {
        var causes: Set<ExitCode> = [check.compared == 0 ? .inconclusive : .passed]
        if !check.missing.isEmpty || entries.contains(where: { $0.status == .rejected }) {
            causes.insert(.expectationFailed)
        }
        if entries.contains(where: { $0.status == .open }) {
            causes.insert(pendingPath == nil ? .expectationFailed : .goldensPending)
        }
        if rejectsUnreferenced, case .found(let sessions) = unreferenced, !sessions.isEmpty {
            causes.insert(.expectationFailed)
        }
        return causes
    }

    /// The code that the command exits with.
    package var exitCode: ExitCode { .combining(causes) }
}
