import ArgumentParser
import Checks
import PostgresClient
import Replay
import Reports
import ResultStore
import Scenarios

#if canImport(FoundationEssentials)
import FoundationEssentials
#else
import Foundation
#endif

/// `coldstart run`: replays scenarios and reports their verdicts.
struct RunCommand: AsyncParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "run",
        abstract: "Replays scenarios through the engine and judges start-up, rankings and rows.",
        usage: "coldstart run [<options>] [<paths> ...]",
        discussion: """
            Every option has a variable: --report-dir is COLDSTART_REPORT_DIR, --db is COLDSTART_DB, and so for \
            --seed, --jobs, --format, --time-limit, --target, --speed and --url. \
            WEBHOOK_SECRET is sent to a deployed service. An option wins over its variable.

            EXAMPLES
              coldstart run scenarios --report-dir reports
              coldstart run scenarios --format html --report-dir reports
              coldstart run scenarios/05-progressive-hole.yaml -v
              coldstart run scenarios --tag startup --format human,junit \\
                  --report-dir reports
              coldstart run scenarios --filter database --db keep
              coldstart run scenarios --target process --speed auto
              coldstart run scenarios --tag remote --target remote \\
                  --url http://host:8080 --db postgresql://…
              coldstart run scenarios --target process --command python3 app.py
              yq -o json my.yaml | coldstart run -
              coldstart run scenarios/04-progressive-survives.yaml --capsule run.json
              coldstart run scenarios --results postgresql://host/ci --release v7
              coldstart run scenarios --shard 3/64 --output shards
              coldstart run scenarios --jobs 4 --order longest-first \\
                  --times reports/report.json

            What the simulated target ranks otherwise than a golden is kept in <golden>.pending, for coldstart golden \
            review; not in CI (--ci, or the variable CI).

            A shard runs its scenarios as with --continue-on-error and writes no .pending file; coldstart merge judges.

            A report folder belongs to one run at a time. Files in it that no run wrote \
            stay; one that stands where a report would is an error without --force.
            """
    )

    @OptionGroup var selection: ScenarioSelection

    @Option(help: ArgumentHelp("simulated (the default), process or remote.", valueName: "name"))
    var target: TargetArgument?

    @Option(
        help: ArgumentHelp(
            "With --target process: how many times faster than real time, or auto (default: 1).",
            valueName: "n"
        )
    )
    var speed: SpeedArgument?

    @Option(
        help: ArgumentHelp("With --target remote: where the service is, such as http://host:8080.", valueName: "url")
    )
    var url: String?

    @Flag(help: "With --target remote: leave the sessions that the run inserts, with their rows, in the database.")
    var keepRows = false

    @Option(
        parsing: .remaining,
        help: ArgumentHelp(
            "With --target process: the service's command, word by word, to the end of the line.",
            valueName: "words"
        )
    )
    var command: [String] = []

    @Option(help: ArgumentHelp("A seed in place of the scenarios' own; 0 draws one and prints it.", valueName: "n"))
    var seed: UInt64?

    @Option(help: ArgumentHelp("Scenarios run side by side.", valueName: "n"))
    var jobs: Int?

    @Flag(help: "Only list the chosen scenarios.")
    var list = false

    @Option(
        help: ArgumentHelp(
            "human, json, jsonl, junit, html, separated by commas; ~name takes one away. One alone goes to standard output.",
            valueName: "names"
        )
    )
    var format: OutputFormats?

    @OptionGroup var files: ReportFolderArguments

    @Option(
        help: ArgumentHelp(
            "Keeps the run of one scenario for coldstart replay: start, answers, rankings, rows.",
            valueName: "file"
        )
    )
    var capsule: String?

    @Option(
        help: ArgumentHelp(
            "drop (a throw-away server, the default), keep (leave it up), or a database.",
            valueName: "url"
        )
    )
    var db: DatabaseArgument?

    @Option(
        help: ArgumentHelp(
            "How long to wait after an answer for rows that are not there yet, such as 2s (default: not at all).",
            valueName: "time"
        )
    )
    var waitRows: DurationArgument?

    @Option(
        help: ArgumentHelp(
            "The role that visitors read as, such as anon; rows it does not see are invisible.",
            valueName: "role"
        )
    )
    var asRole: String?

    @Option(
        help: ArgumentHelp(
            "The tables' definition (default: schema.sql beside the scenarios, else built in).",
            valueName: "file"
        )
    )
    var schema: String?

    @Option(help: ArgumentHelp("The longest the run may take, such as 90s, 5m or 1h.", valueName: "time"))
    var timeLimit: DurationArgument?

    @OptionGroup(title: "Shards")
    var shards: ShardArguments

    @OptionGroup var order: ShardOrder

    @OptionGroup(title: "Results")
    var kept: ResultArguments

    @OptionGroup var integration: ContinuousIntegration

    @Flag(help: "Go on after a scenario that could not be run at all.")
    var continueOnError = false

    @Flag(name: .shortAndLong, help: "Print failures and the last line only.")
    var quiet = false

    @Flag(name: .shortAndLong, help: "Print timelines, figures and tables.")
    var verbose = false

    @Flag(help: "Print without colour; NO_COLOR does the same.")
    var noColor = false

    func validate() throws {
        if quiet, verbose { throw ValidationError("--quiet and --verbose contradict each other.") }
        if let jobs, !(1...64).contains(jobs) {
            throw ValidationError("--jobs is a number from 1 to 64, found \(jobs).")
        }
    }

    func run() async throws {
        let scenarios = try selection.load()
        guard !list else { return try ListCommand.show(scenarios) }
        let part = try shards.part()
        let results = try kept.keeper()
        let settings = RunSettings(command: self, environment: processEnvironment)
        var options = try settings.options(isShard: part != nil)
        let keeper = try capsule.map { try RunKeeper($0, for: scenarios, target: options.target) }
        options.keepsRankings = keeper != nil
        var hasServiceLogs = false
        if case .process = options.target { hasServiceLogs = true }
        let reports = try settings.reports(hasServiceLogs: hasServiceLogs)
        let schema = try TableDefinition.text(option: self.schema, beside: scenarios[0])
        if let part { return try await runShard(part, of: scenarios, options: options, schema: schema) }
        let places = try order.places(of: scenarios)
        let (result, unwritten) = try await withInterruption { [options] in
            try await Self.run(scenarios, beginning: places, options: options, schema: schema, reports: reports)
        }
        if let result { try keeper?.write(result) }
        if let unwritten { throw unwritten }
        guard let result else { return }
        try await CommandEnd.end(result.exitCode) {
            // A part of a run is no result of it.
            guard let results, !result.wasInterrupted else { return }
            try await results.keep(ResultFindings(FinishedRun(result)))
        }
    }

    /// Runs and records.
    ///
    /// - Returns: The run, and why a report was not written. A run whose only report nobody reads any more ends early.
    private static func run(
        _ scenarios: [Scenario],
        beginning places: [Int]?,
        options: RunOptions,
        schema: String,
        reports: ReportPlan
    ) async throws -> (RunResult?, ReportError?) {
        var recorder = try reports.recorder(for: scenarios.map(\.name.value))
        var unwritten: ReportError?
        let result: RunResult
        do {
            result = try await ScenarioRunner(options: options)
                .run(
                    scenarios,
                    beginning: places,
                    schema: schema,
                    notify: StandardError.sayWhole,
                    record: { event in
                        do throws(ReportError) {
                            try recorder.record(event)
                        } catch {
                            if unwritten == nil || unwritten?.code == .readerGone { unwritten = error }
                            guard error.code == .readerGone, reports.folder == nil else { return }
                            withUnsafeCurrentTask { $0?.cancel() }
                        }
                    }
                )
        } catch {
            // A run that was ended because nobody reads it did not fail.
            if let unwritten, unwritten.code == .readerGone { return (nil, unwritten) }
            let failure = ScenarioResult.Failure(error)
            throw CommandEnd(exitCode: failure.exitCode, message: failure.message)
        }
        return (result, unwritten)
    }
}
