import ArgumentParser
import Checks
import ModelComparison
import Reports
import ResultStore

/// `coldstart results trend`: the history of a figure over releases.
struct ResultsTrendCommand: AsyncParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "trend",
        abstract: "Shows the history of a figure over releases, as tables or a picture.",
        usage: "coldstart results trend <metric> [<options>]",
        discussion: """
            A metric is that of a comparison (nDCG@10 and the like of the new side, Overlap@10 between both sides), or a \
            time of a start in seconds: start (until the startup probe passed), start.listening, start.readyFull, \
            start.firstRows. Releases stand in the order of their first results; the last run of each counts.

            EXAMPLES
              coldstart results trend nDCG@10 --list p5 --results postgresql://host/ci
              coldstart results trend start --scenario incident-http-probe
              coldstart results trend start --svg start.svg --format json

            EXIT CODES
              0 shown · 2 usage, or no such metric · 3 no connection, or no results
              7 no run that was asked for has a value
            """
    )

    @Argument(help: "The metric; small letters do.")
    var metric: String

    @OptionGroup var reading: ResultReading

    @OptionGroup var choice: RunChoice

    @Option(help: ArgumentHelp("Only this scenario.", valueName: "name"))
    var scenario: String?

    @Option(help: ArgumentHelp("Only this list of a comparison: svd, p5 or display.", valueName: "name"))
    var list: ComparedList?

    @Option(help: ArgumentHelp("This slice of the sessions of a comparison (default: all).", valueName: "name"))
    var slice: String?

    @Option(help: ArgumentHelp("A new file for the picture.", valueName: "file"))
    var svg: String?

    func validate() throws {
        if scenario != nil, list != nil || slice != nil {
            throw ValidationError("--scenario is of a run, --list and --slice are of a comparison.")
        }
    }

    func run() async throws {
        let reader = try reading.reader()
        let filter = choice.filter(subject: scenario ?? list?.rawValue)
        let values = try await withInterruption { [metric, slice] in
            try await withResultErrors { try await reader.values(of: metric, part: slice, filter) }
        }
        let trend = Trend(of: metric, values)
        if let svg, !trend.lines.isEmpty {
            let picture = try OutputDescriptor(creating: svg)
            try picture.write(TrendPicture(trend).svg())
            try picture.finish()
        }
        try reading.write({ TrendText(trend).lines(width: $0) }, json: { TrendDocument(trend).json })
        guard !trend.lines.isEmpty else { throw CommandEnd(exitCode: .inconclusive, message: nil) }
    }
}
