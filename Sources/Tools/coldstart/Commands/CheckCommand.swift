import ArgumentParser
import Checks
import Domain
import ModelChecks
import ModelFiles
import P5
import RecommendationEngine
import Replay
import Reports
import ResultStore
import Scenarios

/// `coldstart check`: properties that every model has, checked without any golden.
struct CheckCommand: AsyncParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "check",
        abstract: "Checks what every model must do, without any golden; needs no database.",
        usage: """
            coldstart check --bundle <folder> --sessions <file> --catalogue <file>
                [<options>]
            """,
        discussion: """
            Ranks the sessions and variations of them, and compares: another order of the ratings, ids that no model \
            knows, one rating and fifty, other batches and threads, a new process, the result cache. A failure names \
            the session and the fewest of its ratings that show it. Variables as for `coldstart rank`.

            EXAMPLES
              coldstart check --bundle models --sessions sessions.jsonl \\
                  --catalogue movies.jsonl
              coldstart check … --only rating-order threads --limit 10
              coldstart check … --results postgresql://host/ci --release v7
              coldstart check … --limit 10000 --shard 3/64 --output shards
              coldstart check --list

            A shard makes its part of the checks of single sessions, and some of those that look at all of them at once.

            EXIT CODES
              0 every property holds · 1 one does not · 2 usage · 3 environment
              7 nothing failed, and a check has no verdict
            """
    )

    /// How the checks are printed.
    enum Format: String, CaseIterable, ExpressibleByArgument {
        /// Text for people.
        case human
        /// One JSON document.
        case json
    }

    @Option(help: ArgumentHelp("The folder of the model bundle.", valueName: "folder"))
    var bundle: String?

    @Option(help: ArgumentHelp("Recorded sessions, JSON Lines; - for standard input.", valueName: "file"))
    var sessions: String?

    @Option(help: ArgumentHelp("The catalogue of movies, JSON Lines; - for standard input.", valueName: "file"))
    var catalogue: String?

    @OptionGroup(title: "Engine")
    var engine: EngineArguments

    @Option(
        parsing: .upToNextOption,
        help: ArgumentHelp("Only these checks; --list has their names.", valueName: "name")
    )
    var only: [String] = []

    @Flag(help: "Only list the checks and what they assert.")
    var list = false

    @Option(help: ArgumentHelp("How many sessions checks with P5 look at, the first that SVD ranks.", valueName: "n"))
    var limit = 3

    @Option(help: ArgumentHelp("The same for checks of SVD alone.", valueName: "n"))
    var svdLimit = 200

    @Option(help: ArgumentHelp("human or json.", valueName: "name"))
    var format = Format.human

    @Flag(help: "Print without colour; NO_COLOR does the same.")
    var noColor = false

    @OptionGroup(title: "Shards")
    var shards: ShardArguments

    @OptionGroup var order: GivenOrder

    @OptionGroup(title: "Results")
    var kept: ResultArguments

    func validate() throws {
        try order.check(because: "check makes one check of one session at a time, on all cores")
        try engine.check()
        if let unknown = only.first(where: { name in !ModelCheck.all.contains { $0.id == name } }) {
            let names = ModelCheck.all.map(\.id).joined(separator: ", ")
            throw ValidationError("--only: there is no check \"\(unknown)\"; there are \(names).")
        }
        if limit < 1 { throw ValidationError("--limit is at least 1, found \(limit).") }
        if svdLimit < 1 { throw ValidationError("--svd-limit is at least 1, found \(svdLimit).") }
        guard !list else { return }
        for (name, value) in [("bundle", bundle), ("sessions", sessions), ("catalogue", catalogue)] where value == nil {
            throw ValidationError("Missing expected argument '--\(name)'.")
        }
        if sessions == InputFile.standardInput, catalogue == InputFile.standardInput {
            throw ValidationError("--sessions and --catalogue cannot both be standard input.")
        }
    }

    func run() async throws {
        let console = Console(forbidsColour: noColor)
        let checks = ModelCheck.all.filter { only.isEmpty || only.contains($0.id) }
        guard !list else { return try console.write(CheckText.list(checks, width: console.style.columns)) }
        do {
            let part = try shards.part()
            let results = try kept.keeper()
            let inputs = try inputs()
            let pack = CheckPack(checks, of: inputs.subject, sessions: inputs.sessions, limits: limits)
            if let part { return try await runShard(part, of: pack, inputs) }
            let progress = ProgressDisplay(total: checks.count, unit: "checks")
            defer { progress.end() }
            let outcomes = try await withInterruption {
                try await pack.outcomes { progress.show($0, name: $1) }
            }
            progress.end()
            try inputs.subject.models.requirePrecision(under: inputs.subject.settings)
            let document = CheckDocument(
                outcomes,
                of: inputs.described,
                limits: limits,
                precision: inputs.precision,
                toolVersion: Version.text
            )
            try await conclude(document, on: console) { try await results?.keep(ResultFindings(document)) }
        } catch let error where error is ScenarioError || error is SettingError {
            throw CommandEnd.usage("\(error)")
        } catch let error where error is CommandEnd || error is ReportError {
            throw error
        } catch {
            throw CommandEnd.environment("\(error)")
        }
    }

    /// How many sessions checks look at.
    var limits: CheckPack.Limits { CheckPack.Limits(svd: svdLimit, p5: limit) }

    /// Prints the document, and keeps its results.
    ///
    /// - Throws: The end with its exit code where that is no pass; `ReportError` where it cannot be printed.
    func conclude(
        _ document: CheckDocument,
        on console: Console,
        keeping keep: () async throws -> Void
    ) async throws {
        switch format {
        case .human: try console.write(CheckText(document, width: console.style.columns).lines)
        case .json: try console.output.write(document.json)
        }
        let code = Checks.ExitCode(rawValue: document.exitCode) ?? .environment
        try await CommandEnd.end(code, keeping: keep)
    }

    /// What is checked, with the sessions.
    struct Inputs {
        let subject: BundleSubject
        let sessions: [RecordedSession]
        let described: CheckDocument.Subject

        /// What verified precision has done so far.
        var precision: PrecisionReport? { subject.models.precision(under: subject.settings) }
    }

    private func inputs() throws -> Inputs {
        guard let bundle, let sessions, let catalogue else { throw CommandEnd.usage("a file is not named") }
        let recorded = try SessionReader.read(sessions)
        let movies = try CatalogueReader.read(catalogue)
        let settings = try engine.settings()
        let open = try OpenBundle(paths: BundlePaths(directory: bundle, environment: processEnvironment))
        for note in open.models.t5?.notes ?? [] { StandardError.say(note) }
        var models = open.models
        models.scoreFormula = engine.scoreFormula
        try models.calibrate(settings, keptIn: engine.calibrations, open.paths)
        // Settings that make no sense together are said once, not by every check.
        _ = try models.recommender(in: .full, settings: settings)
        let subject = try BundleSubject(
            models: models,
            movies: movies,
            settings: settings,
            // An engine's variables are the new process's too.
            restart: RankCommandLine(
                program: try ownProgram(),
                words: ["--bundle", bundle, "--shard", "all"] + engine.words
            )
        )
        let described = CheckDocument.Subject(
            bundle: bundle,
            fingerprints: try open.fingerprints(),
            settings: "\(settings.label), SVD scores \(engine.scoreFormula.rawValue), P5 scores \(settings.scoring)"
                + (settings.precision == .verified ? ", precision verified" : ""),
            sessions: recorded.count,
            movies: movies.count
        )
        return Inputs(subject: subject, sessions: recorded, described: described)
    }
}

extension EngineArguments {
    /// The words that give another command the same settings.
    var words: [String] {
        var words: [String] = []
        if wholeWord { words.append("--whole-word") }
        if softPrompt { words += ["--soft-prompt", "--dropout", "\(dropout)"] }
        if precision != .float32 { words += ["--precision", precision.rawValue] }
        if let calibrations { words += ["--calibrations", calibrations] }
        if let shuffleSeed { words += ["--shuffle-seed", "\(shuffleSeed)"] }
        return words
            + ["--beams", "\(beams)", "--scoring", scoring.rawValue, "--svd-ranking", scoreFormula.rawValue]
    }
}
