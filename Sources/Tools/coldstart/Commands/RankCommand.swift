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
              head -2 sessions.jsonl | coldstart rank --sessions - …
              coldstart rank … --models svd --format trec > svd.run
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

    func validate() throws {
        try engine.check()
        if sessions == InputFile.standardInput, catalogue == InputFile.standardInput {
            throw ValidationError("--sessions and --catalogue cannot both be standard input.")
        }
        if !(1...100).contains(top) { throw ValidationError("--top is a number from 1 to 100, found \(top).") }
    }

    func run() throws {
        let console = Console()
        do {
            let rule = HoldOut(last: holdOut?.last ?? 0)
            let whole = try SessionReader.read(sessions)
            let short = whole.count { holdOut != nil && $0.ratings.count <= rule.last }
            if short > 0 {
                StandardError.say(
                    "\(short) of \(whole.count) sessions have no more ratings than are held out; they keep all"
                )
            }
            let recorded = whole.map { rule.split($0).kept }
            let movies = try CatalogueReader.read(catalogue)
            let environment = processEnvironment
            let paths = BundlePaths(directory: bundle, environment: environment)
            var settings = P5Settings()
            try settings.read(environment)
            engine.apply(to: &settings)
            let ranker = try SessionRanking.source(
                of: paths,
                catalogue: movies,
                settings: settings,
                scoreFormula: engine.scoreFormula,
                isSVDAlone: models == .svd
            )
            ranker.sayNotes()
            let titles = Dictionary(movies.map { ($0.id, $0.title) }, uniquingKeysWith: { first, _ in first })
            var summary = RankingSummary(models: models)
            let progress = ProgressDisplay(total: recorded.count, unit: "sessions")
            defer { progress.end() }
            let isShared = console.style.progressColumns != nil
            try ranker.forEach(of: recorded) { index, ranking in
                progress.show(index)
                summary.add(ranking)
                if isShared { progress.erase() }
                switch format {
                case .jsonl:
                    try console.output.write(ReportEncoding.line(RankingLine(ranking, model: ranker.models.t5)))
                case .trec:
                    try console.output.write(RankingRun(ranking).text)
                case .human:
                    let table = RankingTable(ranking, titles: titles, top: top, width: console.style.columns)
                    try console.write(table.lines)
                }
            }
            progress.end()
            for line in summary.lines { StandardError.say(line) }
            if let end = summary.end { throw end }
        } catch let error where error is ScenarioError || error is SettingError {
            throw CommandEnd.usage("\(error)")
        } catch let error where error is CommandEnd || error is ReportError {
            throw error
        } catch {
            throw CommandEnd.environment("\(error)")
        }
    }
}
