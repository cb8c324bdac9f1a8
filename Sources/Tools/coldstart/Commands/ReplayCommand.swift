import ArgumentParser
import Capsules
import Checks
import Reports
import Scenarios

/// `coldstart replay`: plays a capsule again, without models and without a database.
struct ReplayCommand: AsyncParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "replay",
        abstract: "Plays a capsule again: one start in one file, without models or a database.",
        usage: "coldstart replay [<options>] <capsule>",
        discussion: """
            A capsule is written by coldstart run --capsule or coldstart diagnose --capsule. Its start is simulated again, \
            requests are answered from the rankings that it holds, and rows are written into memory; what comes of it is \
            compared with what the capsule says. A part that is only carried was looked at by nobody.

            EXAMPLES
              coldstart run scenarios/04-progressive-survives.yaml --capsule run.json
              coldstart diagnose log.json --capsule start.json
              coldstart replay run.json

            EXIT CODES
              0 what was replayed comes out as the capsule says
              1 answers differ · 2 no capsule, or a damaged one
              4 the start differs · 5 rows differ
              7 nothing differs, and a part could not be replayed
            """
    )

    /// How the outcome is printed.
    enum Format: String, CaseIterable, ExpressibleByArgument {
        /// Text for people.
        case human
        /// One JSON document.
        case json
    }

    @Argument(help: "The capsule, - for standard input.")
    var capsule: String

    @Option(help: ArgumentHelp("human or json.", valueName: "name"))
    var format = Format.human

    @Flag(help: "Print without colour; NO_COLOR does the same.")
    var noColor = false

    func run() async throws {
        let console = Console(forbidsColour: noColor)
        let (read, replay) = try await play()
        let document = ReplayDocument(replay, of: read, file: capsule, toolVersion: Version.text)
        switch format {
        case .human: try console.write(document.lines(width: min(80, console.style.columns)))
        case .json: try console.output.write(document.json)
        }
        if replay.exitCode != .passed { throw CommandEnd(exitCode: replay.exitCode, message: nil) }
    }

    private func play() async throws -> (Capsule, CapsuleReplay) {
        do {
            let read = try CapsuleFile.read(capsule)
            return (read, try await withInterruption { try await CapsuleReplay(read, path: capsule) })
        } catch let error as ScenarioError {
            throw CommandEnd.usage("\(error)" + (error.excerpt.map { "\n" + $0 } ?? ""))
        }
    }
}
