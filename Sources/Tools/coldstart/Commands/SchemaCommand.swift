import ArgumentParser
import Reports

/// `coldstart schema`: the JSON Schema of a report.
struct SchemaCommand: ParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "schema",
        abstract: "Prints the JSON Schema of a report.",
        usage: "coldstart schema <name>",
        discussion: """
            report is report.json of coldstart run; compare, diagnose, sweep, sweep-faults and audit (coldstart db \
            verify) are the JSON of these commands, each exactly as this program writes it; JSON Schema 2020-12. A \
            report's kind says which it is.

            EXAMPLES
              coldstart schema report > report.schema.json

            EXIT CODES
              0 printed · 2 there is no such schema
            """
    )

    @Argument(help: ArgumentHelp("report, compare, diagnose, sweep, sweep-faults or audit.", valueName: "name"))
    var name: ReportSchema

    func run() throws {
        try OutputDescriptor.standardOutput().write(name.text)
    }
}

extension ReportSchema: ExpressibleByArgument {}
