import ArgumentParser
import Checks
import Scenarios

/// The arguments by which scenarios are chosen, common to `run` and `list`.
struct ScenarioSelection: ParsableArguments {
    @Argument(help: "Scenario files, folders of them, file.yaml:LINE, or - for standard input.")
    var paths: [String] = ["scenarios"]

    @Option(name: .long, help: ArgumentHelp("Only scenarios with this tag; may be repeated.", valueName: "name"))
    var tag: [String] = []

    @Option(
        name: .long,
        help: ArgumentHelp("Only scenarios whose name contains this text; may be repeated.", valueName: "text")
    )
    var filter: [String] = []

    /// Loads the chosen scenarios.
    ///
    /// - Throws: The end with code 2 for a file that cannot be understood or an unknown tag, 7 for an empty choice.
    func load() throws -> [Scenario] {
        do {
            return try ScenarioFilter(tags: tag, names: filter).apply(to: ScenarioLoader.load(paths))
        } catch {
            let excerpt = error.excerpt.map { "\n" + $0 } ?? ""
            let code: Checks.ExitCode = error.code == .emptySelection ? .inconclusive : .usage
            throw CommandEnd(exitCode: code, message: "\(error)\(excerpt)")
        }
    }
}
