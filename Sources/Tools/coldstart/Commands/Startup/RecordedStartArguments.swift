import ArgumentParser
import Checks
import Reports
import StartupAnalysis

/// The arguments that name one recorded start.
struct RecordedStartArguments: ParsableArguments {
    @Argument(help: "The run: report.json or report.jsonl of coldstart run --report-dir, or its folder.")
    var run: String

    @Option(help: ArgumentHelp("The scenario, where several were run.", valueName: "name"))
    var name: String?

    @Option(
        help: ArgumentHelp(
            "Time that may belong to nothing (default: 1ms, 50 ms of the real clock for a process).",
            valueName: "duration"
        )
    )
    var tolerance: DurationArgument?

    /// Reads the start and takes it apart.
    ///
    /// - Throws: The end with code 2 for a report that cannot be understood or a name that is not in it, 7 where nothing
    ///   was started.
    func blame() throws -> StartBlame {
        do {
            let starts = try RecordedRun.all(at: run).starts(of: name)
            guard starts.count == 1 else {
                throw CommandEnd.usage("\(run): holds \(starts.count) starts of \(starts[0].name); name one report")
            }
            return try StartBlame(starts[0], tolerance: tolerance.map { $0.duration / .seconds(1) })
        } catch {
            throw CommandEnd(analysing: error)
        }
    }
}

extension StartBlame {
    /// The code to end with where time belongs to nobody.
    var exitCode: Checks.ExitCode? { gaps.isEmpty ? nil : hasFailed ? .expectationFailed : .inconclusive }
}
