import ArgumentParser
import Checks
import Domain
import ModelComparison
import PostgresClient
import Reports
import SafeText
import Scenarios

/// `coldstart compare`: what a change of model does to rankings.
struct CompareCommand: AsyncParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "compare",
        abstract: "Compares two models, or what they ranked: what moved, by how much, why.",
        usage: "coldstart compare <old> <new> [<options>]",
        discussion: """
            Each side is a bundle, a file of rankings (coldstart rank --format jsonl, or a TREC run file of any \
            program), the rows of a database (postgresql://…), the report.json of a run (#NAME chooses the scenario), \
            or a comparison kept with --save. A kept comparison alone is looked at again.

            EXAMPLES
              coldstart compare models new-models --sessions sessions.jsonl \\
                  --catalogue movies.jsonl --hold-out last:3 --gate gate.yaml
              coldstart compare old.jsonl new.jsonl
              coldstart compare models postgresql://localhost/postgres \\
                  --sessions sessions.jsonl --catalogue movies.jsonl
              coldstart compare kept.jsonl --format md

            EXIT CODES
              0 compared, and every limit is kept · 1 a limit is not kept
              2 usage · 3 a model or a database fails · 7 nothing to judge
            """
    )

    /// What is printed.
    enum Format: String, CaseIterable, ExpressibleByArgument {
        /// Tables.
        case human
        /// The whole document.
        case json
        /// A card for a pull request.
        case md
        /// The limits as test cases.
        case junit
    }

    @Argument(help: ArgumentHelp("The old side, or a kept comparison.", valueName: "old"))
    var old: String

    @Argument(help: ArgumentHelp("The new side.", valueName: "new"))
    var new: String?

    @OptionGroup(title: "Inputs")
    var inputs: ComparisonInputs

    @OptionGroup(title: "Measures")
    var measures: ComparisonMeasures

    @OptionGroup(title: "Engine")
    var engine: EngineArguments

    @Flag(help: "Say which part of the bundle each change comes from: ranks changed sessions four times.")
    var blame = false

    @Option(help: ArgumentHelp("Keeps both sides' rankings in this file.", valueName: "file"))
    var save: String?

    @Option(
        help: ArgumentHelp("Keeps P5's answers in this folder, and uses those that are there.", valueName: "folder")
    )
    var cache: String?

    @Option(help: ArgumentHelp("human, json, md or junit.", valueName: "name"))
    var format = Format.human

    @OptionGroup var files: ReportFolderArguments

    @Flag(name: .shortAndLong, help: "Show all slices and changed sessions.")
    var verbose = false

    @Flag(help: "Print without colour; NO_COLOR does the same.")
    var noColor = false

    func validate() throws {
        try engine.check()
        try measures.check()
        try inputs.check()
    }

    func run() async throws {
        let folder = try files.reportDir.map {
            try ReportFolder(
                path: $0,
                for: ["report.json", "report.md", "junit.xml"],
                replacing: files.force
            )
        }
        do {
            let run = try ComparisonRun(self)
            let progress = ProgressDisplay(unit: "sessions")
            defer { progress.end() }
            let document = try await withInterruption { try await run.document(showing: progress) }
            progress.end()
            try write(document, titles: run.inputs.titles, to: folder)
            guard let code = Checks.ExitCode(rawValue: document.exitCode), code != .passed else { return }
            throw CommandEnd(exitCode: code, message: nil)
        } catch let error where error is ScenarioError || error is ComparisonError || error is SettingError {
            throw CommandEnd.usage("\(error)")
        } catch let error as PostgresError {
            throw CommandEnd.environment("\(error)")
        }
    }

    private func write(_ document: ComparisonDocument, titles: [MovieID: String], to folder: ReportFolder?) throws {
        if let folder {
            try folder.write(document.json, to: "report.json")
            try folder.write(ComparisonCard(document).text, to: "report.md")
            try folder.write(document.junit, to: "junit.xml")
        }
        let console = Console(forbidsColour: noColor)
        switch format {
        case .human:
            let text = ComparisonText(document, titles: titles, width: console.style.columns, isLong: verbose)
            try console.write(text.lines)
        case .json: try console.output.write(document.json)
        case .md: try console.output.write(ComparisonCard(document).text)
        case .junit: try console.output.write(document.junit)
        }
    }
}
