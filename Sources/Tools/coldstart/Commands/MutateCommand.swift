import ArgumentParser
import Checks
import Mutation
import Replay
import Reports
import Scenarios

/// `coldstart mutate`: puts mistakes into the engine and says which of them scenarios find.
struct MutateCommand: AsyncParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "mutate",
        abstract: "Puts mistakes into the engine, one at a time, and says which the scenarios find.",
        usage: "coldstart mutate [<options>] [<paths> ...]",
        discussion: """
            Runs the scenarios against the simulated target without a mistake, then once for each mutant. A mutant is \
            caught where a check of a scenario fails. One that changes no answer, row or ranking is not counted. \
            Scenarios that do not pass without a mistake are set aside.

            EXAMPLES
              coldstart mutate scenarios
              coldstart mutate scenarios/04-progressive-survives.yaml
              coldstart mutate scenarios --tag golden --only drop-tie-rule
              coldstart mutate --list

            EXIT CODES
              0 all are caught · 1 one survives · 2 usage · 3 environment
              7 no mutant changes anything, or no scenario passes without one
            """
    )

    /// How the result is printed.
    enum Format: String, CaseIterable, ExpressibleByArgument {
        /// Text for people.
        case human
        /// One JSON document.
        case json
    }

    @OptionGroup var selection: ScenarioSelection

    @Option(help: ArgumentHelp("Only this mutant; may be repeated. --list has their names.", valueName: "name"))
    var only: [String] = []

    @Flag(help: "Only list the mutants and their mistakes.")
    var list = false

    @Option(help: ArgumentHelp("Scenarios run side by side.", valueName: "n"))
    var jobs = 1

    @Option(
        help: ArgumentHelp(
            "The tables' definition (default: schema.sql beside the scenarios, else built in).",
            valueName: "file"
        )
    )
    var schema: String?

    @Option(help: ArgumentHelp("human or json.", valueName: "name"))
    var format = Format.human

    @Flag(help: "Print without colour; NO_COLOR does the same.")
    var noColor = false

    func validate() throws {
        if let unknown = only.first(where: { name in !Mutant.all.contains { $0.id == name } }) {
            let names = Mutant.all.map(\.id).joined(separator: ", ")
            throw ValidationError("--only: there is no mutant \"\(unknown)\"; there are \(names).")
        }
        if !(1...64).contains(jobs) { throw ValidationError("--jobs is a number from 1 to 64, found \(jobs).") }
    }

    func run() async throws {
        let console = Console(forbidsColour: noColor)
        let mutants = Mutant.all.filter { only.isEmpty || only.contains($0.id) }
        guard !list else { return try console.write(MutationText.list(mutants, width: console.style.columns)) }
        let scenarios = try selection.load()
        let run = MutationRun(
            mutants,
            options: RunOptions(jobs: jobs, environment: processEnvironment, toolVersion: Version.text),
            schema: try TableDefinition.text(option: schema, beside: scenarios[0])
        )
        let progress = ProgressDisplay(total: 1 + mutants.count, unit: "runs")
        defer { progress.end() }
        let result = try await withInterruption {
            do {
                return try await run.result(of: scenarios) { progress.show($0, name: $1) }
            } catch let error where !Task.isCancelled {
                let failure = ScenarioResult.Failure(error)
                throw CommandEnd(exitCode: failure.exitCode, message: failure.message)
            }
        }
        progress.end()
        let document = MutationDocument(result, toolVersion: Version.text)
        switch format {
        case .human: try console.write(MutationText(document, width: console.style.columns).lines)
        case .json: try console.output.write(document.json)
        }
        if result.exitCode != .passed { throw CommandEnd(exitCode: result.exitCode, message: nil) }
    }
}
