import ArgumentParser
import Checks
import Goldens
import Reports
import Scenarios
import StartupAnalysis

/// `coldstart golden timeline`: goldens of starts.
struct GoldenTimelineCommand: ParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "timeline",
        abstract: "Makes goldens of starts, compares with them, lets a person accept what differs.",
        discussion: """
            Stages, their order and what the instance does while they begin must match; how long each takes must lie within \
            its band. Time that belongs to no stage fails.

            EXAMPLES
              coldstart golden timeline new runs --output start.json
              coldstart golden timeline check start.json reports
              coldstart golden timeline accept start.json --reason "new tokenizer"
            """,
        subcommands: [
            GoldenTimelineNewCommand.self, GoldenTimelineCheckCommand.self, GoldenTimelineAcceptCommand.self,
        ]
    )

    /// Reads a golden.
    ///
    /// - Throws: The end with code 1 where it is missing, 2 where it cannot be trusted.
    static func golden(at path: String) throws -> GoldenTimeline {
        do {
            return try GoldenTimeline(parsing: InputFile.content(of: path, limit: 1 << 20), file: path)
        } catch let error as GoldenError {
            throw CommandEnd.usage("\(error)")
        } catch {
            throw CommandEnd(exitCode: .expectationFailed, message: "\(error)")
        }
    }

    /// Reads recorded starts of one scenario.
    ///
    /// - Throws: The end with code 1 where time belongs to no stage, 2 for what cannot be understood, 7 where nothing started.
    static func starts(in runs: [String], name: String?) throws -> RecordedTimelines {
        do {
            let reports = try runs.flatMap { try RecordedRun.all(at: $0) }.starts(of: name)
            return try RecordedTimelines(reports.map { try StartBlame($0) })
        } catch let error as StartupAnalysisError where error.code == .unattributed {
            throw CommandEnd(exitCode: .expectationFailed, message: "\(error)")
        } catch {
            throw CommandEnd(analysing: error)
        }
    }
}

/// `coldstart golden timeline new`: a golden from recorded starts.
struct GoldenTimelineNewCommand: ParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "new",
        abstract: "Makes a golden from recorded starts.",
        usage: "coldstart golden timeline new <runs> ... --output <file> [<options>]",
        discussion: """
            EXIT CODES
              0 made · 1 time belongs to no stage · 2 usage, or the file is there
              7 nothing started
            """
    )

    @Argument(help: "Runs: report.json, its folder, or a folder of such folders.")
    var runs: [String]

    @Option(help: ArgumentHelp("The golden, a new file.", valueName: "file"))
    var output: String

    @Option(help: ArgumentHelp("The scenario, where several were run.", valueName: "name"))
    var name: String?

    @Option(help: ArgumentHelp("The part of a time by which a stage may take less or more.", valueName: "part"))
    var band = 0.5

    @Option(help: ArgumentHelp("By how much it may at least (default: 50ms).", valueName: "duration"))
    var least: DurationArgument?

    @OptionGroup var integration: ContinuousIntegration

    func validate() throws {
        guard (0...100).contains(band) else { throw ValidationError("--band lies from 0 to 100, found \(band).") }
    }

    func run() throws {
        try integration.refuse("golden timeline new")
        let starts = try GoldenTimelineCommand.starts(in: runs, name: name)
        do {
            let golden = try starts.golden(band: band, least: least.map { $0.duration / .seconds(1) } ?? 0.05)
            let file = try OutputDescriptor(creating: output)
            try file.write(ReportEncoding.pretty(golden))
            try file.finish()
            try Console().write([StyledLine("\(output): \(golden.stages.count) stages from \(golden.starts) starts")])
        } catch let error as StartupAnalysisError {
            throw CommandEnd(analysing: error)
        }
    }
}
