import ArgumentParser
import ResultStore

/// `coldstart results list`: the runs, the newest first.
struct ResultsListCommand: AsyncParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "list",
        abstract: "Lists runs, the newest first.",
        usage: "coldstart results list [<options>]",
        discussion: """
            EXAMPLES
              coldstart results list --results postgresql://host/ci
              coldstart results list --command run --scenario incident-http-probe
              coldstart results list --model 3f9c --limit 5 --format json

            EXIT CODES
              0 listed · 2 usage · 3 no connection, or no results
            """
    )

    @OptionGroup var reading: ResultReading

    @OptionGroup var choice: RunChoice

    @Option(help: ArgumentHelp("Only runs with this scenario.", valueName: "name"))
    var scenario: String?

    @Option(help: ArgumentHelp("How many.", valueName: "n"))
    var limit = 20

    func validate() throws {
        if !(1...100_000).contains(limit) {
            throw ValidationError("--limit is a number from 1 to 100000, found \(limit).")
        }
    }

    func run() async throws {
        let reader = try reading.reader()
        let filter = choice.filter(subject: scenario)
        let runs = try await withInterruption { [limit] in
            try await withResultErrors { try await reader.runs(filter, limit: limit) }
        }
        try reading.write({ RunListText(runs).lines(width: $0) }, json: { RunListDocument(runs).json })
    }
}
