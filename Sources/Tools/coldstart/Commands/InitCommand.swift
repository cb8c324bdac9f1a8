import ArgumentParser
import Domain
import ModelFiles
import P5
import RecommendationEngine
import Replay
import Reports
import SafeText
import ScenarioWriting
import Scenarios

#if canImport(FoundationEssentials)
import FoundationEssentials
#else
import Foundation
#endif

/// `coldstart init`: writes first scenarios over somebody's own models, sessions and movies.
struct InitCommand: AsyncParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "init",
        abstract: "Writes two scenarios over your own files: one that passes, one that fails.",
        usage: "coldstart init --bundle <folder> --sessions <file> --catalogue <file>",
        discussion: """
            Opens the bundle, ranks the first session that both models can rank, and writes first-passes.yaml and \
            first-fails.yaml, with comments. The second fails on purpose, to show what a failure looks like. Files \
            that are there stay unless --force is given.

            EXAMPLES
              coldstart init --bundle models --sessions sessions.jsonl \\
                  --catalogue movies.jsonl
              coldstart run first-passes.yaml
            """
    )

    @Option(help: ArgumentHelp("The folder of the model bundle.", valueName: "folder"))
    var bundle: String

    @Option(help: ArgumentHelp("Recorded sessions, JSON Lines.", valueName: "file"))
    var sessions: String

    @Option(help: ArgumentHelp("The catalogue of movies, JSON Lines.", valueName: "file"))
    var catalogue: String

    @Option(help: ArgumentHelp("The folder that the scenarios are written to.", valueName: "folder"))
    var output = "."

    @Flag(help: "Replace files that are there.")
    var force = false

    func run() async throws {
        for path in [sessions, catalogue] where InputFile.isStream(path) {
            throw CommandEnd.usage("\(path): is a pipe, and the scenarios are to read it again; make it a file")
        }
        do {
            try FileManager.default.createDirectory(atPath: output, withIntermediateDirectories: true)
        } catch {
            throw CommandEnd.environment("\(output): the folder cannot be created")
        }
        let scenarios = try scenarios()
        var files = FileSet(replacing: force)
        for scenario in [scenarios.passing, scenarios.failing] {
            try files.create(path(scenario)).write(scenario.text)
        }
        try files.complete()
        try Console().write(closing(scenarios))
    }

    /// Reads everything that the scenarios will name, and counts the rows that they may expect.
    private func scenarios() throws -> FirstScenarios {
        do {
            let recorded = try SessionReader.read(sessions)
            let movies = try CatalogueReader.read(catalogue)
            let open = try OpenBundle(paths: BundlePaths(directory: bundle, environment: [:]))
            let ranker = try SessionRanker(bundle: open, catalogue: movies, settings: P5Settings())
            let progress = ProgressDisplay(total: recorded.count, unit: "sessions")
            defer { progress.end() }
            var tried = 0
            let first = FirstScenarios.firstRankable(of: recorded) { session in
                progress.show(tried)
                tried += 1
                let ranking = ranker.rank(session)
                return (ranking.svd.places.count, ranking.p5.places.count)
            }
            guard let first else {
                throw CommandEnd.usage(
                    "\(sessions): none of \(Figures.count(tried, "session")) can be ranked by both models: their "
                        + "movies are not those of the bundle, or all of the catalogue's; see coldstart rank"
                )
            }
            return FirstScenarios(
                bundle: RelativePath.from(output, to: bundle),
                sessions: RelativePath.from(output, to: sessions),
                catalogue: RelativePath.from(output, to: catalogue),
                position: first.position,
                svdRows: first.svdRows,
                p5Rows: first.p5Rows,
                toolVersion: Version.text
            )
        } catch let error as ScenarioError {
            throw CommandEnd.usage("\(error)")
        } catch let end as CommandEnd {
            throw end
        } catch {
            throw CommandEnd.environment("\(error)")
        }
    }

    private func path(_ scenario: FirstScenarios.File) -> String {
        output == "." ? scenario.name : output.hasSuffix("/") ? output + scenario.name : output + "/" + scenario.name
    }

    private func closing(_ scenarios: FirstScenarios) -> [StyledLine] {
        func command(_ scenario: FirstScenarios.File, _ options: String...) -> StyledLine {
            var line = StyledLine("  \(ShellCommand(["coldstart", "run", path(scenario)] + options))", .strong)
            line.staysWhole = true
            return line
        }
        return [
            StyledLine("\(path(scenarios.passing)) passes, \(path(scenarios.failing)) fails on purpose. Next:"),
            command(scenarios.passing), command(scenarios.failing, "-v"),
        ]
    }
}
