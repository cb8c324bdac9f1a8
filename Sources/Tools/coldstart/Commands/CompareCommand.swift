import ArgumentParser
import Checks
import Domain
import Foundation
import ModelComparison
import PostgresClient
import RecommendationEngine
import Reports
import ResultStore
import SafeText
import Scenarios
import Shards

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
              coldstart compare old new … --precision verified
              coldstart compare kept.jsonl --format md
              coldstart compare … --results postgresql://host/ci --release v7
              coldstart compare … --gate gate.yaml --shard 3/64 --output shards

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

    @OptionGroup(title: "Shards")
    var shards: ShardArguments

    @OptionGroup var order: GivenOrder

    @OptionGroup(title: "Results")
    var kept: ResultArguments

    func validate() throws {
        try order.check(because: "compare takes sessions in the order of their file, and ranks each on all cores")
        try engine.check()
        try measures.check()
        try inputs.check()
    }

    func run() async throws {
        if let part = try shards.part() { return try await runShard(part) }
        let folder = try folder()
        let results = try kept.keeper()
        try await withComparisonErrors {
            let run = try ComparisonRun(self)
            let progress = ProgressDisplay(unit: "sessions")
            defer { progress.end() }
            let document = try await withInterruption { try await run.document(showing: progress) }
            progress.end()
            try await conclude(document, titles: run.inputs.titles, to: folder) {
                try await results?.keep(ResultFindings(document))
            }
        }
    }

    private func folder() throws(ReportError) -> ReportFolder? {
        guard let folder = files.reportDir else { return nil }
        return try ReportFolder(
            path: folder,
            for: ["report.json", "report.md", "junit.xml"],
            replacing: files.force
        )
    }

    private func withComparisonErrors(_ body: () async throws -> Void) async throws {
        do {
            try await body()
        } catch let error where error is ScenarioError || error is ComparisonError || error is SettingError {
            throw CommandEnd.usage("\(error)")
        } catch let error as PostgresError {
            throw CommandEnd.environment("\(error)")
        }
    }

    private func conclude(
        _ document: ComparisonDocument,
        titles: [MovieID: String],
        to folder: ReportFolder?,
        keeping keep: () async throws -> Void
    ) async throws {
        try write(document, titles: titles, to: folder)
        try await CommandEnd.end(Checks.ExitCode(rawValue: document.exitCode) ?? .environment, keeping: keep)
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

extension CompareCommand: MergeableCommand {
    /// Measures the sessions of a shard, and writes its file.
    private func runShard(_ part: ShardArguments.Part) async throws {
        if blame { throw CommandEnd.usage("--blame ranks what changed most of all sessions; leave it out of shards") }
        if save != nil { throw CommandEnd.usage("--save keeps all sessions in one file; leave it out of shards") }
        try await withComparisonErrors {
            let results = try kept.keeper()
            let run = try ComparisonRun(self)
            let work = try work(sides: true)
            let progress = ProgressDisplay(unit: "sessions")
            defer { progress.end() }
            let shared = try await withInterruption { try await run.runShard(part, of: work, showing: progress) }
            progress.end()
            StandardError.sayShard(shared.path, shared.units, of: shared.total, "session")
            try await results?.keep(shard: shared.path, named: "\(old) → \(new ?? old)", of: shared.fingerprints)
        }
    }

    func merge(_ shards: ShardSet) async throws {
        let folder = try folder()
        try await withComparisonErrors {
            let run = try ComparisonRun(self, isMerge: true)
            let here = try work(sides: false).files
            if let name = here.keys.sorted().first(where: { shards.work.files[$0] != here[$0] }) {
                throw CommandEnd.usage("the \(name) was changed since the shards were made; run them again")
            }
            let document = try run.document(merging: shards)
            try await conclude(document, titles: run.inputs.titles, to: folder) {
                try await kept.keeper()?.keep(ResultFindings(document), mergedOf: shards)
            }
        }
    }

    /// What is divided.
    ///
    /// - Parameter sides: Whether the files of sides and sessions are part of it, beside those that a merge reads.
    /// - Returns: The description.
    /// - Throws: The end with code 2 where a file cannot be read.
    private func work(sides: Bool) throws -> ShardWork {
        var files = ["catalogue": inputs.catalogue, "gate": measures.gate]
        if sides {
            files.merge(["sessions": inputs.sessions, "judgements": inputs.qrels]) { $1 }
            for (name, side) in [("old", old), ("new", new)] {
                guard let path = side.flatMap(ComparisonSides.path), !FileManager.default.isFolder(path) else {
                    continue
                }
                files[name] = path
            }
        }
        return try ShardWork("compare", reading: files, settings: ["p5": try engine.settings().identity])
    }
}
