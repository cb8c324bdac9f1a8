import ArgumentParser
import Checks
import Reports
import StartupAnalysis

/// `coldstart startup blame`: what a start spent its time on.
struct StartupBlameCommand: ParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "blame",
        abstract: "Says what a recorded start spent its time on: stages, CPU, waits, critical chain.",
        usage: "coldstart startup blame <run> [<options>]",
        discussion: """
            CPU is the CPU time of the process in a stage; waited is the rest
            of it: for files, the network, a lock, or for CPU. Time that
            belongs to no stage is an error.

            EXIT CODES
              0 all time has a name · 1 some has none · 2 usage
              7 nothing started, or a busy machine may be why some has none
            """
    )

    @OptionGroup var start: RecordedStartArguments

    @Option(help: ArgumentHelp("human or json.", valueName: "name"))
    var format = Format.human

    @Flag(help: "Print without colour; NO_COLOR does the same.")
    var noColor = false

    /// How the result is printed.
    enum Format: String, ExpressibleByArgument {
        /// Text for people.
        case human
        /// One document.
        case json
    }

    func run() throws {
        let blame = try start.blame()
        let console = Console(forbidsColour: noColor)
        switch format {
        // Without a terminal as wide as the smallest that is common.
        case .human: try console.write(BlameText(blame).lines(width: min(console.style.columns, 80)))
        case .json: try console.output.write(BlameDocument(blame, toolVersion: Version.text).json)
        }
        if let code = blame.exitCode { throw CommandEnd(exitCode: code, message: nil) }
    }
}
