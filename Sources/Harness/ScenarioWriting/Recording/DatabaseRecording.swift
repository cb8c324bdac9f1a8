package import DatabaseHarness
import Domain
package import PostgresClient
import Reports
import Scenarios

#if canImport(FoundationEssentials)
import FoundationEssentials
#else
import Foundation
#endif

/// Records the sessions of a database as a scenario that is ready to run.
///
/// Beside the scenario `name.yaml` stand `name.sessions.jsonl`, `name.catalogue.jsonl`, with the rows
/// `name.rows.jsonl`, and the tables' definition `schema.sql` where there is none yet.
package struct DatabaseRecording: Sendable {
    /// The database.
    package var address: PostgresAddress
    /// Which sessions.
    package var filter: RecordingFilter
    /// Whether the rows that the sessions got are recorded.
    package var includesRows: Bool
    /// What replaces the session ids; `nil` leaves them, and the times, as they are.
    package var pseudonyms: SessionPseudonyms?
    /// The model bundle that the scenario names.
    package var bundle: String
    /// The longest each statement may take.
    package var timeout: Duration

    /// Creates a recording.
    package init(
        of address: PostgresAddress,
        filter: RecordingFilter = RecordingFilter(),
        includesRows: Bool = false,
        pseudonyms: SessionPseudonyms?,
        bundle: String,
        timeout: Duration = .seconds(60)
    ) {
        self.address = address
        self.filter = filter
        self.includesRows = includesRows
        self.pseudonyms = pseudonyms
        self.bundle = bundle
        self.timeout = timeout
    }

    /// What was recorded.
    package struct Summary: Hashable, Sendable {
        /// How many sessions.
        package var sessions = 0
        /// How many ratings they have.
        package var ratings = 0
        /// What was left out, for `coldstart run` would refuse it.
        package var leftOut = LeftOut()
        /// How many rows they got.
        package var rows = 0
        /// How many movies the catalogue has.
        package var movies = 0
    }

    /// Writes the files; where it fails, or no session matches, nothing is written and nothing replaced.
    ///
    /// - Parameters:
    ///   - path: The scenario's path; `.yaml` is added where it is missing.
    ///   - schema: The text of `scenarios/schema.sql`.
    ///   - toolVersion: The version of Coldstart, for the scenario's first line.
    ///   - replacing: Whether files that are there may be replaced.
    ///   - tell: Told how many sessions are recorded, of how many; `nil` does without counting them at first.
    /// - Returns: What was recorded.
    /// - Throws: `PostgresError` where the database cannot be read, `ReportError` where a file cannot be written;
    ///   `foreignFile` where one is there already.
    package func write(
        to path: String,
        schema: String,
        toolVersion: String,
        replacing: Bool = false,
        tell: ((Int, Int) -> Void)? = nil
    ) async throws -> Summary {
        let files = RecordingFiles(path: path)
        let limits = PostgresConnection.Limits(statementMilliseconds: Int(timeout / .milliseconds(1)))
        let lines = RecordingLines(pseudonyms: pseudonyms)
        var written = FileSet(replacing: replacing)
        let scenario = try written.create(files.scenario)
        let sessions = try written.create(files.sessions)
        let catalogue = try written.create(files.catalogue)
        let rows = includesRows ? try written.create(files.rows) : nil
        var summary = Summary()
        var total = 0
        summary.leftOut += try await RecordingReader(address, limits: limits)
            .read(filter, includesRows: includesRows, total: tell == nil ? nil : { total = $0 }) { stored in
                defer { tell?(summary.sessions, total) }
                let session = lines.writable(stored.session)
                summary.leftOut += stored.leftOut
                summary.leftOut.ratings += stored.session.ratings.count - session.ratings.count
                guard !session.ratings.isEmpty else {
                    summary.leftOut.sessions += 1
                    return
                }
                summary.sessions += 1
                summary.ratings += session.ratings.count
                summary.rows += stored.rows.count
                try sessions.write(lines.line(of: session))
                try rows?.write(lines.lines(of: stored.rows, session: session))
            } movie: { movie in
                summary.movies += 1
                try catalogue.write(ReportEncoding.dataLine(movie))
            }
        guard summary.sessions > 0 else { return summary }
        guard summary.movies > 0 else {
            throw PostgresError(
                .unexpectedData,
                "the table phase2_movies holds no movie that a recording can name, so there would be nothing to "
                    + "recommend; load the catalogue"
            )
        }
        try Self.check(sessions: written.unfinished(files.sessions), catalogue: written.unfinished(files.catalogue))
        if !FileManager.default.fileExists(atPath: files.schema) { try written.create(files.schema).write(schema) }
        try scenario.write(files.scenarioText(bundle: bundle, isRaw: pseudonyms == nil, toolVersion: toolVersion))
        try written.complete()
        return summary
    }

    /// Reads the files as a run does: what it would refuse is not handed out.
    private static func check(sessions: String, catalogue: String) throws(PostgresError) {
        do throws(ScenarioError) {
            let count = try SessionReader.read(sessions).count
            _ = try CatalogueReader.read(catalogue)
            guard count > Scenario.requestLimit else { return }
        } catch {
            throw PostgresError(
                .unexpectedData,
                "what was recorded could not be replayed: \(error); record other or fewer sessions with --session, --since "
                    + "or --limit"
            )
        }
        throw PostgresError(
            .unexpectedData,
            "the database has more than \(Scenario.requestLimit) sessions, which no run takes; record fewer with --since or "
                + "--limit"
        )
    }
}

