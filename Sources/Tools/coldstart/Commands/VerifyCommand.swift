import ArgumentParser
import Checks
import PostgresClient
import Replay
import Reports

/// `coldstart db verify`: says what is wrong with the rows of a database.
struct VerifyCommand: AsyncParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "verify",
        abstract: "Audits the rows of a database, read-only; ends with 5 where anything is wrong.",
        usage: "coldstart db verify [<options>]",
        discussion: """
            Reads one snapshot in a read-only transaction: the incident note's summary, what visitors are shown, and \
            every class of defect with its count, its first examples, what it means and what to do. The variable \
            COLDSTART_DB stands in for --db.

            EXAMPLES
              coldstart db verify --db postgresql://localhost/postgres
              coldstart db verify --db "$DATABASE_URL" --as-role anon \\
                  --format human,json,junit --report-dir audit

            EXIT CODES
              0 nothing is wrong · 2 usage · 3 no connection, or another schema
              5 something is wrong
            """
    )

    @Option(help: ArgumentHelp("The database.", valueName: "url"))
    var db: String?

    @Option(help: ArgumentHelp("The phase of the study whose rows are judged.", valueName: "n"))
    var phase = 2

    @Option(help: ArgumentHelp("How many rows of each model a whole set has.", valueName: "n"))
    var topK = 10

    @Option(help: ArgumentHelp("Compares with what this role sees, such as anon.", valueName: "role"))
    var asRole: String?

    @Option(help: ArgumentHelp("How many examples of each class are shown.", valueName: "n"))
    var limit = 3

    @Option(help: ArgumentHelp("The longest each statement may take, such as 60s.", valueName: "time"))
    var timeout: DurationArgument?

    @Option(
        help: ArgumentHelp(
            "human, json, junit, html, separated by commas. One alone goes to standard output.",
            valueName: "names"
        )
    )
    var format: OutputFormats?

    @OptionGroup var files: ReportFolderArguments

    @Flag(help: "Print without colour; NO_COLOR does the same.")
    var noColor = false

    func validate() throws {
        if !(1...1000).contains(topK) { throw ValidationError("--top-k is a number from 1 to 1000, found \(topK).") }
        if !(0...10_000).contains(limit) {
            throw ValidationError("--limit is a number from 0 to 10000, found \(limit).")
        }
    }

    func run() async throws {
        let output = try DocumentOutput(format, to: files, of: "an audit")
        let folder = try files.folder(for: output.fileNames)
        let progress = ProgressDisplay(unit: "rows")
        defer { progress.end() }
        let result = try await audit().exclusive(showing: progress)
        progress.end()
        let document = AuditDocument(result, toolVersion: Version.text)
        try output.write(document, to: folder, Console(forbidsColour: noColor)) { columns in
            AuditText(document, width: columns).lines
        }
        guard result.exitCode == .passed else { throw CommandEnd(exitCode: result.exitCode, message: nil) }
    }

    private func audit() throws -> DatabaseAudit {
        DatabaseAudit(
            of: try databaseAddress(db),
            phase: phase,
            topK: topK,
            role: asRole,
            exampleLimit: limit,
            timeout: timeout?.duration ?? .seconds(60)
        )
    }
}

extension DatabaseAudit {
    /// Runs the audit until it ends or is interrupted.
    fileprivate func exclusive(showing progress: ProgressDisplay) async throws -> AuditResult {
        try await withInterruption {
            do {
                return try await self.result(tell: progress.isVisible ? { progress.show($0, of: $1) } : nil)
            } catch let error as PostgresError {
                throw CommandEnd.environment("\(error)")
            }
        }
    }
}

/// The database that `--db` or the variable `COLDSTART_DB` names.
///
/// - Throws: The end with code 2 where there is none, or its address cannot be parsed.
func databaseAddress(_ option: String?) throws -> PostgresAddress {
    guard let text = option ?? processEnvironment["COLDSTART_DB"], !text.isEmpty else {
        throw CommandEnd.usage("name the database with --db postgresql://user@host:5432/database")
    }
    do {
        return try PostgresAddress(text)
    } catch {
        throw CommandEnd.usage("--db: \(error)")
    }
}
