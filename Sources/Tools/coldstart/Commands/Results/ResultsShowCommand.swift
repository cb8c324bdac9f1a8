import ArgumentParser
import ResultStore

/// `coldstart results show`: a run with its shards, verdicts and figures.
struct ResultsShowCommand: AsyncParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "show",
        abstract: "Shows a run: its shards, verdicts and figures.",
        usage: "coldstart results show <run> [<options>]",
        discussion: """
            EXAMPLES
              coldstart results show 12 --results postgresql://host/ci
              coldstart results show 12 --format json | jq .missing

            EXIT CODES
              0 shown · 2 usage, or no such run · 3 no connection, or no results
            """
    )

    @Argument(help: "The run's number, as results list has it.")
    var run: Int

    @OptionGroup var reading: ResultReading

    func run() async throws {
        let reader = try reading.reader()
        let details = try await withInterruption { [run] in
            try await withResultErrors { try await reader.details(of: run) }
        }
        try reading.write(
            { RunDetailsText(details).lines(width: $0) },
            json: { RunDetailsDocument(details).json }
        )
    }
}