/// The files of a recording.
struct RecordingFiles {
    /// The scenario.
    let scenario: String
    private let base: String

    /// Derives the files' paths from the scenario's.
    init(path: String) {
        base = path.hasSuffix(".yaml") ? String(path.dropLast(5)) : path
        scenario = base + ".yaml"
    }

    var sessions: String { base + ".sessions.jsonl" }
    var catalogue: String { base + ".catalogue.jsonl" }
    var rows: String { base + ".rows.jsonl" }
    var schema: String {
        URL(fileURLWithPath: scenario).deletingLastPathComponent().appendingPathComponent("schema.sql").path
    }

    /// The text of the scenario.
    ///
    /// - Parameters:
    ///   - bundle: The path of the bundle from the current directory; the scenario gets it as an absolute one.
    ///   - isRaw: Whether the session ids are those of the database.
    ///   - toolVersion: The version of Coldstart.
    /// - Returns: The YAML.
    func scenarioText(bundle: String, isRaw: Bool, toolVersion: String) -> String {
        let file = base.split(separator: "/").last.map(String.init) ?? base
        let folder = URL(fileURLWithPath: bundle).standardizedFileURL.path
        let ids = isRaw ? "Session ids and times are those of the database." : "Session ids and times are replaced."
        return """
            # Recorded by coldstart \(toolVersion), recording format \(RecordingLines.version). \(ids)
            name: \(Self.name(file))
            teaches: What the engine makes of recorded sessions, and that every row lands.
            tags: [recorded]

            platform:
              probe: default
              cpu: {billing: instance}

            service:
              strategy: gated
              bundle: \(ReportEncoding.dataLine(folder).dropLast())

            sessions: {file: \(ReportEncoding.dataLine(file + ".sessions.jsonl").dropLast()), select: all}
            catalogue: \(ReportEncoding.dataLine(file + ".catalogue.jsonl").dropLast())

            requests:
              - {at: 60s, session: all, every: 5s, expect: {status: 200}}

            expect:
              startup: {outcome: ready}

            """
    }

    /// A scenario's name made from that of a file: lower-case letters, digits and hyphens.
    private static func name(_ file: String) -> String {
        let safe = file.lowercased().map { $0.isASCII && ($0.isLetter || $0.isNumber) ? $0 : "-" }
        let name = String(safe.prefix(60)).split(separator: "-").joined(separator: "-")
        return name.first?.isLetter == true ? name : "recorded" + (name.isEmpty ? "" : "-" + name)
    }
}
