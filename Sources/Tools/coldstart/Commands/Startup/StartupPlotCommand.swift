import ArgumentParser
import Checks
import Reports
import StartupAnalysis

/// `coldstart startup plot`: a recorded start as a picture.
struct StartupPlotCommand: ParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "plot",
        abstract: "Draws a recorded start as SVG: a bar for each stage, its CPU time, the probe's attempts.",
        usage: "coldstart startup plot <run> [<options>]",
        discussion: """
            EXIT CODES
              0 all time has a name · 1 some has none · 2 usage
              7 nothing started, or a busy machine may be why some has none
            """
    )

    @OptionGroup var start: RecordedStartArguments

    @Option(help: ArgumentHelp("A new file (default: standard output).", valueName: "file"))
    var output: String?

    func run() throws {
        let blame = try start.blame()
        let picture = StartPlot(blame).svg()
        if let output {
            let file = try OutputDescriptor(creating: output)
            try file.write(picture)
            try file.finish()
        } else {
            try OutputDescriptor.standardOutput().write(picture)
        }
        guard let code = blame.exitCode, let gap = blame.gaps.first else { return }
        throw CommandEnd(
            exitCode: code,
            message: "unattributed: \(Figures.fixed(gap.to - gap.from, decimals: 3)) s \(gap.place)"
        )
    }
}
