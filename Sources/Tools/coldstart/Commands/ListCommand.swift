import ArgumentParser
import Reports
import Scenarios

/// `coldstart list`: the scenarios and what each teaches.
struct ListCommand: ParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "list",
        abstract: "Lists scenarios and what each teaches; runs nothing.",
        usage: "coldstart list [<options>] [<paths> ...]",
        discussion: """
            EXAMPLES
              coldstart list scenarios
              coldstart list scenarios --tag startup
            """
    )

    @OptionGroup var selection: ScenarioSelection

    func run() throws {
        try Self.show(try selection.load())
    }

    /// Prints scenarios as a table.
    static func show(_ scenarios: [Scenario]) throws {
        let console = Console()
        for scenario in scenarios {
            var heading = StyledLine(scenario.name.value, .strong)
            heading.append("  " + scenario.tags.joined(separator: ", "), .faint)
            var lines = [heading]
            lines += StyledLine.wrapping(scenario.teaches, columns: console.style.columns - 2)
                .map { $0.indented(by: 2) }
            if scenario.showsDefect != nil {
                lines.append(StyledLine("shows a defect, on purpose", .doubtful).indented(by: 2))
            }
            try console.write(lines)
        }
    }
}
