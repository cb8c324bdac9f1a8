import ArgumentParser
import StartupAnalysis

/// `coldstart startup`: what recorded starts spent their time on, and which probe would survive them.
struct StartupCommand: AsyncParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "startup",
        abstract: "Takes recorded starts apart: by stage, as a picture, into advice for the probe.",
        discussion: """
            EXAMPLES
              coldstart run scenarios/18-measured-stages.yaml \\
                  --target process --report-dir reports
              coldstart startup blame reports/report.json
              coldstart startup plot reports/report.json --output start.svg
              coldstart startup advise runs
            """,
        subcommands: [StartupBlameCommand.self, StartupPlotCommand.self, StartupAdviseCommand.self]
    )
}
