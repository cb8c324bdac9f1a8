import ArgumentParser
import Reports

/// `coldstart schema`: the JSON Schema of a report.
struct SchemaCommand: ParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "schema",
        abstract: "Prints the JSON Schema of a report.",
        usage: "coldstart schema <name>",
        discussion: """
            report is report.json of coldstart run, exactly as this program writes it; JSON Schema 2020-12.

            EXAMPLES
              coldstart schema report > report.schema.json

            EXIT CODES
              0 printed · 2 there is no such schema
            """
    )

    @Argument(help: ArgumentHelp("report.", valueName: "name"))
    var name: ReportSchema

    func run() throws {
        try OutputDescriptor.standardOutput().write(name.text)
    }
}

extension ReportSchema: ExpressibleByArgument {}
