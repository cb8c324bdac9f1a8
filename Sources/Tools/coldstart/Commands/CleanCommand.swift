import ArgumentParser
import DatabaseHarness
import PostgresClient
import Reports

/// `coldstart db clean`: removes the sessions that Coldstart's own runs have left in a database.
struct CleanCommand: AsyncParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "clean",
        abstract: "Removes the sessions that runs of Coldstart have left in a database, and nothing else.",
        usage: "coldstart db clean [<options>]",
        discussion: """
            A run with --db takes its sessions out again; one that was killed cannot, and the next run does it. Sessions \
            are told by user_sessions.user_id, which Coldstart alone writes; one with ratings or movies of other origin \
            is named and stays. A run that goes on holds a lock, and its sessions stay too. The variable COLDSTART_DB \
            stands in for --db.

            EXAMPLES
              coldstart db clean --db "$DATABASE_URL" --dry-run
              coldstart db clean --db "$DATABASE_URL"

            EXIT CODES
              0 nothing is left over · 2 usage
              3 no connection, another schema, or rows that cannot be removed
            """
    )

    @Option(help: ArgumentHelp("The database.", valueName: "url"))
    var db: String?

    @Flag(help: "Only show what would be removed.")
    var dryRun = false

    @Flag(help: "Also remove what --keep-rows has left, and what a run behind a pooler left less than a day ago.")
    var all = false

    func run() async throws {
        let sessions = OwnSessions(try databaseAddress(db))
        let choice: OwnSessions.Choice = all ? .all : .leftOver
        let dryRun = dryRun
        let result = try await withInterruption {
            do {
                return try await dryRun ? sessions.preview(of: choice) : sessions.remove(choice)
            } catch let error as PostgresError {
                throw CommandEnd.environment("\(error)")
            }
        }
        let verb = dryRun ? "would remove" : "removed"
        let gone = result.removed.map { line($0, dryRun ? "would go" : "removed ", $0.state.rawValue) }
        let left = result.left.map { line($0, "stays   ", $0.state.reasonToStay) }
        let rows = Figures.count(result.removed.reduce(0) { $0 + $1.rows }, "row")
        let closing =
            result.removed.isEmpty
            ? "nothing to remove" : "\(verb) \(Figures.count(result.removed.count, "session")) with \(rows)"
        try Console().write(gone + left + [StyledLine(closing)])
    }

    private func line(_ session: OwnSessions.Session, _ outcome: String, _ reason: String) -> StyledLine {
        StyledLine("\(outcome)  \(session.id)  \(Figures.count(session.rows, "row"))  \(reason)")
    }
}

extension OwnSessions.Session.State {
    /// Why a session of the state stays.
    fileprivate var reasonToStay: String {
        switch self {
        case .leftOver: "its run has ended"
        case .running: "its run goes on"
        case .uncertain: "its run may go on (--all)"
        case .kept: "kept on purpose (--all)"
        case .mixed: "has rows of others"
        }
    }
}
