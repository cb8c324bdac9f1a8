import ArgumentParser
import PostgresClient
import Reports
import ResultStore

/// `coldstart results`: reads what commands with `--results` have kept.
struct ResultsCommand: AsyncParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "results",
        abstract: "Reads results from PostgreSQL: runs, their figures, and their history.",
        discussion: """
            run, check, compare, sweep and merge write their results with --results. Reading needs nothing but SELECT.

            EXAMPLES
              coldstart run scenarios --results postgresql://host/ci --release v7
              coldstart results list --results postgresql://host/ci
              coldstart results trend nDCG@10 --list p5 --svg quality.svg
              coldstart results trend start --scenario incident-http-probe
            """,
        subcommands: [ResultsListCommand.self, ResultsShowCommand.self, ResultsTrendCommand.self]
    )
}

/// How results are printed.
enum ResultsFormat: String, CaseIterable, ExpressibleByArgument {
    /// Tables.
    case human
    /// One document.
    case json
}

/// Where results are read from, and how they are printed.
struct ResultReading: ParsableArguments {
    @OptionGroup var place: ResultPlace

    @Option(help: ArgumentHelp("human or json.", valueName: "name"))
    var format = ResultsFormat.human

    @Flag(help: "Print without colour; NO_COLOR does the same.")
    var noColor = false

    /// The reader of the database.
    ///
    /// - Throws: The end with code 2 where none is named, or it cannot be used.
    func reader() throws -> ResultReader {
        guard let (address, schema) = try place.database() else {
            throw CommandEnd.usage(
                "name the database with --results postgresql://…, or with the variable COLDSTART_RESULTS"
            )
        }
        return ResultReader(of: address, schema)
    }

    /// Prints a text or a document.
    ///
    /// - Throws: `ReportError` where it cannot be printed.
    func write(_ lines: (_ columns: Int) -> [StyledLine], json: () -> String) throws(ReportError) {
        let console = Console(forbidsColour: noColor)
        switch format {
        case .human: try console.write(lines(min(console.style.columns, 80)))
        case .json: try console.output.write(json())
        }
    }
}

/// Which runs are read: the options that commands on several runs share.
struct RunChoice: ParsableArguments {
    @Option(help: ArgumentHelp("Only runs of run, check, compare or sweep.", valueName: "name"))
    var command: String?

    @Option(help: ArgumentHelp("Only runs of this release.", valueName: "name"))
    var release: String?

    @Option(help: ArgumentHelp("Only runs of the model whose fingerprint begins so.", valueName: "digits"))
    var model: String?

    /// The filter that chooses them.
    ///
    /// - Parameter subject: A scenario, or what else a verdict or a figure is about; `nil` for any.
    /// - Returns: The filter.
    func filter(subject: String?) -> RunFilter {
        RunFilter(command: command, release: release, model: model, subject: subject)
    }
}
