import ArgumentParser
import Checks
import DatabaseHarness
import Domain
import PostgresClient
import Replay
import Reports
import ScenarioWriting
import Scenarios

/// `coldstart record`: writes the sessions of a database as a scenario that is ready to run.
struct RecordCommand: AsyncParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "record",
        abstract: "Records sessions of a database as a scenario that is ready to run.",
        usage: "coldstart record --output <file> [<options>]",
        discussion: """
            Reads one snapshot in a read-only transaction. Session ids become keyed hashes and each session's times are \
            shifted to begin on 2020-01-01, unless --raw is given. With --key-file the same session gets the same id in \
            every recording; without, the key is random and forgotten. P5's prompt holds the session id, so that its \
            texts may change with it. Beside FILE.yaml stand FILE.sessions.jsonl, FILE.catalogue.jsonl, with \
            --with-rows FILE.rows.jsonl, and schema.sql. The variable COLDSTART_DB stands in for --db.

            EXAMPLES
              coldstart record --db "$DATABASE_URL" --output visit.yaml --limit 50
              coldstart run visit.yaml
            """
    )

    @Option(help: ArgumentHelp("The database.", valueName: "url"))
    var db: String?

    @Option(help: ArgumentHelp("The scenario to write.", valueName: "file"))
    var output: String

    @Flag(help: "Also writes the rows that the sessions got.")
    var withRows = false

    @Flag(help: "Leaves session ids and times as they are.")
    var raw = false

    @Option(help: ArgumentHelp("A file with at least 16 bytes that key the new session ids.", valueName: "file"))
    var keyFile: String?

    @Option(
        help: ArgumentHelp(
            "Only sessions created at this moment or later, such as 2025-10-30T00:00:00Z.",
            valueName: "moment"
        )
    )
    var since: String?

    @Option(help: ArgumentHelp("Only this session; can be repeated.", valueName: "id"))
    var session: [String] = []

    @Option(help: ArgumentHelp("The most sessions, the newest of them.", valueName: "n"))
    var limit: Int?

    @Option(help: ArgumentHelp("The model bundle that the scenario names.", valueName: "folder"))
    var bundle = "scenarios/bundle"

    @Option(help: ArgumentHelp("The longest each statement may take, such as 60s.", valueName: "time"))
    var timeout: DurationArgument?

    @Flag(help: "Replaces files that are there.")
    var force = false

    func validate() throws {
        if raw, keyFile != nil { throw ValidationError("--raw and --key-file contradict each other.") }
        if let limit, limit < 1 { throw ValidationError("--limit is a number of at least 1, found \(limit).") }
    }

    func run() async throws {
        let recording = DatabaseRecording(
            of: try databaseAddress(db),
            filter: try filter(),
            includesRows: withRows,
            pseudonyms: raw ? nil : try pseudonyms(),
            bundle: bundle,
            timeout: timeout?.duration ?? .seconds(60)
        )
        let path = output.hasSuffix(".yaml") ? output : output + ".yaml"
        let progress = ProgressDisplay(unit: "sessions")
        defer { progress.end() }
        let summary = try await withInterruption { [force] in
            do {
                return try await recording.write(
                    to: path,
                    schema: ServiceSchema.text,
                    toolVersion: Version.text,
                    replacing: force,
                    tell: progress.isVisible ? { progress.show($0, of: $1) } : nil
                )
            } catch let error as PostgresError {
                throw CommandEnd.environment("\(error)")
            }
        }
        guard summary.sessions > 0 else {
            throw CommandEnd.usage("no session with ratings matches, so \(path) has nothing to replay")
        }
        var parts = [
            Figures.count(summary.sessions, "session"), Figures.count(summary.ratings, "rating"),
            Figures.count(summary.movies, "movie"),
        ]
        if withRows { parts.append(Figures.count(summary.rows, "row")) }
        progress.end()
        try Console().write([StyledLine("\(path): \(parts.joined(separator: ", "))")])
        let leftOut = [
            (summary.leftOut.sessions, "session", "without a rating that is left, or named twice"),
            (summary.leftOut.ratings, "rating", "not from 0 to 10, without a movie, or of no year from 1 to 9999"),
            (summary.leftOut.phase1Movies, "phase-1 movie", "without an id or with one of more than 200 bytes"),
            (summary.leftOut.movies, "movie", "without an id, with one of more than 200 bytes, or named twice"),
        ]
        for (count, noun, reason) in leftOut where count > 0 {
            StandardError.say("left out \(Figures.count(count, noun)): \(reason)")
        }
    }

    private func filter() throws -> RecordingFilter {
        let sessions = try session.map { text in
            guard let id = SessionID(text) else { throw CommandEnd.usage("--session: \"\(text)\" is no session id") }
            return id
        }
        let moment = try since.map { text in
            guard let moment = Timestamp(iso8601: text) ?? Timestamp(iso8601: text + "T00:00:00Z") else {
                throw CommandEnd.usage("--since: \"\(text)\" is no moment such as 2025-10-30T00:00:00Z")
            }
            return moment
        }
        return RecordingFilter(since: moment, sessions: sessions, limit: limit)
    }

    private func pseudonyms() throws -> SessionPseudonyms {
        guard let keyFile else { return .random() }
        let key: [UInt8]
        do throws(ScenarioError) {
            key = try InputFile.content(of: keyFile, limit: 65_536)
        } catch {
            throw CommandEnd.usage("--key-file: \(error)")
        }
        guard (16...65_536).contains(key.count) else {
            let size = key.count > 65_536 ? "more" : "\(key.count)"
            throw CommandEnd.usage("\(keyFile): a key has 16 bytes to 64 KiB, found \(size)")
        }
        return SessionPseudonyms(key: key)
    }
}
