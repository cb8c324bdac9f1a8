import ArgumentParser
import Domain
import Goldens
import ModelComparison
import ModelFiles
import P5
import RecommendationEngine
import Replay
import Reports
import Scenarios
import Shards

/// `coldstart rank`: both models' rankings of recorded sessions, without any database.
struct RankCommand: ParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "rank",
        abstract: "Ranks recorded sessions with both models; needs no database.",
        usage: """
            coldstart rank --bundle <folder> --sessions <file> --catalogue <file>
                [<options>]
            """,
        discussion: """
            The variables SVD_DIR, P5_CKPT, P5_BACKBONE and DATAMAPS_PATH override single paths of the bundle, \
            P5_MAX_LEN, P5_GEN_MAX_LEN and P5_BATCH the settings of P5; P5_CKPT_PREFIX names what stands before \
            the model's names in the checkpoint. Exits with 7 where a model ranked no session.

            EXAMPLES
              coldstart rank --bundle models --sessions sessions.jsonl \\
                  --catalogue movies.jsonl
              P5_CKPT=new.pth coldstart rank … --format jsonl > new.jsonl
              zcat sessions.jsonl.gz | coldstart rank --sessions - \\
                  --format jsonl … | gzip > rankings.jsonl.gz
              coldstart rank … --precision verified --calibrations bounds
              coldstart rank … --models svd --format trec > svd.run
              coldstart rank … --format jsonl --shard 3/64 --output shards

            A session of a pipe is ranked and printed when it has come, in memory that does not grow; one that comes \
            twice is ranked twice.
            """
    )

    /// How rankings are printed.
    enum Format: String, CaseIterable, ExpressibleByArgument {
        /// A table for each session.
        case human
        /// One JSON line for each session, with all places.
        case jsonl
        /// A TREC run file, with the tags svd, p5 and display.
        case trec
    }

    @Option(help: ArgumentHelp("The folder of the model bundle.", valueName: "folder"))
    var bundle: String

    @Option(help: ArgumentHelp("Recorded sessions, JSON Lines; - for standard input.", valueName: "file"))
    var sessions: String

    @Option(help: ArgumentHelp("The catalogue of movies, JSON Lines; - for standard input.", valueName: "file"))
    var catalogue: String

    @Option(
        help: ArgumentHelp(
            "Leave out each session's last ratings, to be judged by: last:3.",
            valueName: "rule"
        ),
        transform: HoldOutArgument.init
    )
    var holdOut: HoldOutArgument?

    @OptionGroup(title: "Engine")
    var engine: EngineArguments

    @Option(help: ArgumentHelp("Places of each table; JSON lines hold all of them.", valueName: "n"))
    var top = 10

    @Option(help: ArgumentHelp("human, jsonl, or trec for a run file.", valueName: "name"))
    var format = Format.human

    @Option(help: ArgumentHelp("svd,p5, or svd for SVD alone, which ranks in batches.", valueName: "names"))
    var models = RankedModels.both

    @OptionGroup(title: "Shards")
    var shards: ShardArguments

    @OptionGroup var order: GivenOrder

    func validate() throws {
        try order.check(because: "rank takes one session at a time, as they are read, and ranks it on all cores")
        try engine.check()
        if sessions == InputFile.standardInput, catalogue == InputFile.standardInput {
            throw ValidationError("--sessions and --catalogue cannot both be standard input.")
        }
        if !(1...100).contains(top) { throw ValidationError("--top is a number from 1 to 100, found \(top).") }
    }

    func run() throws {
        do {
            let part = try shards.part()
            let console = Console()
            let movies = try CatalogueReader.read(catalogue)
            let paths = BundlePaths(directory: bundle, environment: processEnvironment)
            let settings = try engine.settings()
            var sessions = try RankedSessions(self.sessions, holdingOut: holdOut?.last, shard: part?.shard)
            let writer = try part.map { try ShardWriter($0.shard, of: try work(paths, settings), in: $0.folder) }
            let ranker = try SessionRanking.source(
                of: paths,
                catalogue: movies,
                settings: settings,
                scoreFormula: engine.scoreFormula,
                isSVDAlone: models == .svd
            ) { try $0.calibrate(settings, keptIn: engine.calibrations, paths) }
            ranker.sayNotes()
            let form = RankingText(
                format: format,
                titles: movies.titles,
                top: top,
                // The text of a shard is that of a file: who merges it sits elsewhere.
                style: part == nil ? console.style : .plain,
                model: ranker.models.t5
            )
            var summary = RankingSummary()
            let progress = ProgressDisplay(unit: "sessions")
            defer { progress.end() }
            let isShared = console.style.progressColumns != nil
            while case let block = try sessions.next(), !block.isEmpty {
                try ranker.forEach(of: block.map(\.session)) { index, ranking in
                    let number = block[index].number
                    progress.show(number)
                    try ranker.models.requirePrecision(under: settings)
                    summary.add(ranking, number: number)
                    guard let writer else {
                        if isShared { progress.erase() }
                        return try console.output.write(form.text(of: ranking))
                    }
                    try writer.write(unit: number, form.content(of: ranking))
                }
            }
            progress.end()
            summary.short = sessions.short
            summary.precision = ranker.models.precision(under: settings)
            guard let writer else { return try say(summary) }
            try writer.finish(total: sessions.count, summary: ReportEncoding.line(summary))
            StandardError.sayShard(writer.path, writer.units, of: sessions.count, "session")
        } catch let error where error is ScenarioError || error is SettingError {
            throw CommandEnd.usage("\(error)")
        } catch let error where error is CommandEnd || error is ReportError {
            throw error
        } catch {
            throw CommandEnd.environment("\(error)")
        }
    }

    /// Says what could not be done.
    ///
    /// - Throws: The end with code 7 where a model ranked nothing at all.
    private func say(_ summary: RankingSummary) throws {
        for line in summary.lines { StandardError.say(line) }
        if let end = summary.end(of: models) { throw end }
    }

    private func work(_ paths: BundlePaths, _ settings: P5Settings) throws -> ShardWork {
        var work = try ShardWork(
            "rank",
            reading: ["sessions": sessions, "catalogue": catalogue],
            settings: ["p5": settings.identity]
        )
        work.add(
            try Fingerprint.sha256(of: paths) { models == .both || BundlePart(file: $0) == .svd },
            as: "bundle"
        )
        return work
    }
}

extension RankCommand: MergeableCommand {
    func merge(_ shards: ShardSet) throws {
        let output = Console().output
        var text: [UInt8] = []
        try shards.forEachUnit { _, content in
            if format == .jsonl {
                text += content
                text.append(UInt8(ascii: "\n"))
            } else {
                text += try ReportEncoding.decode(String.self, from: String(decoding: content, as: UTF8.self)).utf8
            }
            guard text.count > 1 << 18 else { return }
            try output.write(text)
            text.removeAll(keepingCapacity: true)
        }
        try output.write(text)
        var summary = RankingSummary()
        for shard in shards.shards { summary.add(try shard.summary(as: RankingSummary.self)) }
        try say(summary)
    }
}
